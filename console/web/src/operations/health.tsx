import { Badge, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import { Health as Asked, Findings, type HealthQuery, Rates } from './generated';

const AGAIN_MS = 10_000;

export function Health() {
  const { t } = useTranslation('operations');
  const health = useAsk(Asked, {});
  const rates = useAsk(Rates, { minutes: 5 });
  useInterval(
    () => {
      health.again();
      rates.again();
    },
    AGAIN_MS,
    { autoInvoke: true },
  );
  const known = health.data?.systemHealth;
  return (
    <Page title={t('health')} about={t('healthAbout')}>
      <Problems problems={[...health.account.problems, ...rates.account.problems]} />
      {!known && health.loading && <Waiting />}
      {known && <Known health={known} />}
      {rates.data?.requestRates && <Requests rates={rates.data.requestRates} />}
      <Found />
    </Page>
  );
}

type Known = NonNullable<HealthQuery['systemHealth']>;

function Known({ health }: { health: Known }) {
  const { t } = useTranslation('operations');
  const { moment } = useDates();
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Tile
          title={t('graph')}
          good={health.graph.answers}
          words={
            health.graph.answers ? t('answersIn', { ms: round(health.graph.ms) }) : t('silent')
          }
        />
        <Tile
          title={t('audit')}
          good={health.audit.answers}
          words={
            health.audit.answers ? t('answersIn', { ms: round(health.audit.ms) }) : t('silent')
          }
        />
        <Tile
          title={t('waiting')}
          good={!health.waitingEvents}
          words={String(health.waitingEvents ?? 0)}
        />
        <Tile
          title={t('gatewayPolicy')}
          good={health.gatewayPolicy === health.policy}
          words={`${health.gatewayPolicy ?? '—'} · ${t(
            health.gatewayPolicy === health.policy ? 'current' : 'stale',
          )}`}
        />
      </SimpleGrid>
      <Rows
        caption={t('parts')}
        rows={health.parts}
        rowKey={(part) => part.name}
        columns={[
          { key: 'name', title: t('part'), cell: (part) => part.name },
          {
            key: 'state',
            title: t('state'),
            cell: (part) => (
              <State word={part.state} good={part.state === 'ready' || part.state === 'external'} />
            ),
          },
          { key: 'since', title: t('since'), cell: (part) => moment(part.readySince) },
          { key: 'restarts', title: t('restarts'), cell: (part) => part.restarts },
          {
            key: 'memory',
            title: t('memory'),
            cell: (part) =>
              part.memoryBytes ? `${Math.round(part.memoryBytes / 2 ** 20)} MB` : '',
          },
          { key: 'exit', title: t('lastExit'), cell: (part) => part.lastExit ?? '' },
        ]}
      />
      <Rows
        caption={t('processes')}
        rows={health.processes}
        rowKey={(one) => one.process}
        columns={[
          { key: 'process', title: t('process'), cell: (one) => one.process },
          { key: 'version', title: t('version'), cell: (one) => `${one.policy} (${one.number})` },
          { key: 'since', title: t('since'), cell: (one) => moment(one.since) },
          {
            key: 'current',
            title: t('state'),
            cell: (one) => <State word={t(one.current ? 'current' : 'stale')} good={one.current} />,
          },
        ]}
      />
    </>
  );
}

function Requests({
  rates,
}: {
  rates: {
    process: string;
    minutes: number;
    requests: number;
    perMinute: number;
    p50Ms: number;
    p99Ms: number;
    kinds: Kind[];
  };
}) {
  const { t } = useTranslation('operations');
  const most = Math.max(1, ...rates.kinds.map((kind) => kind.requests));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('rates')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('ratesAbout', { process: rates.process, minutes: round(rates.minutes) })}{' '}
        {round(rates.perMinute)} {t('perMinute')}, {t('median')} {round(rates.p50Ms)},{' '}
        {t('slowest')} {round(rates.p99Ms)}
      </Text>
      <Rows
        caption={t('rates')}
        rows={rates.kinds}
        rowKey={(kind) => `${kind.consumer} ${kind.subgraph}`}
        columns={[
          { key: 'consumer', title: t('consumer'), cell: (kind) => kind.consumer },
          { key: 'subgraph', title: t('subgraph'), cell: (kind) => kind.subgraph },
          {
            key: 'requests',
            title: t('requests'),
            cell: (kind) => (
              <Group gap="xs" wrap="nowrap">
                <Progress w={90} aria-hidden value={(100 * kind.requests) / most} />
                {kind.requests}
              </Group>
            ),
          },
          { key: 'perMinute', title: t('perMinute'), cell: (kind) => round(kind.perMinute) },
          { key: 'p50', title: t('median'), cell: (kind) => round(kind.p50Ms) },
          { key: 'p99', title: t('slowest'), cell: (kind) => round(kind.p99Ms) },
        ]}
      />
    </Stack>
  );
}

type Kind = {
  consumer: string;
  subgraph: string;
  requests: number;
  perMinute: number;
  p50Ms: number;
  p99Ms: number;
};

function Found() {
  const { t } = useTranslation('operations');
  const label = useLabel();
  const { data, account } = useAsk(Findings, {});
  return (
    <>
      <Problems problems={account.problems} />
      {data?.findingCounts && (
        <Rows
          caption={t('findings')}
          rows={data.findingCounts}
          rowKey={(one) => `${one.kind} ${one.register}`}
          columns={[
            { key: 'finding', title: t('finding'), cell: (one) => label(one.label) },
            { key: 'register', title: t('registerFilter'), cell: (one) => one.register },
            { key: 'severity', title: t('severity'), cell: (one) => one.severity },
            { key: 'count', title: t('count'), cell: (one) => one.findings.toLocaleString() },
          ]}
        />
      )}
    </>
  );
}

function Tile({ title, good, words }: { title: string; good: boolean; words: string }) {
  return (
    <Card withBorder padding="sm">
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <State word={words} good={good} />
    </Card>
  );
}

/** Never by colour alone: a sign and a word. */
function State({ word, good }: { word: string; good: boolean }) {
  const Sign = good ? IconCheck : IconAlertTriangle;
  return (
    <Badge
      variant={good ? 'default' : 'filled'}
      color={good ? 'gray' : 'red'}
      tt="none"
      leftSection={<Sign size={12} aria-hidden />}
    >
      {word}
    </Badge>
  );
}

function round(value: number | null): string {
  if (value === null) return '—';
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString();
}
