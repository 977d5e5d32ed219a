import {
  Button,
  Card,
  Grid,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconArrowLeft, IconChecklist } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { type Account, useAsk, useStep } from '../kit/ask';
import { useHref } from '../kit/href';
import { citizenNumberProblem, cleanNumber } from '../kit/numbers';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Value } from '../kit/value';
import { useLabel } from '../session';
import { type Desk, PageLink, type Service, useDesk, useStepKeys } from './case-kit';
import { Checklist, OpenCase } from './generated';
import { ReadinessList } from './readiness';

/** Opening a case: the service, then whom it is about, then what is on file, then the case. */
export default function NewCase() {
  const { t } = useTranslation('caseworker');
  const desk = useDesk();
  const [search] = useAddress();
  const service = desk.service(search.get('service'));
  if (desk.loading && !desk.services.length) return <Waiting />;
  if (service) return <ForService key={service.id} desk={desk} service={service} />;
  return (
    <Page title={t('newCase')} about={t('chooseService')}>
      <Problems problems={desk.problems} again={desk.again} />
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
        {desk.services.map((one) => (
          <ServiceCard key={one.id} service={one} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function ServiceCard({ service }: { service: Service }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const href = useHref();
  const departments = [
    ...new Set([service.department, ...service.parts.map((part) => part.department)].map(label)),
  ];
  return (
    <Card withBorder component="article" aria-label={label(service.label)}>
      <Stack gap="xs" justify="space-between" h="100%">
        <div>
          <Title order={2} size="h4">
            <PageLink to={href('/cases/new', { service: service.id, case: null })}>
              {label(service.label)}
            </PageLink>
          </Title>
          <Text size="sm">{label(service.description)}</Text>
        </div>
        <About service={service} departments={departments} />
        <Text size="xs" c="dimmed">
          {t('papers', { count: papersOf(service) })}
        </Text>
      </Stack>
    </Card>
  );
}

function About({ service, departments }: { service: Service; departments: string[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  return (
    <Stack gap={2} component="dl" m={0}>
      <Term name={t('departments')}>{departments.join(t('listed'))}</Term>
      <Term name={t('decidedWithin')}>{t('workingDays', { count: service.deadlineDays })}</Term>
      <Term name={t('law')}>
        {label(service.basis)}{' '}
        <Text span size="xs" c="dimmed">
          {service.citation}
        </Text>
      </Term>
    </Stack>
  );
}

function Term({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed" span>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}

function papersOf(service: Service): number {
  return new Set(service.requirements.flatMap(({ replaces }) => replaces?.id ?? [])).size;
}

/** Whom the case is about, and what is on file of them; both stand in the address. */
function ForService({ desk, service }: { desk: Desk; service: Service }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const href = useHref();
  const [search, setSearch] = useAddress();
  const applicant = search.get('applicant') ?? '';
  const other = search.get('other') ?? '';
  const complete = Boolean(applicant && (other || !service.other));
  const entity = service.other === 'entity';
  const checklist = useAsk(
    Checklist,
    {
      service: service.id,
      number: applicant,
      other: entity ? null : other || null,
      entity: entity ? other || null : null,
      hasOther: Boolean(!entity && other),
      hasEntity: Boolean(entity && other),
    },
    !complete,
  );
  return (
    <Page
      title={label(service.label)}
      about={label(service.description)}
      aside={
        <Button
          component={Link}
          href={href('/cases/new', { case: null })}
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          {t('otherService')}
        </Button>
      }
    >
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <Numbers
              service={service}
              given={[applicant, other]}
              onCheck={(numbers) => setSearch({ applicant: numbers[0], other: numbers[1] })}
              again={checklist.again}
            />
            <Card withBorder visibleFrom="md">
              <About service={service} departments={[label(service.department)]} />
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          {!complete && (
            <Text size="sm" c="dimmed">
              {t('checkFirst')}
            </Text>
          )}
          <Problems problems={complete ? checklist.account.problems : []} again={checklist.again} />
          {complete && checklist.loading && <Waiting />}
          {complete && !checklist.loading && checklist.data?.readiness && (
            <Stack>
              <Who
                service={service}
                account={checklist.account}
                names={[
                  checklist.data.applicant?.name,
                  (checklist.data.other ?? checklist.data.entity)?.name,
                ]}
              />
              <Opening service={service} applicant={applicant} other={other} />
              <ReadinessList readiness={checklist.data.readiness} desk={desk} />
            </Stack>
          )}
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Numbers({
  service,
  given,
  onCheck,
  again,
}: {
  service: Service;
  given: [string, string];
  onCheck: (numbers: [string, string]) => void;
  again: () => void;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const [applicant, setApplicant] = useState(given[0]);
  const [other, setOther] = useState(given[1]);
  const [problems, setProblems] = useState<[string | null, string | null]>([null, null]);
  const wrong = (number: string) => {
    const problem = citizenNumberProblem(number);
    return problem && t(`number.${problem}`);
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    const numbers: [string, string] = [cleanNumber(applicant), cleanNumber(other)];
    const second = !service.other
      ? null
      : service.other === 'entity'
        ? numbers[1].length === 18
          ? null
          : t('number.entity')
        : wrong(numbers[1]);
    const found: [string | null, string | null] = [wrong(numbers[0]), second];
    setProblems(found);
    if (found[0] || found[1]) return;
    if (numbers[0] === given[0] && numbers[1] === given[1]) again();
    else onCheck(numbers);
  };
  return (
    <Card withBorder component="form" onSubmit={check} noValidate>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('whom')}
        </Title>
        <TextInput
          label={t('numberOf.applicant')}
          description={label(service.applicant)}
          value={applicant}
          onChange={(event) => setApplicant(event.currentTarget.value)}
          error={problems[0]}
          autoComplete="off"
          spellCheck={false}
          required
        />
        {service.other && (
          <TextInput
            label={t(`numberOf.${service.other}`)}
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
            error={problems[1]}
            autoComplete="off"
            spellCheck={false}
            required
          />
        )}
        <Button type="submit" leftSection={<IconChecklist size={18} aria-hidden />}>
          {t('check')}
        </Button>
      </Stack>
    </Card>
  );
}

function Who({
  service,
  account,
  names,
}: {
  service: Service;
  account: Account;
  names: [string | null | undefined, string | null | undefined];
}) {
  const { t } = useTranslation('caseworker');
  const second = service.other === 'entity' ? 'entity' : 'other';
  return (
    <Group gap="lg">
      <Text size="sm">
        {t('whois.applicant')}:{' '}
        <strong>
          <Value account={account} path="applicant.name">
            {names[0]}
          </Value>
        </strong>
      </Text>
      {service.other && (
        <Text size="sm">
          {t(`whois.${service.other}`)}:{' '}
          <strong>
            <Value account={account} path={`${second}.name`}>
              {names[1]}
            </Value>
          </strong>
        </Text>
      )}
    </Group>
  );
}

function Opening({
  service,
  applicant,
  other,
}: {
  service: Service;
  applicant: string;
  other: string;
}) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems } = useStep(OpenCase);
  const keys = useStepKeys();
  const href = useHref();
  const [, go] = useLocation();
  const open = async () => {
    const asked = {
      service: service.id,
      citizenNumber: applicant,
      otherNumber: service.other && service.other !== 'entity' ? other : null,
      creditCode: service.other === 'entity' ? other : null,
    };
    const done = await send({ ...asked, key: keys.of(asked) });
    const number = done?.openCase?.number;
    if (number) go(href(`/cases/${number}`, { case: number }));
  };
  return (
    <Stack gap="xs">
      <Problems problems={problems} />
      <Group>
        <Button loading={sending} onClick={() => void open()}>
          {t('openCase')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('openCaseEffect', { count: service.deadlineDays })}
        </Text>
      </Group>
    </Stack>
  );
}
