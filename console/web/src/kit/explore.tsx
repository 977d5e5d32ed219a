import {
  Alert,
  Anchor,
  Badge,
  Button,
  Code,
  Grid,
  Group,
  List,
  NativeSelect,
  Stack,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { graphql } from 'cm6-graphql';
import {
  buildClientSchema,
  type DocumentNode,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
} from 'graphql';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Label, useLabel, useSession } from '../session';
import { useAddress } from './address';
import { type Problem, type Sent, useSend } from './ask';
import { coordinateOf } from './coordinate';
import { Editor, jsonLanguage, type Mark } from './editor';
import { Page, Waiting } from './page';
import { Problems } from './problems';
import type { Right } from './rights';
import { SchemaDocs } from './schema';

export type Example = { title: string; query: string; variables?: Record<string, unknown> };
type Failure = {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
};
type Body = { data?: unknown; errors?: Failure[]; extensions?: { masked?: (string | number)[][] } };
type Told = { coordinate: string; count: number; why: 'denied' | 'consent' | 'masked' };
type Own = Right & { field: string | null; plain?: Label[] };
type Seer = {
  consumer: string;
  fields: { coordinate: string; mode: string; condition: { parts: Label[] } }[];
};

const RIGHTS = '{ myPermissions { type field mode mask condition missing } }';
/** The same of persons in plain words, for a consumer that may ask who may see what. */
const PLAIN = '{ whoMaySee { consumer fields { coordinate mode condition { parts { en zh } } } } }';
const DENIED: Record<string, Told['why']> = {
  FIELD_DENIED: 'denied',
  CONSENT_REQUIRED: 'consent',
};

