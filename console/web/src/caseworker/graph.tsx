import {
  Alert,
  Anchor,
  Button,
  Card,
  Chip,
  Group,
  SegmentedControl,
  Slider,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconClock, IconMinus, IconPlus, IconRoute } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useAddress } from '../kit/address';
import { type Problem, useAskNow } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { type Edge, type Node, Picture } from '../kit/picture';
import { Problems } from '../kit/problems';
import { LongTable, Rows } from '../kit/table';
import { DrawEntity, DrawHousehold, DrawIssued, DrawLicence, DrawPerson } from './generated';
import {
  type Dot,
  firstYear,
  type Gap,
  gathered,
  joined,
  type Kind,
  type Line,
  ofEntity,
  ofHousehold,
  ofIssued,
  ofLicence,
  ofPerson,
  onDay,
  type Part,
} from './graph-data';
import { arranged, homes, type Layout, type Place } from './graph-layout';
import { Legend } from './graph-legend';
import { useGraphWords } from './graph-words';
import labels from './labels.json';
import { Days, keyOf, useDays, usePeriod } from './person-parts';
import { isCitizenNumber } from './search-numbers';

const LAYOUTS: Layout[] = ['family', 'households', 'net'];
const KINDS = ['household', 'entity', 'licence'] as const;
const TYPES = { household: 'Household', entity: 'LegalEntity', licence: 'Licence' } as const;
/** Up to so many rows a table is drawn whole. */
const ROWS_MAX = 60;

export const PersonGraph = () => <GraphRoom start="person" />;
export const HouseholdGraph = () => <GraphRoom start="household" />;
export const CompanyGraph = () => <GraphRoom start="entity" />;

function GraphRoom({ start }: { start: Kind }) {
  const { number: key = '' } = useParams<{ number: string }>();
  return <Graph key={`${start} ${key}`} start={start} named={key} />;
}

