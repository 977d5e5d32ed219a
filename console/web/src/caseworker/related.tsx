import {
  Alert,
  Badge,
  Button,
  Card,
  Group,
  List,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowsExchange,
  IconCheck,
  IconQuestionMark,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { type Edge, type Node, Picture } from '../kit/picture';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel, useSession } from '../session';
import { HowRelated, type HowRelatedQuery, WhoAre } from './generated';
import type { Dot, Line } from './graph-data';
import { arranged } from './graph-layout';
import { Legend } from './graph-legend';
import labels from './labels.json';
import {
  Days,
  OtherDay,
  PersonLink,
  PrintButton,
  useDays,
  usePeriod,
  useRegisters,
  useRelationToHead,
} from './person-parts';
import { isCitizenNumber, recognise } from './search-numbers';

type Answer = NonNullable<HowRelatedQuery['relationship']>;
type Relation = NonNullable<Answer['relations']>[number];
type Step = NonNullable<Relation['steps']>[number];
type Evidence = NonNullable<Step['evidence']>[number];
type Human = NonNullable<Step['from']>;

const VERDICTS = {
  YES: { icon: <IconCheck aria-hidden />, color: 'teal' },
  NO: { icon: <IconX aria-hidden />, color: 'gray' },
  NOT_DETERMINABLE: { icon: <IconQuestionMark aria-hidden />, color: 'yellow' },
} as const;
const TYPES: Record<string, string> = {
  Parenthood: 'ParenthoodConnection',
  Marriage: 'MarriageConnection',
  Couple: 'CoupleConnection',
  Guardianship: 'GuardianshipConnection',
  Membership: 'MembershipPersonConnection',
};

/** How are these two related? */
export function Related() {
  const { t } = useTranslation('caseworker');
  const [search] = useAddress();
  const [a, b] = [search.get('a') ?? '', search.get('b') ?? ''];
  return (
    <Page
      title={t('related')}
      about={t('relatedAbout')}
      aside={a && b ? <PrintButton word="printSheet" /> : null}
    >
      <Two a={a} b={b} />
      <Days />
      <OtherDay />
      {a && a === b && <Alert variant="light">{t('samePerson')}</Alert>}
      {a && b && a !== b && <Told key={`${a} ${b}`} a={a} b={b} />}
    </Page>
  );
}

function Two({ a, b }: { a: string; b: string }) {
  const { t } = useTranslation('caseworker');
  const [, setSearch] = useAddress();
  const [one, setOne] = useState(a);
  const [other, setOther] = useState(b);
  useEffect(() => setOne(a), [a]);
  useEffect(() => setOther(b), [b]);
  const put = (first: string, second: string) => setSearch({ a: first, b: second, path: null });
  const send = (event: FormEvent) => {
    event.preventDefault();
    put(clean(one), clean(other));
  };
  return (
    <form onSubmit={send} className="no-print">
      <Group align="flex-start" gap="xs">
        <NumberBox label={t('firstPerson')} value={one} onChange={setOne} />
        <Button
          variant="default"
          mt={25}
          aria-label={t('swap')}
          title={t('swap')}
          onClick={() => put(clean(other), clean(one))}
        >
          <IconArrowsExchange size={16} aria-hidden />
        </Button>
        <NumberBox label={t('secondPerson')} value={other} onChange={setOther} />
        <Button mt={25} type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          {t('askRelated')}
        </Button>
      </Group>
    </form>
  );
}

function clean(typed: string): string {
  const seen = recognise(typed);
  return seen?.kind === 'citizen' ? seen.text : typed.trim();
}

function NumberBox({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('caseworker');
  const seen = recognise(value);
  const wrong = seen?.kind === 'citizen' ? seen.troubles : [];
  return (
    <TextInput
      label={label}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong[0] && t(wrong[0].word, wrong[0].values ?? {})}
      style={{ flex: '1 1 220px', maxWidth: 300 }}
    />
  );
}

const refOf = (key: string) => (isCitizenNumber(key) ? { citizenNumber: key } : { id: key });

