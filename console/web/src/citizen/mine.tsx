import { Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Account, useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { grouped } from '../kit/grouped';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Value } from '../kit/value';
import { DivisionNamed, MyCompanies, MyFacts, type MyFactsQuery } from './generated';
import labels from './labels.json';
import { masked, Source, useMe } from './me';

const Family = lazy(() => import('./family'));

type Me = NonNullable<MyFactsQuery['person']>;
type Fact = NonNullable<Me['facts']>[number];
const FIELDS = [
  'name',
  'formerName',
  'sex',
  'birthDate',
  'birthPlace',
  'ethnicity',
  'nationality',
  'maritalStatus',
  'district',
] as const;

export function Mine() {
  const { t } = useTranslation('citizen');
  const number = useMe();
  const { data, loading, account, again } = useAsk(MyFacts, { number });
  const me = data?.person;
  return (
    <Page title={t('mine')} about={t('mineAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !me && <Text>{t('notInRegisters')}</Text>}
      {me && (
        <>
          <Facts me={me} account={account} />
          <Section title={t('family')} about={t('familyAbout')}>
            <Suspense fallback={<Waiting />}>
              <Family />
            </Suspense>
          </Section>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Homes me={me} />
            <Companies />
          </SimpleGrid>
          <Emergencies me={me} />
          <AsOthersSee />
          <WrongFact />
        </>
      )}
    </Page>
  );
}

function Section({
  title,
  about,
  children,
}: {
  title: string;
  about?: string;
  children: ReactNode;
}) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {about && (
        <Text size="sm" c="dimmed" maw={720}>
          {about}
        </Text>
      )}
      <Stack gap="xs" mt="sm">
        {children}
      </Stack>
    </Card>
  );
}

/** Each fact with the record that states it, and with those that state otherwise. */
function Facts({ me, account }: { me: Me; account: Account }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const [open, setOpen] = useState(false);
  const byField = grouped(me.facts ?? [], ({ field }) => field);
  return (
    <Section title={t('whoIAm')} about={t('whoIAmAbout')}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" verticalSpacing="md">
        <Entry title={label('Person', 'citizenNumber')} facts={byField.get('citizenNumber')}>
          <Group gap="xs">
            <Text fw={500} ff="monospace">
              {open ? me.citizenNumber : masked(me.citizenNumber ?? '')}
            </Text>
            <Button
              size="compact-xs"
              variant="subtle"
              aria-pressed={open}
              onClick={() => setOpen(!open)}
              leftSection={
                open ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />
              }
            >
              {t(open ? 'hideNumber' : 'showNumber')}
            </Button>
          </Group>
        </Entry>
        {FIELDS.map((field) => (
          <Entry key={field} title={label('Person', field)} facts={byField.get(field)}>
            <Value account={account} path={`person.${field}`}>
              {me[field] && <Text fw={500}>{<Told me={me} field={field} />}</Text>}
            </Value>
          </Entry>
        ))}
      </SimpleGrid>
    </Section>
  );
}

function Told({ me, field }: { me: Me; field: (typeof FIELDS)[number] }) {
  const label = useLabels(labels);
  const { day } = useDates();
  if (field === 'sex') return label('Sex', me.sex);
  if (field === 'maritalStatus') return label('MaritalStatus', me.maritalStatus);
  if (field === 'birthDate') return day(me.birthDate);
  if (field === 'district') return <Division code={me.district ?? ''} />;
  return me[field];
}

export function Division({ code }: { code: string }) {
  const named = /^[0-9]{6}$/.test(code);
  const { data } = useAsk(DivisionNamed, { code }, !named);
  const found = data?.division;
  if (!found?.name) return code;
  return (
    <>
      {[...found.liesIn.map(({ name }) => name).reverse(), found.name].filter(Boolean).join('')}{' '}
      <Text span size="xs" c="dimmed">
        {code}
      </Text>
    </>
  );
}