/** Ask the API with one's own rights: editor, schema, and why something is not shown. */
export function Explore({
  title,
  about,
  examples,
  request,
}: {
  title: string;
  about: string;
  examples: Example[];
  /** Where a field that is not granted can be asked for. */
  request?: (type: string, field: string) => string;
}) {
  const { t } = useTranslation();
  const { schema, rights, problems } = useSchema();
  const [query, setQuery] = useState(examples[0]?.query ?? '');
  const [variables, setVariables] = useState(jsonOf(examples[0]?.variables));
  const [search, setSearch] = useAddress();
  const show = (type: string | null) => setSearch({ type, panel: 'schema' });
  const panel = search.get('panel') === 'schema' ? 'schema' : 'result';
  const turnTo = (value: string | null) => setSearch({ panel: value === 'schema' ? value : null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a schema
  const language = useMemo(
    () => (schema ? graphql(schema, { onShowInDocs: (_, type) => type && show(type) }) : []),
    [schema],
  );
  const { run, running, sent, marks, refused } = useRun(query, variables);
  const start = () => {
    turnTo('result');
    void run();
  };
  const take = (example: { query: string; variables?: Record<string, unknown> }) => {
    setQuery(example.query);
    setVariables(jsonOf(example.variables));
  };
  return (
    <Page title={title} about={about}>
      <Problems problems={problems} />
      {!schema && !problems.length && <Waiting />}
      {schema && (
        <Grid>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Stack gap="sm">
              <Offered examples={examples} query={query} take={take} />
              <Editor
                label={t('operation')}
                value={query}
                onChange={setQuery}
                language={language}
                onRun={start}
                height={340}
              />
              <Editor
                label={t('variables')}
                value={variables}
                onChange={setVariables}
                language={jsonLanguage}
                marks={marks}
                onRun={start}
                height={110}
              />
              <Group>
                <Button
                  onClick={start}
                  loading={running}
                  leftSection={<IconPlayerPlay size={16} aria-hidden />}
                >
                  {t('run')}
                </Button>
                <Text size="sm" c="dimmed">
                  {t('runKeys')}
                </Text>
              </Group>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Tabs value={panel} onChange={turnTo} keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="result">{t('result')}</Tabs.Tab>
                <Tabs.Tab value="schema">{t('schema')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="result" pt="sm">
                <Result
                  sent={sent}
                  refused={refused}
                  schema={schema}
                  query={query}
                  rights={rights}
                  request={request}
                />
              </Tabs.Panel>
              <Tabs.Panel value="schema" pt="sm">
                <SchemaDocs schema={schema} shown={search.get('type')} show={show} />
              </Tabs.Panel>
            </Tabs>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  );
}

function jsonOf(variables: Record<string, unknown> | undefined): string {
  return variables ? JSON.stringify(variables, null, 2) : '{}';
}

/** The consumer's own schema, as the gateway tells it, and what the consumer may see. */
function useSchema() {
  const send = useSend();
  const { consumer } = useSession();
  const [schema, setSchema] = useState<GraphQLSchema>();
  const [rights, setRights] = useState<Own[]>([]);
  const [problems, setProblems] = useState<Problem[]>([]);
  useEffect(() => {
    const fetchBoth = async () => {
      const told = await send(getIntrospectionQuery({ descriptions: true }));
      const { data, errors } = told.body as Body;
      if (data) setSchema(buildClientSchema(data as IntrospectionQuery));
      setProblems(problemsOf(errors));
      const own = (await send(RIGHTS)).body as { data?: { myPermissions?: Own[] } };
      const rows = own.data?.myPermissions ?? [];
      setRights(rows);
      if (!rows.some(({ type, field }) => type === 'Query' && field === 'whoMaySee')) return;
      const seers = (await send(PLAIN)).body as { data?: { whoMaySee?: Seer[] } };
      const plain = new Map(
        seers.data?.whoMaySee
          ?.filter((seer) => seer.consumer === consumer)
          .flatMap((seer) => seer.fields)
          .map((seen) => [`${seen.coordinate} ${seen.mode}`, seen.condition.parts]),
      );
      setRights(
        rows.map((row) => ({ ...row, plain: plain.get(`${row.type}.${row.field} ${row.mode}`) })),
      );
    };
    fetchBoth().catch(() => setProblems([{ code: 'UNREACHABLE', message: '', path: '' }]));
  }, [send, consumer]);
  return { schema, rights, problems };
}

function problemsOf(errors: Failure[] | undefined): Problem[] {
  return (errors ?? []).map(({ message, path, extensions }) => ({
    code: extensions?.code ?? 'INTERNAL',
    message,
    path: (path ?? []).join('.'),
  }));
}

function useRun(query: string, variables: string) {
  const { t } = useTranslation();
  const send = useSend();
  const [sent, setSent] = useState<Sent & { document: DocumentNode | null }>();
  const [running, setRunning] = useState(false);
  const [marks, setMarks] = useState<Mark[]>([]);
  const [refused, setRefused] = useState<Problem[]>([]);
  const run = async () => {
    let given: unknown;
    try {
      given = variables.trim() ? JSON.parse(variables) : {};
      setMarks([]);
    } catch {
      setMarks([{ line: 1, message: t('variablesWrong') }]);
      setRefused([{ code: 'BAD_ARGUMENT', message: t('variablesWrong'), path: '' }]);
      return;
    }
    setRunning(true);
    setRefused([]);
    try {
      setSent({ ...(await send(query, given)), document: parsed(query) });
    } catch {
      setRefused([{ code: 'UNREACHABLE', message: '', path: '' }]);
    }
    setRunning(false);
  };
  return { run, running, sent, marks, refused };
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true });
  } catch {
    return null;
  }
}

function Result({
  sent,
  refused,
  schema,
  rights,
  request,
}: {
  sent: ReturnType<typeof useRun>['sent'];
  refused: Problem[];
  schema: GraphQLSchema;
  query: string;
  rights: Own[];
  request: ((type: string, field: string) => string) | undefined;
}) {
  const { t } = useTranslation();
  const body = sent?.body as Body | undefined;
  const told = sent?.document && body ? toldOf(schema, sent.document, body) : [];
  const others = problemsOf(
    body?.errors?.filter(({ extensions }) => !DENIED[extensions?.code ?? '']),
  );
  return (
    <Stack gap="sm">
      <Problems problems={[...refused, ...others]} />
      {!sent && <Text size="sm">{t('noResult')}</Text>}
      {sent && (
        <>
          <Text size="sm" role="status">
            {t('answered', { milliseconds: Math.round(sent.milliseconds), status: sent.status })}
          </Text>
          {told.length > 0 && <NotShown told={told} rights={rights} request={request} />}
          <Editor
            label={t('answer')}
            value={JSON.stringify(sent.body, null, 2)}
            language={jsonLanguage}
            readOnly
            height={420}
          />
        </>
      )}
    </Stack>
  );
}

/** Each field that was not shown whole, once, however many rows it is of. */
function toldOf(schema: GraphQLSchema, document: DocumentNode, body: Body): Told[] {
  const found = new Map<string, Told>();
  const add = (path: readonly (string | number)[], why: Told['why']) => {
    const coordinate = coordinateOf(schema, document, path);
    if (!coordinate) return;
    const key = `${coordinate} ${why}`;
    const before = found.get(key);
    found.set(key, { coordinate, why, count: (before?.count ?? 0) + 1 });
  };
  for (const { path, extensions } of body.errors ?? []) {
    const why = DENIED[extensions?.code ?? ''];
    if (path && why) add(path, why);
  }
  for (const path of body.extensions?.masked ?? []) add(path, 'masked');
  return [...found.values()];
}

function NotShown({
  told,
  rights,
  request,
}: {
  told: Told[];
  rights: Own[];
  request: ((type: string, field: string) => string) | undefined;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Alert variant="light" title={t('notShownWhole')}>
      <List size="sm" listStyleType="none" spacing="xs">
        {told.map(({ coordinate, why, count }) => {
          const [type = '', field = ''] = coordinate.split('.');
          return (
            <List.Item key={`${coordinate} ${why}`}>
              <Group gap={6}>
                <Code>{coordinate}</Code>
                <Badge variant="default" tt="none">
                  {t(why === 'denied' ? 'denied' : why === 'consent' ? 'consent' : 'masked')}
                  {count > 1 && ` × ${count}`}
                </Badge>
              </Group>
              {reasons(rights, type, field, why, t, label).map((words) => (
                <Text size="sm" key={words}>
                  {words}
                </Text>
              ))}
              {request && (
                <Anchor component={Link} size="sm" href={request(type, field)}>
                  {t('requestField')}
                </Anchor>
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}

function reasons(
  rights: Own[],
  type: string,
  field: string,
  why: Told['why'],
  t: TFunction,
  label: (words: Label) => string,
): string[] {
  if (why === 'consent') return [t('consentWhy')];
  const own = rights.filter(
    (right) => right.type === type && right.field === field && right.mode !== 'FILTER',
  );
  if (why === 'masked') {
    const mask = own.find((right) => right.mask)?.mask;
    return [mask ? t('maskedBy', { mask }) : t('maskedWhy')];
  }
  if (!own.length) return [t('noRight')];
  return own.map(({ condition, missing, mode, plain }) =>
    condition
      ? t('rightOf', {
          mode: t(`mode.${mode}`),
          condition: plain?.length ? plain.map(label).join('; ') : condition,
        })
      : t('rightMissing', { action: missing }),
  );
}

type Saved = { name: string; query: string };

/** Examples, and operations that are kept in this browser: their text, never the variables. */
function Offered({
  examples,
  query,
  take,
}: {
  examples: Example[];
  query: string;
  take: (example: Example | Saved) => void;
}) {
  const { t } = useTranslation();
  const { saved, keep, forget } = useSaved();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const mine = saved.find((one) => `saved ${one.name}` === chosen);
  const choose = (value: string) => {
    setChosen(value);
    const found =
      saved.find((one) => `saved ${one.name}` === value) ??
      examples.find(({ title }) => title === value);
    if (found) take(found);
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label={t('examples')}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: t('choose') },
            ...examples.map(({ title }) => ({ value: title, label: title })),
            ...saved.map((one) => ({
              value: `saved ${one.name}`,
              label: `${one.name} (${t('savedHere')})`,
            })),
          ]}
        />
        {mine && (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => {
              forget(mine.name);
              setChosen('');
            }}
          >
            {t('forget')}
          </Button>
        )}
      </Group>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('saveAs')}
          description={t('saveAbout')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!name.trim()}
          onClick={() => {
            keep({ name: name.trim(), query });
            setChosen(`saved ${name.trim()}`);
            setName('');
          }}
        >
          {t('save')}
        </Button>
      </Group>
    </Stack>
  );
}

function useSaved() {
  const { consumer } = useSession();
  const place = `citizengraph-operations-${consumer}`;
  const [saved, setSaved] = useState<Saved[]>(() => {
    try {
      return JSON.parse(window.localStorage.getItem(place) ?? '[]') as Saved[];
    } catch {
      return [];
    }
  });
  const write = (next: Saved[]) => {
    window.localStorage.setItem(place, JSON.stringify(next));
    setSaved(next);
  };
  return {
    saved,
    keep: (one: Saved) => write([...saved.filter(({ name }) => name !== one.name), one]),
    forget: (name: string) => write(saved.filter((one) => one.name !== name)),
  };
}