function Told({ a, b }: { a: string; b: string }) {
  const { t } = useTranslation('caseworker');
  const { asOf, asKnown } = useDays();
  const asked = { a: refOf(a), b: refOf(b), asOf, asKnown };
  const { data, loading, account, operation, again } = useAsk(HowRelated, asked);
  const who = useAsk(WhoAre, {
    a: isCitizenNumber(a) ? a : null,
    aId: isCitizenNumber(a) ? null : a,
    b: isCitizenNumber(b) ? b : null,
    bId: isCitizenNumber(b) ? null : b,
  });
  const answer = data?.relationship;
  const [one, other] = [who.data?.a ?? null, who.data?.b ?? null];
  return (
    <Stack>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {answer && (
        <>
          <Text size="sm">
            <PersonLink person={one} /> {one?.citizenNumber} · <PersonLink person={other} />{' '}
            {other?.citizenNumber}
          </Text>
          {account.denied.has('relationship.answer') ? (
            <Alert variant="light" title={t('answerDenied')}>
              {t('answerDeniedAbout')}
            </Alert>
          ) : (
            <Verdict answer={answer} />
          )}
          <Relations answer={answer} a={one} b={other} />
          <Missing answer={answer} />
          <Sheet operation={operation} />
        </>
      )}
      {data && !answer && !account.problems.length && (
        <Alert variant="light">{t('nobodyHere')}</Alert>
      )}
    </Stack>
  );
}

function Verdict({ answer }: { answer: Answer }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  if (!answer.answer) return null;
  const { icon, color } = VERDICTS[answer.answer];
  return (
    <Alert
      variant="light"
      color={color}
      icon={icon}
      role="status"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      title={t('verdict', { verdict: label('KinshipVerdict', answer.answer) })}
    >
      <Text size="sm">{answer.reason}</Text>
    </Alert>
  );
}

function Relations({ answer, a, b }: { answer: Answer; a: Human2; b: Human2 }) {
  const { t, i18n } = useTranslation('caseworker');
  const label = useLabels(labels);
  const [search, setSearch] = useAddress();
  const relations = answer.relations ?? [];
  const chosen = Math.min(Number(search.get('path') ?? 0) || 0, relations.length - 1);
  const relation = relations[chosen];
  if (!relation) return null;
  const both = (one: Relation) =>
    i18n.language === 'zh' ? `${one.termZh} ${one.term}` : `${one.term} ${one.termZh}`;
  return (
    <Stack>
      <section>
        <Title order={2} size="h4" mb="xs">
          {t('relations', { count: relations.length })}
        </Title>
        <Rows
          caption={t('relationsCaption', {
            a: a?.name ?? t('firstPerson'),
            b: b?.name ?? t('secondPerson'),
          })}
          rows={relations}
          rowKey={(_, at) => String(at)}
          columns={[
            { key: 'term', title: label('KinshipRelation', 'term'), cell: both },
            {
              key: 'kind',
              title: label('KinshipRelation', 'kind'),
              cell: (one) => label('KinshipKind', one.kind),
            },
            {
              key: 'status',
              title: label('KinshipRelation', 'status'),
              cell: (one) => <Status status={one.status} />,
            },
            {
              key: 'current',
              title: label('KinshipRelation', 'current'),
              cell: (one) => one.current !== null && t(one.current ? 'yes' : 'no'),
            },
            {
              key: 'more',
              title: t('details'),
              cell: (one) =>
                [
                  one.side && label('KinshipSide', one.side),
                  one.half && label('KinshipRelation', 'half'),
                  one.up !== null && one.down !== null && `↑${one.up} ↓${one.down}`,
                ]
                  .filter(Boolean)
                  .join(' · '),
            },
          ]}
        />
      </section>
      {relations.length > 1 && (
        <SegmentedControl
          className="no-print"
          size="xs"
          w="fit-content"
          aria-label={t('choosePath')}
          value={String(chosen)}
          onChange={(value) => setSearch({ path: value })}
          data={relations.map((one, at) => ({ value: String(at), label: both(one) }))}
        />
      )}
      <Path relations={relations} chosen={chosen} a={a} b={b} title={both(relation)} />
    </Stack>
  );
}

type Human2 = { id: string; citizenNumber: string | null; name: string | null } | null;

/** Proven, consistent or contradicted, in words. */
function Status({ status }: { status: Relation['status'] }) {
  const label = useLabels(labels);
  if (!status) return null;
  const style = { PROVEN: 'solid', CONSISTENT: 'dashed', CONTRADICTED: 'dotted' }[status];
  return (
    <Badge
      variant="default"
      tt="none"
      styles={{ root: { borderStyle: style, borderWidth: status === 'CONTRADICTED' ? 2 : 1 } }}
    >
      {label('KinshipStatus', status)}
    </Badge>
  );
}

