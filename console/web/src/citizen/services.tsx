import {
  Accordion,
  Badge,
  Button,
  Card,
  Group,
  List,
  NativeSelect,
  Progress,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconUserCheck,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import type { Problem } from '../kit/ask';
import { stepKey, useAsk, useAskNow, useStep } from '../kit/ask';
import { Dialog } from '../kit/dialog';
import { grouped } from '../kit/grouped';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import {
  AllServices,
  type AllServicesQuery,
  Apply,
  ReadyFor,
  type ReadyForQuery,
} from './generated';
import labels from './labels.json';
import { type MyPeople, Source, useMyPeople } from './me';

type Service = NonNullable<AllServicesQuery['services']>[number];
type Readiness = NonNullable<ReadyForQuery['readiness']>;
type State = Readiness['requirements'][number]['state'];
type About = { other: string | null; creditCode: string | null };
type Checked = { service: Service; about: About; found: Readiness };

const ICONS = {
  SATISFIED: IconCircleCheck,
  WITH_CONSENT: IconUserCheck,
  MISSING: IconCircleX,
  UNKNOWN: IconHelpCircle,
};

export function Services() {
  const { t } = useTranslation('citizen');
  const people = useMyPeople();
  const { data, loading, account, again } = useAsk(AllServices, {});
  return (
    <Page title={t('services')} about={t('servicesAbout')}>
      <Problems problems={account.problems} again={again} />
      {(loading || people.loading) && <Waiting />}
      {data?.services && !people.loading && <Offers services={data.services} people={people} />}
    </Page>
  );
}

function Offers({ services, people }: { services: Service[]; people: MyPeople }) {
  const { t } = useTranslation('citizen');
  const [search, setSearch] = useAddress();
  const set = (name: string, value: string) => setSearch({ [name]: value });
  const child = people.wards[Number(search.get('child') ?? 1) - 1] ?? people.wards[0];
  const company = people.companies[Number(search.get('company') ?? 1) - 1] ?? people.companies[0];
  const about = (service: Service): About => ({
    other: service.other === 'child' ? (child?.number ?? null) : null,
    creditCode: service.other === 'entity' ? (company?.number ?? null) : null,
  });
  const mine = services.filter(
    ({ other }) => !other || (other === 'child' && child) || (other === 'entity' && company),
  );
  const { checked, problems, again } = useChecked(people.me.number, mine, about);
  const rest = services.filter((service) => !mine.includes(service));
  const groups = grouped(checked, ({ found }) => verdictOf(found));
  return (
    <>
      <Group align="flex-end">
        {people.wards.length > 1 && (
          <NativeSelect
            label={t('forChild')}
            value={search.get('child') ?? '1'}
            onChange={(event) => set('child', event.currentTarget.value)}
            data={people.wards.map(({ name }, place) => ({
              value: String(place + 1),
              label: name,
            }))}
          />
        )}
        {people.companies.length > 1 && (
          <NativeSelect
            label={t('forCompany')}
            value={search.get('company') ?? '1'}
            onChange={(event) => set('company', event.currentTarget.value)}
            data={people.companies.map(({ name }, place) => ({
              value: String(place + 1),
              label: name,
            }))}
          />
        )}
      </Group>
      <Problems problems={problems} again={again} />
      {checked.length < mine.length && !problems.length && (
        <div>
          <Text size="sm" role="status">
            {t('checking', { done: checked.length, all: mine.length })}
          </Text>
          <Progress value={(100 * checked.length) / mine.length} aria-label={t('services')} />
        </div>
      )}
      {(['ready', 'missing', 'open', 'not'] as const).map((verdict) => {
        const found = groups.get(verdict) ?? [];
        return (
          found.length > 0 && (
            <section key={verdict} aria-label={t(`offer.${verdict}`)}>
              <Title order={2} size="h4">
                {t(`offer.${verdict}`)}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {t(`offerAbout.${verdict}`)}
              </Text>
              <Stack gap="sm">
                {found.map((one) => (
                  <Offer key={one.service.id} checked={one} verdict={verdict} people={people} />
                ))}
              </Stack>
            </section>
          )
        );
      })}
      {rest.length > 0 && <AtTheWindow services={rest} />}
    </>
  );
}

type Verdict = 'ready' | 'missing' | 'open' | 'not';

/** Not entitled, ready by what is on file, or how far from it. */
function verdictOf({ requirements }: Readiness): Verdict {
  const eligibility = requirements.filter(({ requirement }) => requirement.eligibility);
  if (eligibility.some(({ state }) => state === 'MISSING')) return 'not';
  if (eligibility.some(({ state }) => state !== 'SATISFIED')) return 'open';
  if (requirements.some(({ state }) => state !== 'SATISFIED')) return 'missing';
  return 'ready';
}

function useChecked(number: string, services: Service[], about: (service: Service) => About) {
  const ask = useAskNow();
  const [found, setFound] = useState<Map<string, Checked>>(new Map());
  const [problems, setProblems] = useState<Problem[]>([]);
  const [round, setRound] = useState(0);
  const wanted = services.map((service) => ({ service, about: about(service) }));
  const key = JSON.stringify(wanted.map(({ service, about: of }) => [service.id, of]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is wanted
  useEffect(() => {
    let wait = true;
    setProblems([]);
    const left = wanted.filter(({ service, about: of }) => !found.has(keyOf(service, of)));
    const work = async () => {
      for (let next = left.shift(); next && wait; next = left.shift()) {
        const { service, about: of } = next;
        const { data, account } = await ask(ReadyFor, { service: service.id, number, ...of });
        if (!wait) return;
        if (account.problems.length) setProblems((before) => [...before, ...account.problems]);
        const readiness = data?.readiness;
        if (readiness) {
          const one = { service, about: of, found: readiness };
          setFound((before) => new Map(before).set(keyOf(service, of), one));
        }
      }
    };
    void work();
    void work();
    return () => {
      wait = false;
    };
  }, [key, number, round]);
  const checked = wanted.flatMap(({ service, about: of }) => found.get(keyOf(service, of)) ?? []);
  return { checked, problems, again: () => setRound(round + 1) };
}

function keyOf(service: Service, about: About): string {
  return `${service.id} ${about.other} ${about.creditCode}`;
}

function Offer({
  checked: { service, about, found },
  verdict,
  people,
}: {
  checked: Checked;
  verdict: Verdict;
  people: MyPeople;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const [applying, setApplying] = useState(false);
  const have = found.requirements.filter(({ state }) => state === 'SATISFIED').length;
  const all = found.requirements.length;
  const of =
    people.wards.find(({ number }) => number === about.other)?.name ??
    people.companies.find(({ number }) => number === about.creditCode)?.name;
  return (
    <Card withBorder component="article" aria-label={label(service.label)}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={3} size="h5">
            {label(service.label)}
            {of && ` · ${of}`}
          </Title>
          <Text size="sm">{label(service.description)}</Text>
          <Text size="sm" c="dimmed">
            {label(service.department)} · {t('decidedIn', { days: service.deadlineDays })}
          </Text>
        </div>
        <Badge variant="light" tt="none" size="lg">
          {t('onFile', { have, all })}
        </Badge>
      </Group>
      <Progress value={(100 * have) / all} mt="xs" aria-label={t('onFile', { have, all })} />
      <Because found={found} verdict={verdict} />
      {found.papersToBring.length > 0 && verdict !== 'not' && (
        <List size="sm" mt="xs">
          {found.papersToBring.map((paper) => (
            <List.Item key={paper.id}>
              <b>{t('missingPaper', { paper: label(paper.label) })}</b>{' '}
              {t('issuedBy', { issuer: label(paper.issuer) })} {label(paper.obtain)}
            </List.Item>
          ))}
        </List>
      )}
      <Accordion variant="default" chevronPosition="left" mt="xs">
        <Accordion.Item value="all" style={{ borderBottom: 0 }}>
          <Accordion.Control px={0}>
            <Text size="sm">{t('eachRequirement')}</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Requirements found={found} />
            <Text size="xs" c="dimmed" mt="xs">
              {t('restsOn', { basis: label(service.basis) })} {service.citation}
            </Text>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      {verdict !== 'not' && (
        <Button w="fit-content" size="sm" onClick={() => setApplying(true)}>
          {t('apply')}
        </Button>
      )}
      {applying && (
        <Application
          service={service}
          about={about}
          of={of ?? t('myself')}
          close={() => setApplying(false)}
        />
      )}
    </Card>
  );
}

/** Why it is offered, or why not: the requirements that decide who has a claim. */
function Because({ found, verdict }: { found: Readiness; verdict: Verdict }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const wanted: State = verdict === 'not' ? 'MISSING' : 'SATISFIED';
  const reasons = found.requirements.filter(
    ({ requirement, state }) => requirement.eligibility && state === wanted,
  );
  if (!reasons.length) return null;
  const words = reasons.map(({ requirement }) => label(requirement.label)).join(t('semicolon'));
  return (
    <Text size="sm" mt="xs">
      {t(verdict === 'not' ? 'becauseNot' : 'because', { words })}
    </Text>
  );
}

function Requirements({ found }: { found: Readiness }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const named = useLabels(labels);
  return (
    <Stack gap={6}>
      {found.requirements.map(({ requirement, state, sources }) => {
        const Icon = ICONS[state] ?? IconAlertCircle;
        return (
          <Group key={requirement.id} gap="xs" wrap="nowrap" align="flex-start">
            <Icon size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
            <div>
              <Text size="sm">
                {label(requirement.label)} · <b>{named('ReadinessState', state)}</b>
              </Text>
              {requirement.replaces && state === 'SATISFIED' && (
                <Text size="xs">{t('noNeed', { paper: label(requirement.replaces.label) })}</Text>
              )}
              {sources.map((source) => (
                <Source
                  key={`${source.register} ${source.record}`}
                  register={source.register}
                  record={source.record}
                />
              ))}
            </div>
          </Group>
        );
      })}
    </Stack>
  );
}

/** One key for one application: sent again after a broken connection, it counts once. */
function Application({
  service,
  about,
  of,
  close,
}: {
  service: Service;
  about: About;
  of: string;
  close: () => void;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const href = useHref();
  const [, go] = useLocation();
  const { send, sending, problems } = useStep(Apply);
  const [office, setOffice] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another office is another application
  const key = useMemo(stepKey, [office]);
  const apply = async () => {
    const wanted = { key, service: service.id, ...about, office: office.trim() || null };
    const number = (await send(wanted))?.applyForService?.number;
    if (number) go(href(`/cases/${encodeURIComponent(number)}`));
  };
  return (
    <Dialog title={t('applyTitle', { service: label(service.label) })} close={close}>
      <Text>{t('applyWords', { of, department: label(service.department) })}</Text>
      <TextInput
        label={t('office')}
        description={t('officeAbout')}
        value={office}
        onChange={(event) => setOffice(event.currentTarget.value)}
        inputMode="numeric"
      />
      <Problems problems={problems} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('shell:cancel')}
        </Button>
        <Button onClick={() => void apply()} loading={sending}>
          {t('apply')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** Partners and heirs appear in person; without a child or company there is nobody to ask about. */
function AtTheWindow({ services }: { services: Service[] }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  return (
    <section aria-label={t('atWindow')}>
      <Title order={2} size="h4">
        {t('atWindow')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('atWindowAbout')}
      </Text>
      <List>
        {services.map((service) => (
          <List.Item key={service.id}>
            <b>{label(service.label)}</b> – {label(service.description)}{' '}
            {t('mayApply', { who: label(service.applicant) })}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
