import { Alert, Badge, Button, Checkbox, Group, NativeSelect, Tabs, Text } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { type Problem, useAskNow, useStep } from '../kit/ask';
import { today, useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { type Column, Rows } from '../kit/table';
import { useSession } from '../session';
import { Deadline, type Desk, PageLink, useDesk, useStepKeys } from './case-kit';
import {
  type CaseFilter,
  CaseQueue,
  type CaseQueueQuery,
  DepartmentParts,
  type DepartmentPartsQuery,
  TakeCase,
} from './generated';
import labels from './labels.json';

const PAGE = 50;
/** Pages that are asked for at once until a tab has something to show. */
const PAGES_AT_ONCE = 4;
const ENOUGH = 10;
const TABS = ['mine', 'office', 'department', 'closed'] as const;
type Tab = (typeof TABS)[number];
type CaseNode = NonNullable<NonNullable<CaseQueueQuery['cases']>['edges'][number]['node']>;
type QueuedCase = CaseNode & { mine: boolean };
type PartNode = NonNullable<
  NonNullable<DepartmentPartsQuery['caseParts']>['edges'][number]['node']
>;
type Load<Row> = (
  after: string | null,
) => Promise<{ rows: Row[]; next: string | null; problems: Problem[] }>;

/** Cases in hand, cases that wait, the own department's parts, and what was decided. */
export default function Queue() {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  const desk = useDesk();
  const department = useSession().principal.department;
  const [search, setSearch] = useAddress();
  const tabs = TABS.filter((one) => one !== 'department' || department);
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'mine';
  const change = (name: string, value: string | null) => setSearch({ [name]: value });
  return (
    <Page
      title={t('cases')}
      about={t('casesAbout')}
      aside={
        <Button
          component={Link}
          href={href('/cases/new', { case: null })}
          leftSection={<IconFolderPlus size={18} aria-hidden />}
        >
          {t('newCase')}
        </Button>
      }
    >
      <Problems problems={desk.problems} again={desk.again} />
      <Tabs
        value={tab}
        onChange={(value) => change('tab', value === 'mine' ? null : value)}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('cases')}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Filters {...{ desk, search, change }} withService={tab !== 'department'} />
        {tabs.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {one === 'department' ? (
              <Parts desk={desk} search={search} department={String(department)} />
            ) : (
              <Cases desk={desk} search={search} tab={one} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function Filters({
  desk,
  search,
  change,
  withService,
}: {
  desk: Desk;
  search: URLSearchParams;
  change: (name: string, value: string | null) => void;
  withService: boolean;
}) {
  const { t } = useTranslation('caseworker');
  return (
    <Group my="sm" align="flex-end">
      {withService && (
        <NativeSelect
          label={t('service')}
          value={search.get('service') ?? ''}
          onChange={(event) => change('service', event.currentTarget.value || null)}
          data={[
            { value: '', label: t('allServices') },
            ...desk.services.map(({ id }) => ({ value: id, label: desk.serviceName(id) })),
          ]}
        />
      )}
      <Checkbox
        mb={8}
        label={t('overdueOnly')}
        checked={search.get('due') === 'over'}
        onChange={(event) => change('due', event.currentTarget.checked ? 'over' : null)}
      />
    </Group>
  );
}

function Cases({ desk, search, tab }: { desk: Desk; search: URLSearchParams; tab: Tab }) {
  const { t } = useTranslation('caseworker');
  const askNow = useAskNow();
  const closed = tab === 'closed';
  const service = search.get('service');
  const overdue = search.get('due') === 'over';
  const load = useCallback<Load<QueuedCase>>(
    async (after) => {
      const where: CaseFilter = {
        state: { equals: closed ? 'CLOSED' : 'OPEN' },
        ...(service && { service: { equals: service } }),
        ...(overdue && { deadline: { to: today(-1) } }),
      };
      const direction = closed ? 'DESC' : 'ASC';
      const { data, account } = await askNow(CaseQueue, {
        where,
        first: PAGE,
        after,
        direction,
        closed,
      });
      const rows = (data?.cases?.edges ?? []).flatMap(({ node }, place) =>
        node ? [{ ...node, mine: !account.denied.has(`cases.edges.${place}.node.version`) }] : [],
      );
      const page = data?.cases?.pageInfo;
      return {
        rows: rows.filter(({ mine }) => mine === (tab !== 'office')),
        next: page?.hasNextPage ? page.endCursor : null,
        problems: account.problems,
      };
    },
    [askNow, closed, service, overdue, tab],
  );
  const pages = usePages(load);
  const columns = useCaseColumns(desk, tab, pages.again);
  return (
    <>
      {tab === 'office' && (
        <Text size="sm" c="dimmed">
          {t('officeAbout')}
        </Text>
      )}
      <Listed pages={pages} caption={t(`tab.${tab}`)} columns={columns} />
    </>
  );
}

function useCaseColumns(desk: Desk, tab: Tab, again: () => void): Column<QueuedCase>[] {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const { day } = useDates();
  const columns: Column<QueuedCase>[] = [
    {
      key: 'case',
      title: label('Case'),
      cell: ({ number, service, kind, appealOf }) => (
        <>
          <PageLink to={href(`/cases/${number}`, { case: tab === 'mine' ? number : null })}>
            {desk.serviceName(service) || label('CaseKind', kind) || number}
          </PageLink>{' '}
          {appealOf && (
            <Badge variant="default" tt="none">
              {t('anAppeal')}
            </Badge>
          )}
          <Text size="xs" c="dimmed" ff="monospace">
            {number}
          </Text>
        </>
      ),
    },
    {
      key: 'deadline',
      title: label('Case', 'deadline'),
      width: 170,
      cell: ({ deadline }) => <Deadline date={deadline} closed={tab === 'closed'} />,
    },
    {
      key: 'opened',
      title: label('Case', 'openedDate'),
      width: 130,
      cell: ({ openedDate }) => day(openedDate),
    },
  ];
  if (tab === 'closed') {
    columns.push({
      key: 'decision',
      title: label('Case', 'decision'),
      width: 150,
      cell: ({ decision, decidedOn }) => (
        <>
          {decision && label('CaseDecision', decision)}
          <Text size="xs" c="dimmed">
            {day(decidedOn)}
          </Text>
        </>
      ),
    });
  }
  if (tab === 'office') {
    columns.push({
      key: 'take',
      title: t('toTake'),
      width: 220,
      cell: ({ number }) => <Take number={number} again={again} />,
    });
  }
  return columns;
}

/** Takes a case that waits, with one click, and goes on in it. */
export function Take({ number, again }: { number: string | null; again: () => void }) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems } = useStep(TakeCase);
  const keys = useStepKeys();
  const href = useHref();
  const [, go] = useLocation();
  if (!number) return null;
  const take = async () => {
    const done = await send({ key: keys.of(number), number });
    if (done) {
      go(href(`/cases/${number}`, { case: number }));
      again();
    }
  };
  return (
    <>
      <Button
        size="xs"
        loading={sending}
        onClick={() => void take()}
        aria-label={t('takeOne', { number })}
      >
        {t('take')}
      </Button>
      <Problems problems={problems} />
    </>
  );
}

function Parts({
  desk,
  search,
  department,
}: {
  desk: Desk;
  search: URLSearchParams;
  department: string;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const askNow = useAskNow();
  const overdue = search.get('due') === 'over';
  const load = useCallback<Load<PartNode>>(
    async (after) => {
      const where = {
        department: { equals: department },
        state: { equals: 'OPEN' as const },
        ...(overdue && { deadline: { to: today(-1) } }),
      };
      const { data, account } = await askNow(DepartmentParts, { where, first: PAGE, after });
      const page = data?.caseParts?.pageInfo;
      return {
        rows: (data?.caseParts?.edges ?? []).flatMap(({ node }) => node ?? []),
        next: page?.hasNextPage ? page.endCursor : null,
        problems: account.problems,
      };
    },
    [askNow, department, overdue],
  );
  const pages = usePages(load);
  const columns: Column<PartNode>[] = [
    {
      key: 'part',
      title: label('CasePart', 'part'),
      cell: ({ reference, service, part }) => (
        <>
          <PageLink to={href('/cases/part', { reference, case: null })}>
            {desk.partName(service, part)}
          </PageLink>
          <Text size="xs" c="dimmed" ff="monospace">
            {reference}
          </Text>
        </>
      ),
    },
    {
      key: 'service',
      title: label('CasePart', 'service'),
      cell: ({ service }) => desk.serviceName(service),
    },
    {
      key: 'deadline',
      title: label('CasePart', 'deadline'),
      width: 170,
      cell: ({ deadline }) => <Deadline date={deadline} />,
    },
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('departmentAbout')}
      </Text>
      <Listed pages={pages} caption={t('tab.department')} columns={columns} />
    </>
  );
}

type Pages<Row> = {
  rows: Row[];
  more: boolean;
  loading: boolean;
  problems: Problem[];
  loadMore: () => void;
  again: () => void;
};

function Listed<Row extends { id: string }>({
  pages,
  caption,
  columns,
}: {
  pages: Pages<Row>;
  caption: string;
  columns: Column<Row>[];
}) {
  const { t } = useTranslation();
  return (
    <>
      <Problems problems={pages.problems} again={pages.again} />
      {pages.loading && !pages.rows.length ? (
        <Waiting />
      ) : (
        <Rows caption={caption} columns={columns} rows={pages.rows} rowKey={({ id }) => id} />
      )}
      {pages.more && (
        <Group my="xs">
          <Button variant="default" size="xs" loading={pages.loading} onClick={pages.loadMore}>
            {t('more')}
          </Button>
          <Alert variant="light" p="xs">
            {t('caseworker:moreAbout', { count: pages.rows.length })}
          </Alert>
        </Group>
      )}
    </>
  );
}

/** Pages of a list, each asked for when it is wanted; a few at first, until there is something. */
function usePages<Row>(load: Load<Row>): Pages<Row> {
  const [rows, setRows] = useState<Row[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [round, setRound] = useState(0);
  const read = useCallback(
    async (from: string | null, stopped: () => boolean) => {
      let [after, found] = [from, 0];
      setLoading(true);
      for (let page = 0; page < PAGES_AT_ONCE && found < ENOUGH; page += 1) {
        const loaded = await load(after);
        if (stopped()) return;
        after = loaded.next;
        found += loaded.rows.length;
        setRows((before) => [...before, ...loaded.rows]);
        setNext(after);
        setProblems(loaded.problems);
        if (!after) break;
      }
      setLoading(false);
    },
    [load],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads anew
  useEffect(() => {
    let over = false;
    setRows([]);
    setNext(null);
    void read(null, () => over);
    return () => {
      over = true;
    };
  }, [read, round]);
  return {
    rows,
    more: next !== null,
    loading,
    problems,
    loadMore: () => void read(next, () => false),
    again: () => setRound((before) => before + 1),
  };
}