/** The persons along a path; who may not be seen has a place in it and no name. */
function walked(
  relation: Relation,
  at: number,
  a: Human2,
): { between: string[]; humans: Map<string, Human> } {
  const humans = new Map<string, Human>();
  const steps = relation.steps ?? [];
  for (const { from, to } of steps) {
    if (from) humans.set(from.id, from);
    if (to) humans.set(to.id, to);
  }
  const between = [a?.id ?? steps[0]?.from?.id ?? `hidden ${at} 0`];
  steps.forEach(({ from, to }, place) => {
    const here = between[place];
    const next = from?.id === here ? to : to?.id === here ? from : (to ?? from);
    const loop = next && between.includes(next.id) ? null : next;
    between.push(loop?.id ?? `hidden ${at} ${place + 1}`);
  });
  return { between, humans };
}

function Path({
  relations,
  chosen,
  a,
  b,
  title,
}: {
  relations: readonly Relation[];
  chosen: number;
  a: Human2;
  b: Human2;
  title: string;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const narrow = useMediaQuery('(max-width: 600px)') ?? false;
  const { nodes, edges } = useMemo(() => {
    const dots = new Map<string, Dot>();
    const lines = new Map<string, Line & { status: Step['status']; lit: boolean; says: string }>();
    const lit = new Set<string>();
    relations.forEach((relation, at) => {
      const { between, humans } = walked(relation, at, a);
      between.forEach((id) => {
        const human = humans.get(id) ?? (id === a?.id ? a : null);
        if (!dots.has(id)) {
          dots.set(id, {
            id,
            kind: 'person',
            name: human ? (human.name ?? t('nameNotShown')) : t('somebody'),
            number: null,
          });
        }
        if (at === chosen) lit.add(id);
      });
      (relation.steps ?? []).forEach((step, place) => {
        const [here, there] = [between[place] as string, between[place + 1] as string];
        const down = step.from ? step.from.id === here : step.to?.id !== here;
        const [from, to] = down ? [here, there] : [there, here];
        const id = `${step.relationship} ${from} ${to} ${step.kind}`;
        const before = lines.get(id);
        lines.set(id, {
          id,
          from,
          to,
          type: step.relationship as Line['type'],
          detail: null,
          periods: [],
          sources: [],
          disputed: false,
          status: step.status,
          lit: before?.lit || at === chosen,
          says: label('KinshipKind', step.kind),
        });
      });
    });
    const places = arranged([...dots.values()], [...lines.values()], 'family', new Map(), narrow);
    const drawn: Node[] = [...dots.values()].map(({ id, name }) => ({
      id,
      label: name ?? '',
      kind: 'person',
      focus: id === a?.id || id === b?.id,
      lit: lit.has(id),
      at: places.get(id) ?? { x: 0, y: 0 },
    }));
    const joined: Edge[] = [...lines.values()].map(
      ({ id, from, to, type, status, lit: on, says }) => ({
        id,
        from,
        to,
        label: says,
        status: (status ?? 'PROVEN').toLowerCase() as NonNullable<Edge['status']>,
        mutual: type === 'Marriage' || type === 'Couple',
        lit: on,
      }),
    );
    return { nodes: drawn, edges: joined };
  }, [relations, chosen, a, b, t, label, narrow]);
  const steps = relations[chosen]?.steps ?? [];
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t('pathOf', { term: title })}
      </Title>
      <Legend shapes={['Person']} />
      <Picture
        title={t('pathOf', { term: title })}
        nodes={nodes}
        edges={edges}
        height={360}
        table={<Steps steps={steps} />}
      />
      <Title order={2} size="h4" mt="md" mb="xs">
        {t('evidence')}
      </Title>
      <Stack gap="sm">
        {steps.map((step, at) => (
          <StepCard
            key={`${step.relationship} ${step.from?.id} ${step.to?.id}`}
            {...{ step, at }}
          />
        ))}
      </Stack>
    </section>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  return (
    <Rows
      caption={t('stepsCaption')}
      rows={steps}
      rowKey={(_, at) => String(at)}
      columns={[
        {
          key: 'from',
          title: label('KinshipStep', 'from'),
          cell: ({ from }) => <PersonLink person={from} />,
        },
        {
          key: 'kind',
          title: label('KinshipStep', 'kind'),
          cell: ({ kind }) => label('KinshipKind', kind),
        },
        {
          key: 'to',
          title: label('KinshipStep', 'to'),
          cell: ({ to }) => <PersonLink person={to} />,
        },
        {
          key: 'status',
          title: label('KinshipStep', 'status'),
          cell: ({ status }) => <Status status={status} />,
        },
      ]}
    />
  );
}