function Entry({
  title,
  facts = [],
  children,
}: {
  title: string;
  facts: Fact[] | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation('citizen');
  const disputed = facts.some((fact) => fact.disputed);
  return (
    <div>
      <Group gap={6}>
        <Text size="sm" c="dimmed">
          {title}
        </Text>
        {disputed && (
          <Badge size="sm" color="orange" variant="light" tt="none">
            {t('registersDiffer')}
          </Badge>
        )}
      </Group>
      {children}
      {facts.map((fact) => (
        <div key={`${fact.register} ${fact.record}`}>
          {disputed && <Text size="sm">{fact.value}</Text>}
          <Source
            register={fact.register}
            record={fact.record}
            since={fact.validFrom}
            known={fact.recordedFrom}
          />
        </div>
      ))}
    </div>
  );
}

function Homes({ me }: { me: Me }) {
  const { t } = useTranslation('citizen');
  const books = me.households?.edges ?? [];
  const homes = me.residences?.edges ?? [];
  return (
    <Section title={t('homes')} about={t('homesAbout')}>
      {books.map(({ register, record, validFrom, relationToHead }) => (
        <div key={record}>
          <Text>
            {t('inBook', { relation: t(`head.${(relationToHead ?? '').slice(0, 1) || 'none'}`) })}
          </Text>
          <Source register={register} record={record} since={validFrom} />
        </div>
      ))}
      {homes.map(({ node, register, record, validFrom }) => (
        <div key={node?.id ?? record}>
          <Text>{node?.address ?? node?.name ?? t('addressNotShown')}</Text>
          <Source register={register} record={record} since={validFrom} />
        </div>
      ))}
      {!books.length && !homes.length && <Text size="sm">{t('nothingOnFile')}</Text>}
    </Section>
  );
}

function Companies() {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const number = useMe();
  const { data, account, again } = useAsk(MyCompanies, { number });
  const represented = data?.person?.representedEntities?.edges ?? [];
  const held = data?.person?.shareholdings?.edges ?? [];
  return (
    <Section title={t('companies')}>
      <Problems problems={account.problems} again={again} />
      {represented.map(({ node, register, record, validFrom }) => (
        <div key={`r ${node?.id}`}>
          <Text>
            {t('represents', { name: node?.name ?? '—' })} ·{' '}
            {label('LegalEntityStatus', node?.status)}
          </Text>
          <Source register={register} record={record} since={validFrom} />
        </div>
      ))}
      {held.map(({ node, register, record, validFrom, sharePercent }) => (
        <div key={`s ${node?.id} ${record}`}>
          <Text>{t('holds', { name: node?.name ?? '—', percent: sharePercent ?? '?' })}</Text>
          <Source register={register} record={record} since={validFrom} />
        </div>
      ))}
      {data && !represented.length && !held.length && <Text size="sm">{t('nothingOnFile')}</Text>}
    </Section>
  );
}

/** Only there where somebody opened emergency access. */
function Emergencies({ me }: { me: Me }) {
  const { t } = useTranslation('citizen');
  const { moment } = useDates();
  const opened = (me.emergencyAccesses?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
  if (!opened.length) return null;
  return (
    <Section title={t('emergencies')} about={t('emergenciesAbout')}>
      {opened.map((one) => (
        <div key={one.reference}>
          <Text>
            {t('emergency', {
              from: one.openedAt ? moment(one.openedAt) : '—',
              until: one.until ? moment(one.until) : '—',
            })}
          </Text>
          <Text size="sm">
            {t('reason')}: {one.reason}
          </Text>
          <Text size="sm">
            {one.justified === null && t('notReviewed')}
            {one.justified === true && t('foundJustified')}
            {one.justified === false && t('foundUnjustified')} {one.reviewWords}
          </Text>
        </div>
      ))}
    </Section>
  );
}

/** What others have seen, and what they may see with consent only. */
function AsOthersSee() {
  const { t } = useTranslation('citizen');
  const href = useHref();
  return (
    <Section title={t('asOthers')} about={t('asOthersAbout')}>
      <Group>
        <Anchor component={Link} href={href('/offices')}>
          {t('offices')}
        </Anchor>
        <Anchor component={Link} href={href('/looked')}>
          {t('toLooked')}
        </Anchor>
        <Anchor component={Link} href={href('/consents')}>
          {t('toConsents')}
        </Anchor>
      </Group>
    </Section>
  );
}

/** There is a step for credit records; of everything else the office of the register decides. */
function WrongFact() {
  const { t } = useTranslation('citizen');
  const href = useHref();
  return (
    <Section title={t('wrong')} about={t('wrongAbout')}>
      <Anchor component={Link} href={href('/objections')}>
        {t('toObjections')}
      </Anchor>
    </Section>
  );
}