/** Who hangs together with whom: it begins with one, and grows by clicks. */
function Graph({ start, named }: { start: Kind; named: string }) {
  const { t } = useTranslation('caseworker');
  const words = useGraphWords();
  const href = useHref();
  const { asOf } = useDays();
  const [search, setSearch] = useAddress();
  const set = (name: string, value: string | null) => setSearch({ [name]: value });
  const layout = LAYOUTS.find((one) => one === search.get('layout')) ?? 'family';
  const hidden = useMemo(() => (search.get('hide') ?? '').split(',').filter(Boolean), [search]);
  const [sliding, setSliding] = useState<string | null>(null);
  const day = sliding ?? asOf;
  const { root, parts, busy, problems, unknown, open, close, more } = useParts(
    start,
    named,
    !!asOf,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const all = useMemo(() => gathered(root ?? '', parts), [root, parts]);
  const standing = useMemo(() => onDay(all, root ?? '', day), [all, root, day]);
  const dots = useMemo(
    () => standing.dots.filter(({ kind, id }) => id === root || !hidden.includes(kind)),
    [standing, hidden, root],
  );
  const lines = useMemo(() => {
    const known = new Set(dots.map(({ id }) => id));
    return standing.lines.filter(({ from, to }) => known.has(from) && known.has(to));
  }, [dots, standing]);
  const { nodes, edges } = useDrawing(dots, lines, layout, day, root, chosen);
  const onOpen = useCallback(
    (id: string) => {
      const dot = all.dots.find((one) => one.id === id);
      if (!dot) return;
      setChosen(id);
      if (!parts.has(id)) void open(dot);
    },
    [all, parts, open],
  );
  const rootDot = root ? parts.get(root)?.at : null;
  const title = rootDot
    ? t('graphOf', { name: rootDot.name ?? words.nameOf(rootDot) })
    : t('graph');
  const picked = dots.find(({ id }) => id === chosen);
  const actions = { parts, busy, open, close, chosen, setChosen };
  return (
    <Page
      title={title}
      about={t('graphAbout')}
      aside={
        <Button component={Link} variant="default" href={href(backTo(start, named))}>
          {t('toPage')}
        </Button>
      }
    >
      <Problems problems={problems} />
      {unknown && <Alert variant="light">{t('nobodyHere')}</Alert>}
      {!rootDot && !unknown && !problems.length && <Waiting />}
      {rootDot && (
        <>
          <Group justify="space-between" align="flex-end" className="no-print">
            <SegmentedControl
              size="xs"
              aria-label={t('layout')}
              value={layout}
              onChange={(value) => set('layout', value === 'family' ? null : value)}
              data={LAYOUTS.map((value) => ({ value, label: t(`layout.${value}`) }))}
            />
            <Shown hidden={hidden} set={set} />
          </Group>
          <Time
            first={firstYear(all)}
            day={day}
            slide={setSliding}
            settle={(value) => {
              setSliding(null);
              set('asOf', value);
            }}
          />
          <Legend shapes={['Person', 'Household', 'LegalEntity', 'Licence']} />
          <Group align="flex-start" gap="md" wrap="wrap">
            <div style={{ flex: '1 1 560px', minWidth: 0 }}>
              <Picture
                title={title}
                nodes={nodes}
                edges={edges}
                layout="net"
                onOpen={onOpen}
                height={560}
                table={<Tables dots={dots} lines={lines} actions={actions} root={rootDot} />}
              />
              <Text size="sm" role="status" mt={4}>
                {t('drawn', { dots: dots.length, lines: lines.length })}
                {busy.size > 0 && ` · ${t('fetching')}`}
              </Text>
            </div>
            <Stack style={{ flex: '0 1 300px', minWidth: 240 }} gap="sm">
              <Chosen dot={picked ?? null} root={rootDot} actions={actions} />
              <NotDrawn
                gaps={standing.gaps}
                away={standing.away}
                closed={dots.filter(({ id }) => !parts.has(id)).length}
                hidden={standing.dots.length - dots.length}
                dots={all.dots}
                more={more}
                busy={busy}
                day={day}
              />
            </Stack>
          </Group>
        </>
      )}
    </Page>
  );
}

function backTo(start: Kind, named: string): string {
  const room = { person: 'persons', household: 'households', entity: 'companies', licence: '' };
  return `/${room[start]}/${encodeURIComponent(named)}`;
}

type Asked = { kind: Kind; number: string | null; id: string | null };

/** What was looked up so far, dot by dot. */
function useParts(start: Kind, named: string, history: boolean) {
  const askNow = useAskNow();
  const [parts, setParts] = useState<ReadonlyMap<string, Part>>(new Map());
  const [root, setRoot] = useState<string | null>(null);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<Problem[]>([]);
  const [unknown, setUnknown] = useState(false);
  const now = useRef({ parts, history });
  now.current = { parts, history };

  const ask = useCallback(
    async ({ kind, number, id }: Asked, past: boolean) => {
      const when = { history: past || null };
      switch (kind) {
        case 'person': {
          const { data, account } = await askNow(DrawPerson, { number, id, ...when });
          return { part: ofPerson(data, account), account };
        }
        case 'household': {
          const asked = { number, id, after: null, ...when };
          const { data, account } = await askNow(DrawHousehold, asked);
          return { part: ofHousehold(data, account), account };
        }
        case 'entity': {
          const { data, account } = await askNow(DrawEntity, { code: number, id, ...when });
          return { part: ofEntity(data, account), account };
        }
        default: {
          const { data, account } = await askNow(DrawLicence, { id, ...when });
          return { part: ofLicence(data, account), account };
        }
      }
    },
    [askNow],
  );
  /** Where other days of a row are not shown, what is shown of today is. */
  const find = useCallback(
    async (asked: Asked, past: boolean) => {
      const found = await ask(asked, past);
      const denied = (part: Part | null) => part?.gaps.filter(({ why }) => why === 'denied').length;
      if (!past || !denied(found.part)) return found;
      const today = await ask(asked, false);
      return (denied(today.part) ?? 0) < (denied(found.part) ?? 0) ? today : found;
    },
    [ask],
  );
  const waitFor = useCallback(async <Found,>(id: string, work: () => Promise<Found>) => {
    setBusy((before) => new Set(before).add(id));
    try {
      return await work();
    } finally {
      setBusy((before) => new Set([...before].filter((one) => one !== id)));
    }
  }, []);
  const take = useCallback((part: Part | null, wrong: Problem[]) => {
    setProblems(wrong);
    if (part) setParts((before) => new Map(before).set(part.at.id, part));
  }, []);

  const first = useMemo<Asked>(() => {
    const numbered =
      start === 'person'
        ? isCitizenNumber(named)
        : start === 'entity'
          ? /^[0-9A-Z]{18}$/.test(named)
          : true;
    return { kind: start, number: numbered ? named : null, id: numbered ? null : named };
  }, [start, named]);
  useEffect(() => {
    let here = true;
    void (async () => {
      const { part, account } = await find(first, now.current.history);
      if (!here) return;
      setRoot(part?.at.id ?? null);
      setUnknown(!part && !account.problems.length);
      take(part, account.problems);
    })();
    return () => {
      here = false;
    };
  }, [first, find, take]);

  /** With another day everything open is asked for anew, with all its periods. */
  const asked = useRef(history);
  useEffect(() => {
    if (asked.current === history) return;
    asked.current = history;
    void (async () => {
      for (const { at } of now.current.parts.values()) {
        const { part, account } = await waitFor(at.id, () =>
          find({ kind: at.kind, number: null, id: at.id }, history),
        );
        if (now.current.history !== history) return;
        take(part, account.problems);
      }
    })();
  }, [history, find, take, waitFor]);

  const open = useCallback(
    async (dot: Dot) => {
      const { part, account } = await waitFor(dot.id, () =>
        find({ kind: dot.kind, number: null, id: dot.id }, now.current.history),
      );
      take(part, account.problems);
    },
    [find, take, waitFor],
  );
  const close = useCallback((id: string) => {
    setParts((before) => new Map([...before].filter(([one]) => one !== id)));
  }, []);
  const more = useCallback(
    async ({ at, link, after }: Gap) => {
      const past = now.current.history || null;
      await waitFor(at, async () => {
        if (link === 'members') {
          const asks = { number: null, id: at, history: past, after: after ?? null };
          const { data, account } = await askNow(DrawHousehold, asks);
          add(ofHousehold(data, account), account.problems);
        } else {
          const asks = { id: at, history: past, after: after ?? null };
          const { data, account } = await askNow(DrawIssued, asks);
          add(ofIssued(data, account), account.problems);
        }
      });
      function add(part: Part | null, wrong: Problem[]) {
        const before = now.current.parts.get(at);
        take(part && before ? joined(before, part) : null, wrong);
      }
    },
    [askNow, take, waitFor],
  );
  return { root, parts, busy, problems, unknown, open, close, more };
}

/** Dots and lines as the picture draws them. */
function useDrawing(
  dots: readonly Dot[],
  lines: readonly Line[],
  layout: Layout,
  day: string | null,
  root: string | null,
  chosen: string | null,
): { nodes: Node[]; edges: Edge[] } {
  const { nameOf, saysOf, lineOf } = useGraphWords();
  const narrow = useMediaQuery('(max-width: 600px)') ?? false;
  const stood = useRef<{ layout: Layout; places: Map<string, Place> }>({
    layout,
    places: new Map(),
  });
  const places = useMemo(() => {
    const before = stood.current.layout === layout ? stood.current.places : new Map();
    const now = arranged(dots, lines, layout, before, narrow);
    stood.current = { layout, places: now };
    return now;
  }, [dots, lines, layout, narrow]);
  const nodes = useMemo(() => {
    const boxes = layout === 'households' ? homes(dots, lines) : new Map<string, string>();
    const boxed = new Set(boxes.values());
    return [
      ...[...boxed].map((id) => ({ id: `box ${id}`, kind: 'box', label: '' })),
      ...dots.map((dot) => {
        const box = boxed.has(dot.id) ? dot.id : boxes.get(dot.id);
        return {
          id: dot.id,
          kind: dot.kind,
          label: nameOf(dot),
          focus: dot.id === root,
          lit: dot.id === chosen,
          at: places.get(dot.id) ?? { x: 0, y: 0 },
          ...(box && { within: `box ${box}` }),
        };
      }),
    ];
  }, [dots, lines, layout, places, nameOf, root, chosen]);
  const edges = useMemo(
    () =>
      lines.map((line) => ({
        id: line.id,
        from: line.from,
        to: line.to,
        label: lineOf(line) ?? saysOf(line),
        status: statusOf(line, day),
        mutual: line.type === 'Marriage' || line.type === 'Couple',
      })),
    [lines, saysOf, lineOf, day],
  );
  return { nodes, edges };
}

/** A line that is not certain to stand on the day is drawn like one that is not proven. */
function statusOf(line: Line, day: string | null): NonNullable<Edge['status']> {
  if (line.disputed) return 'contradicted';
  if (!day) return 'proven';
  const certain = line.periods.some(({ from, to }) => {
    const begun = !!from && (from.length === 10 || from < day.slice(0, from.length));
    return begun && (!to || to.length === 10 || to > day.slice(0, to.length));
  });
  return certain || line.type === 'Parenthood' ? 'proven' : 'consistent';
}

function Shown({
  hidden,
  set,
}: {
  hidden: string[];
  set: (name: string, value: string | null) => void;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const shown = KINDS.filter((kind) => !hidden.includes(kind));
  return (
    <Chip.Group
      multiple
      value={shown}
      onChange={(value) =>
        set('hide', KINDS.filter((kind) => !value.includes(kind)).join(',') || null)
      }
    >
      <Group gap={6} role="group" aria-label={t('alsoDraw')}>
        {KINDS.map((kind) => (
          <Chip key={kind} value={kind} size="xs" variant="outline">
            {label(TYPES[kind])}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

/** Years from the first that is known up to today. */
function Time({
  first,
  day,
  slide,
  settle,
}: {
  first: number;
  day: string | null;
  slide: (day: string | null) => void;
  settle: (day: string | null) => void;
}) {
  const { t } = useTranslation('caseworker');
  const today = new Date().toISOString().slice(0, 10);
  const last = Number(today.slice(0, 4));
  const dayOf = (year: number) => (year >= last ? today : `${year}-12-31`);
  if (!day) {
    return (
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        className="no-print"
        leftSection={<IconClock size={14} aria-hidden />}
        onClick={() => settle(today)}
      >
        {t('otherDays')}
      </Button>
    );
  }
  return (
    <Group align="flex-end" gap="md" className="no-print">
      <div style={{ flex: '1 1 260px', maxWidth: 560 }}>
        <Text size="xs" fw={500} id="time">
          {t('timeSlider')}
        </Text>
        <Slider
          min={Math.min(first, Number(day.slice(0, 4)))}
          max={last}
          step={1}
          value={Number(day.slice(0, 4))}
          onChange={(year) => slide(dayOf(year))}
          onChangeEnd={(year) => settle(dayOf(year))}
          thumbLabel={t('timeSlider')}
          label={(year) => String(year)}
          marks={[first, last].map((value) => ({ value, label: String(value) }))}
          mb="lg"
        />
      </div>
      <Days known={false} />
      <Text fw={600} size="sm" role="status">
        {t('asItWas', { day })}
      </Text>
    </Group>
  );
}

type Actions = {
  parts: ReadonlyMap<string, Part>;
  busy: ReadonlySet<string>;
  open: (dot: Dot) => Promise<void>;
  close: (id: string) => void;
  chosen: string | null;
  setChosen: (id: string) => void;
};

/** What can be done with a dot, wherever it is shown. */
function DotActions({ dot, actions }: { dot: Dot; actions: Actions }) {
  const { t } = useTranslation('caseworker');
  const { nameOf } = useGraphWords();
  const opened = actions.parts.has(dot.id);
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={actions.busy.has(dot.id)}
      leftSection={
        opened ? <IconMinus size={12} aria-hidden /> : <IconPlus size={12} aria-hidden />
      }
      aria-label={t(opened ? 'collapseOf' : 'expandOf', { name: nameOf(dot) })}
      onClick={() => {
        actions.setChosen(dot.id);
        if (opened) actions.close(dot.id);
        else void actions.open(dot);
      }}
    >
      {t(opened ? 'collapse' : 'expand')}
    </Button>
  );
}

function DotLink({ dot }: { dot: Dot }) {
  const href = useHref();
  const { nameOf } = useGraphWords();
  const path = pathOf(dot);
  if (!path) return <>{nameOf(dot)}</>;
  return (
    <Anchor component={Link} underline="always" href={href(path)} size="sm">
      {nameOf(dot)}
    </Anchor>
  );
}

function pathOf(dot: Dot): string | null {
  switch (dot.kind) {
    case 'person':
      return `/persons/${keyOf({ id: dot.id, citizenNumber: dot.number })}`;
    case 'household':
      return dot.number && `/households/${encodeURIComponent(dot.number)}`;
    case 'entity':
      return `/companies/${encodeURIComponent(dot.number ?? dot.id)}`;
    default:
      return null;
  }
}

/** The dot that was clicked last. */
function Chosen({ dot, root, actions }: { dot: Dot | null; root: Dot; actions: Actions }) {
  const { t } = useTranslation('caseworker');
  const { kindOf, nameOf } = useGraphWords();
  return (
    <Card withBorder p="sm" component="section" aria-live="polite">
      <Title order={2} size="h5">
        {dot ? nameOf(dot) : t('chooseDot')}
      </Title>
      {!dot && (
        <Text size="sm" c="dimmed">
          {t('chooseDotAbout')}
        </Text>
      )}
      {dot && (
        <Stack gap={6} align="flex-start">
          <Text size="sm" c="dimmed">
            {[kindOf(dot), dot.number, dot.born].filter(Boolean).join(' · ')}
          </Text>
          <Group gap="xs">
            {dot.id !== root.id && <DotActions dot={dot} actions={actions} />}
            <PageLink dot={dot} />
          </Group>
          <AskRelated dot={dot} root={root} />
        </Stack>
      )}
    </Card>
  );
}

/** Leads to how the one in whose graph this is and this person are related. */
function AskRelated({ dot, root }: { dot: Dot; root: Dot }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  const { nameOf } = useGraphWords();
  if (dot.kind !== 'person' || root.kind !== 'person' || dot.id === root.id) return null;
  return (
    <Button
      component={Link}
      size="compact-xs"
      variant="default"
      leftSection={<IconRoute size={12} aria-hidden />}
      aria-label={`${nameOf(dot)}: ${t('relatedPair', { name: nameOf(root) })}`}
      href={href('/related', {
        a: isCitizenNumber(root.number) ? root.number : root.id,
        b: isCitizenNumber(dot.number) ? dot.number : dot.id,
      })}
    >
      {t('relatedPair', { name: nameOf(root) })}
    </Button>
  );
}

function PageLink({ dot }: { dot: Dot }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  const path = pathOf(dot);
  if (!path) return null;
  return (
    <Anchor component={Link} underline="always" href={href(path)} size="sm">
      {t('toPage')}
    </Anchor>
  );
}

/** What is known of and not on the picture, with the reason, and how to get it. */
function NotDrawn({
  gaps,
  away,
  closed,
  hidden,
  dots,
  more,
  busy,
  day,
}: {
  gaps: readonly Gap[];
  away: readonly Dot[];
  /** How many were not looked into yet. */
  closed: number;
  hidden: number;
  dots: readonly Dot[];
  more: (gap: Gap) => Promise<void>;
  busy: ReadonlySet<string>;
  day: string | null;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { nameOf } = useGraphWords();
  const named = new Map(dots.map((dot) => [dot.id, nameOf(dot)]));
  const denied = Object.entries(
    gaps
      .filter(({ why }) => why === 'denied' || why === 'consent')
      .reduce<Record<string, string[]>>((found, gap) => {
        found[gap.at] = [...(found[gap.at] ?? []), label(gap.type, gap.link)];
        return found;
      }, {}),
  );
  const open = gaps.filter(({ why }) => why === 'more' || why === 'nobody');
  const nothing = !denied.length && !open.length && !away.length && !hidden && !closed;
  return (
    <Card withBorder p="sm" component="section">
      <Title order={2} size="h5" mb={4}>
        {t('notOnPicture')}
      </Title>
      {nothing && <Text size="sm">{t('allOnPicture')}</Text>}
      <ul className="plain">
        {hidden > 0 && (
          <li>
            <Text size="sm">{t('gapHidden', { count: hidden })}</Text>
          </li>
        )}
        {closed > 0 && (
          <li>
            <Text size="sm">{t('gapClosed', { count: closed })}</Text>
          </li>
        )}
        {away.length > 0 && (
          <li>
            <Text size="sm">{t('gapAway', { count: away.length, day: day ?? '' })}</Text>
            <Text size="xs" c="dimmed">
              {away.slice(0, 8).map(nameOf).join(', ')}
              {away.length > 8 ? ' …' : ''}
            </Text>
          </li>
        )}
        {open.map((gap) => (
          <li key={`${gap.at} ${gap.link} ${gap.why}`}>
            <Text size="sm">
              {t(gap.why === 'more' ? 'gapMore' : 'gapNobody', {
                name: named.get(gap.at) ?? '',
                link: label(gap.type, gap.link),
                count: gap.count ?? 0,
              })}
            </Text>
            {gap.after && (
              <Button
                size="compact-xs"
                variant="default"
                loading={busy.has(gap.at)}
                onClick={() => void more(gap)}
              >
                {t('showMore')}
              </Button>
            )}
          </li>
        ))}
        {denied.map(([at, links]) => (
          <li key={at}>
            <Text size="sm">
              {t('gapDenied', { name: named.get(at) ?? '', count: links.length })}
            </Text>
            <Text size="xs" c="dimmed">
              {links.join(', ')}
            </Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The same as the picture, row by row, with the same to do. */
function Tables({
  dots,
  lines,
  actions,
  root,
}: {
  dots: readonly Dot[];
  lines: readonly Line[];
  actions: Actions;
  root: Dot;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { kindOf, saysOf, typeOf } = useGraphWords();
  const period = usePeriod();
  const named = useMemo(() => new Map(dots.map((dot) => [dot.id, dot])), [dots]);
  const cellOf = (id: string) => {
    const dot = named.get(id);
    return dot ? <DotLink dot={dot} /> : null;
  };
  const dotColumns = [
    { key: 'name', title: t('whoOrWhat'), cell: (dot: Dot) => <DotLink dot={dot} /> },
    { key: 'kind', title: t('kind'), width: 130, cell: kindOf },
    {
      key: 'act',
      title: t('actions'),
      width: 330,
      cell: (dot: Dot) =>
        dot.id !== root.id && (
          <Group gap={6} wrap="nowrap">
            <DotActions dot={dot} actions={actions} />
            <AskRelated dot={dot} root={root} />
          </Group>
        ),
    },
  ];
  const lineColumns = [
    { key: 'from', title: label('KinshipStep', 'from'), cell: (line: Line) => cellOf(line.from) },
    {
      key: 'says',
      title: t('link'),
      cell: (line: Line) => {
        const [says, type] = [saysOf(line), typeOf(line)];
        return says === type ? type : `${type}: ${says}`;
      },
    },
    { key: 'to', title: label('KinshipStep', 'to'), cell: (line: Line) => cellOf(line.to) },
    {
      key: 'period',
      title: t('period'),
      cell: (line: Line) =>
        line.periods.map(({ from, to }) => period({ validFrom: from, validTo: to })).join('; '),
    },
    {
      key: 'source',
      title: label('Fact', 'register'),
      cell: (line: Line) =>
        `${line.sources.join('; ')}${line.disputed ? ` (${t('disputed')})` : ''}`,
    },
  ];
  const [captionDots, captionLines] = [t('tableDots'), t('tableLines')];
  return (
    <Stack>
      {dots.length > ROWS_MAX ? (
        <LongTable caption={captionDots} rows={dots} columns={dotColumns} />
      ) : (
        <Rows caption={captionDots} rows={dots} columns={dotColumns} rowKey={({ id }) => id} />
      )}
      {lines.length > ROWS_MAX ? (
        <LongTable caption={captionLines} rows={lines} columns={lineColumns} />
      ) : (
        <Rows caption={captionLines} rows={lines} columns={lineColumns} rowKey={({ id }) => id} />
      )}
    </Stack>
  );
}
