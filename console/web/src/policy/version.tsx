import {
  Alert,
  Anchor,
  Button,
  Code,
  CopyButton,
  Group,
  List,
  NativeSelect,
  Stack,
  Table,
  Tabs,
  Text,
  Textarea,
  Timeline,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { useHref } from '../kit/href';
import { Moment } from '../kit/moment';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import { Difference, ReplayTable, TextDifference } from './difference';
import {
  Activate,
  type ActivatedFragment,
  Approve,
  Difference as AskDifference,
  OneVersion,
  type OneVersionQuery,
  Readings,
  Replay,
  RollBack,
} from './generated';
import { State } from './versions';

type Version = NonNullable<OneVersionQuery['policyVersion']>;
const TABS = ['effect', 'operations', 'texts', 'words', 'life'] as const;

export function VersionPage() {
  const { t } = useTranslation('policy');
  const number = Number(useParams().number);
  const { data, loading, account, again } = useAsk(OneVersion, { number });
  const version = data?.policyVersion;
  return (
    <Page title={t('aboutVersion', { number })}>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {version && (
        <>
          <Facts version={version} />
          <Findings version={version} />
          <Steps version={version} again={again} />
          <Sides version={version} others={data.policyVersions ?? []} />
        </>
      )}
    </Page>
  );
}

function Facts({ version }: { version: Version }) {
  const { t } = useTranslation('policy');
  const href = useHref();
  const activated = version.steps.filter(({ step }) => step === 'activated').at(-1);
  const facts: [string, React.ReactNode][] = [
    ['state', <State key="state" state={version.state} />],
    ['reason', version.reason],
    ['document', version.document],
    ['author', who(version.author)],
    ['approver', version.approver ? who(version.approver) : t('nobodyYet')],
    ['activatedAt', activated && <Moment at={activated.at} />],
    ['holds', period(t, version)],
    ['review', version.review],
    [
      'request',
      version.request && (
        <Anchor component={Link} href={href('/requests')}>
          {version.request}
        </Anchor>
      ),
    ],
    [
      'hash',
      <Code key="hash" style={{ wordBreak: 'break-all' }}>
        {version.hash}
      </Code>,
    ],
  ];
  return (
    <Table variant="vertical" withTableBorder maw={820}>
      <Table.Tbody>
        {facts
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <Table.Tr key={key}>
              <Table.Th w={150} scope="row">
                {t(key)}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}

function who({ name, organisation }: { name: string; organisation: string | null }): string {
  return organisation ? `${name} (${organisation})` : name;
}

function period(t: (key: string) => string, { validFrom, validTo }: Version): string {
  if (!validFrom && !validTo) return '';
  return `${validFrom ?? t('atOnce')} – ${validTo ?? t('furtherNotice')}`;
}

function Findings({ version }: { version: Version }) {
  const { t } = useTranslation('policy');
  const errors = version.findings.filter(({ level }) => level === 'error');
  if (!errors.length) return null;
  return (
    <Alert color="red" variant="light" title={t('errors', { count: errors.length })}>
      <List size="sm">
        {errors.map(({ where, words, code }) => (
          <List.Item key={where + words}>
            <Code>{where}</Code> <span lang="en">{words}</span> <Code>{code}</Code>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** What can be done with it now, and which rule keeps the reader from what they cannot. */
function Steps({ version, again }: { version: Version; again: () => void }) {
  const { t } = useTranslation('policy');
  const href = useHref();
  const [, navigate] = useLocation();
  const approve = useStep(Approve);
  const activate = useStep(Activate);
  const back = useStep(RollBack);
  const [why, setWhy] = useState('');
  const [done, setDone] = useState<ActivatedFragment>();
  const { number, state, hash } = version;
  const past = version.steps.some(({ step }) => step === 'activated') && state !== 'active';
  const draft = state === 'draft' || state === 'validated' || state === 'approved';
  const rule = (step: string) => version.possible.find((one) => one.step === step);
  const offered =
    state === 'validated' ? 'approve' : state === 'approved' ? 'activate' : past ? 'roll back' : '';
  const kept = rule(offered);
  const act = async () => {
    if (offered === 'approve') {
      if (await approve.send({ number, hash, why })) again();
    } else if (offered === 'activate') {
      const answer = await activate.send({ number, why });
      setDone(answer?.activatePolicy ?? undefined);
      if (answer) again();
    } else {
      const answer = await back.send({ number, reason: why });
      const made = answer?.rollBackPolicy?.version.number;
      if (made) navigate(href(`/versions/${made}`));
    }
    setWhy('');
  };
  const sending = approve.sending || activate.sending || back.sending;
  return (
    <Stack gap="xs" maw={820}>
      {(draft || past) && (
        <Title order={2} size="h4">
          {t('nextStep')}
        </Title>
      )}
      <Problems problems={[...approve.problems, ...activate.problems, ...back.problems]} />
      {done && (
        <Alert variant="light" role="status" title={t('activatedDone')}>
          {t('arrived', { count: done.processes - done.behind, all: done.processes })}{' '}
          {done.gatewayMs !== null && t('gatewayAfter', { ms: Math.round(done.gatewayMs) })}
        </Alert>
      )}
      {state === 'draft' && <Text size="sm">{t('draftHasErrors')}</Text>}
      {state === 'validated' && <Text size="sm">{t('waitsForApproval')}</Text>}
      {offered && kept?.rule && (
        <Alert variant="light" title={t(`notYours.${offered}`)}>
          <Text size="sm">
            {t(`law.${kept.rule}`, { nsSeparator: false, ns: 'policy', defaultValue: kept.rule })}
          </Text>
          <Text size="xs" c="dimmed" lang="en">
            {kept.words}
          </Text>
        </Alert>
      )}
      {offered && !kept?.rule && (
        <>
          {offered === 'approve' && (
            <Text size="sm">{t('approveHint', { hash: hash.slice(0, 12) })}</Text>
          )}
          <Textarea
            label={t(offered === 'roll back' ? 'backWhy' : 'why.step')}
            required={offered === 'roll back'}
            value={why}
            autosize
            minRows={2}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        </>
      )}
      <Group gap="xs">
        {offered && (
          <Button
            onClick={act}
            loading={sending}
            disabled={Boolean(kept?.rule) || (offered === 'roll back' && !why.trim())}
          >
            {t(`step.${offered}`, { number })}
          </Button>
        )}
        {draft && (
          <Button
            variant="default"
            component={Link}
            href={href('/edit', { version: String(number) })}
          >
            {t('step.edit')}
          </Button>
        )}
        {state === 'validated' && (
          <CopyButton value={window.location.href}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'linkCopied' : 'sendForApproval')}
              </Button>
            )}
          </CopyButton>
        )}
        <Button variant="default" component={Link} href={href('/', { version: String(number) })}>
          {t('asMatrix')}
        </Button>
      </Group>
    </Stack>
  );
}

type Other = { number: number; hash: string; state: string };

function Sides({ version, others }: { version: Version; others: readonly Other[] }) {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const parent = others.find(({ hash }) => hash === version.parent)?.number;
  const since = Number(search.get('since')) || parent || version.number;
  const tab = search.get('tab') ?? 'effect';
  const set = (name: string, value: string | null) => setSearch({ [name]: value });
  const sides = { to: version.number, since };
  return (
    <Tabs value={tab} onChange={(value) => set('tab', value)} keepMounted={false}>
      <Group justify="space-between" align="end" mb="xs">
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <NativeSelect
          size="xs"
          label={t('comparedWith')}
          value={String(since)}
          onChange={(event) => set('since', event.currentTarget.value)}
          data={others.map(({ number, state }) => ({
            value: String(number),
            label: `${number} · ${t(`state.${state}`)}`,
          }))}
        />
      </Group>
      <Tabs.Panel value="effect">
        <Compared {...sides} side="effect" />
      </Tabs.Panel>
      <Tabs.Panel value="texts">
        <Compared {...sides} side="texts" />
      </Tabs.Panel>
      <Tabs.Panel value="operations">
        <Operations {...sides} />
      </Tabs.Panel>
      <Tabs.Panel value="words">
        <Words number={version.number} />
      </Tabs.Panel>
      <Tabs.Panel value="life">
        <Life version={version} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Compared({ to, since, side }: { to: number; since: number; side: 'effect' | 'texts' }) {
  const { data, loading, account, again } = useAsk(AskDifference, { to, since });
  const found = data?.policyDifference;
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {loading && !found && <Waiting />}
      {found && side === 'effect' && <Difference found={found} />}
      {found && side === 'texts' && <TextDifference text={found.text} />}
    </>
  );
}

function Operations({ to, since }: { to: number; since: number }) {
  const { data, loading, account, again } = useAsk(Replay, { to, since });
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.policyReplay && <ReplayTable found={data.policyReplay} />}
    </>
  );
}

function Words({ number }: { number: number }) {
  const { data, loading, account, again } = useAsk(Readings, { number });
  const { t } = useTranslation('policy');
  const say = useLabel();
  const readings = data?.policyReadings ?? [];
  const files = [...new Set(readings.map(({ path }) => path))];
  return (
    <Stack>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {files.map((file) => (
        <section key={file}>
          <Title order={2} size="h5" ff="monospace">
            {file}
          </Title>
          <Stack gap="xs">
            {readings
              .filter(({ path }) => path === file)
              .map((reading) => (
                <div key={reading.policy}>
                  <Text size="xs" c="dimmed" ff="monospace">
                    {reading.policy}
                  </Text>
                  <Text size="sm" maw={900} style={{ whiteSpace: 'pre-line' }}>
                    {say(reading.words)}
                  </Text>
                  {reading.document && (
                    <Text size="xs">
                      {t('document')}: {reading.document}
                    </Text>
                  )}
                </div>
              ))}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}

function Life({ version }: { version: Version }) {
  const { t } = useTranslation('policy');
  return (
    <Timeline bulletSize={14} active={version.steps.length}>
      {version.steps.map(({ step, at, by, hash, why }) => (
        <Timeline.Item key={step + at} title={t(`life.${step}`)}>
          <Text size="sm">
            {who(by)} · <Moment at={at} />
          </Text>
          {why && <Text size="sm">{why}</Text>}
          <Text size="xs" c="dimmed" ff="monospace">
            {hash.slice(0, 12)}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