/** One step with every record that states it, and every record against it. */
function StepCard({ step, at }: { step: Step; at: number }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  return (
    <Card withBorder p="sm" component="article">
      <Group gap="xs" mb={6}>
        <Title order={3} size="h5">
          {t('step', { number: at + 1 })}
        </Title>
        <PersonLink person={step.from} />
        <span>
          {step.relationship === 'Marriage' || step.relationship === 'Couple' ? '—' : '→'}
        </span>
        <PersonLink person={step.to} />
        <Text size="sm">
          {label(TYPES[step.relationship ?? ''] ?? step.relationship ?? '')}:{' '}
          {label('KinshipKind', step.kind)}
          {(step.kinds?.length ?? 0) > 1 &&
            ` (${step.kinds?.map((kind) => label('KinshipKind', kind)).join(' / ')})`}
        </Text>
        <Status status={step.status} />
        {step.current === false && <Text size="sm">{t('ended')}</Text>}
      </Group>
      <Records caption={t('statedBy')} records={step.evidence ?? []} />
      {!!step.contradictedBy?.length && (
        <Records caption={label('KinshipStep', 'contradictedBy')} records={step.contradictedBy} />
      )}
    </Card>
  );
}

function Records({ caption, records }: { caption: string; records: readonly Evidence[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const register = useRegisters();
  const period = usePeriod();
  const { moment } = useDates();
  const relationToHead = useRelationToHead();
  return (
    <Rows
      caption={caption}
      rows={records}
      rowKey={(_, at) => String(at)}
      columns={[
        {
          key: 'states',
          title: t('states'),
          cell: ({ relationship, relationToHead: code }) =>
            [label(TYPES[relationship ?? ''] ?? relationship ?? ''), relationToHead(code)]
              .filter(Boolean)
              .join(': '),
        },
        {
          key: 'register',
          title: label('Fact', 'register'),
          cell: (one) => register(one.register),
        },
        {
          key: 'record',
          title: label('Fact', 'record'),
          cell: (one) => [one.record, one.disputed && t('disputed')].filter(Boolean).join(' · '),
        },
        { key: 'valid', title: t('period'), cell: period },
        {
          key: 'recorded',
          title: label('Fact', 'recordedFrom'),
          cell: (one) => moment(one.recordedFrom),
        },
      ]}
    />
  );
}

/** Which record would decide, and who has it. */
function Missing({ answer }: { answer: Answer }) {
  const { t, i18n } = useTranslation('caseworker');
  const register = useRegisters();
  if (!answer.missing?.length) return null;
  return (
    <Card withBorder p="sm" component="section">
      <Title order={2} size="h4" mb="xs">
        {t('missing')}
      </Title>
      <List size="sm">
        {answer.missing.map((gap) => (
          <List.Item key={`${gap.needed} ${gap.heldIn}`}>
            {i18n.language === 'zh' ? gap.neededZh : gap.needed} · {register(gap.heldIn)} ·{' '}
            {gap.department}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

/** What the sheet says of itself: who asked when, for what, and where the audit has it. */
function Sheet({ operation }: { operation: string }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const { moment } = useDates();
  const [search] = useAddress();
  const { name, purposes } = useSession();
  const purpose = purposes.find(({ id }) => id === search.get('purpose')) ?? purposes[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment of this answer
  const now = useMemo(() => new Date().toISOString(), [operation]);
  const basis = purpose?.bases[0];
  return (
    <Card withBorder p="sm" component="footer">
      <Text size="xs">
        {t('sheet', {
          name,
          moment: moment(now),
          purpose: purpose ? label(purpose.label) : '',
          basis: basis ? `${label(basis.label)} (${basis.citation})` : '',
        })}
      </Text>
      <Text size="xs">
        {search.get('case') && `${t('sheetCase', { number: search.get('case') ?? '' })} · `}
        {t('sheetOperation')} <span className="mono">{operation}</span>
      </Text>
      <Text size="xs" c="dimmed">
        {t('sheetAbout')}
      </Text>
    </Card>
  );
}
