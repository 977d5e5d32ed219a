import {
  Alert,
  Badge,
  Button,
  Code,
  Grid,
  Group,
  List,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk, useAskNow, useStep } from '../kit/ask';
import { Editor, type Mark } from '../kit/editor';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Builder } from './builder';
import {
  type Catalogue,
  cedarLanguage,
  completeCedar,
  lineOf,
  type Model,
  withPolicy,
} from './cedar';
import { Difference, ReplayTable, TextDifference } from './difference';
import { Check, type CheckQuery, Draft, Edit, Texts, type TextsQuery } from './generated';

type Base = NonNullable<TextsQuery['policyVersion']>;
type Checked = NonNullable<CheckQuery['policyCheck']>;
type Changed = Record<string, string>;

/**
 * A draft: put together in the builder or written as text, checked as one writes. ?version= edits a
 * draft that there is, ?base= begins from another version, ?cell= and ?who= from a cell of the
 * matrix, ?file= and ?policy= at a policy.
 */
export function EditPage() {
  const { t } = useTranslation('policy');
  const [search] = useAddress();
  const number = Number(search.get('version') ?? search.get('base')) || null;
  const { data, loading, account, again } = useAsk(Texts, { number });
  const { policyVersion, policyMatrix, dataCatalogue } = data ?? {};
  return (
    <Page
      title={search.get('version') ? t('editDraft', { number }) : t('newDraft')}
      about={t('editAbout')}
    >
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {policyVersion && dataCatalogue && (
        <Drafting
          key={policyVersion.hash}
          base={policyVersion}
          matrix={policyMatrix}
          catalogue={dataCatalogue}
        />
      )}
    </Page>
  );
}

const NO_MATRIX: Model = { columns: [], rows: [] };

function Drafting({
  base,
  matrix,
  catalogue,
}: {
  base: Base;
  matrix: Model | null | undefined;
  catalogue: Catalogue;
}) {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const shown = matrix ?? NO_MATRIX;
  const who = search.get('who') ?? '';
  const files = base.texts.map(({ path }) => path);
  const [changed, setChanged] = useState<Changed>({});
  const asked = search.get('file') ?? fileOf(who.split('/')[0], files);
  const file = asked ?? files.find((path) => path.startsWith('grants/')) ?? '';
  const original = base.texts.find(({ path }) => path === file)?.content ?? '';
  const text = changed[file] ?? original;
  const write = (path: string, content: string) => {
    const was = base.texts.find((one) => one.path === path)?.content;
    setChanged((before) => {
      const { [path]: _, ...rest } = before;
      return content === was ? rest : { ...rest, [path]: content };
    });
  };
  const open = (path: string) => setSearch({ file: path, policy: null });
  const { checked, checking, problems, replay } = useCheck(base.number, changed);
  const complete = useMemo(() => completeCedar(catalogue, shown), [catalogue, shown]);
  const found = checked?.problems ?? [];
  const marks: Mark[] = useMemo(
    () =>
      found
        .filter(({ path, line }) => path === file && line)
        .map(({ line, column, words }) => ({
          line: line ?? 1,
          ...(column && { column }),
          message: words,
        })),
    [found, file],
  );
  const line = lineOf(text, search.get('policy') ?? '');
  const all = [...new Set([...files, ...Object.keys(changed)])].sort();
  const [side, setSide] = useState(search.get('policy') ? 'text' : 'builder');
  return (
    <Stack>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="xs">
            <Group align="end" gap="xs">
              <NativeSelect
                label={t('file')}
                value={file}
                onChange={(event) => open(event.currentTarget.value)}
                data={all.map((path) => ({
                  value: path,
                  label: path in changed ? `${path} · ${t('changed')}` : path,
                }))}
              />
              {file in changed && (
                <Button size="sm" variant="default" onClick={() => write(file, original)}>
                  {t('undo')}
                </Button>
              )}
            </Group>
            <Editor
              key={file}
              label={t('textOf', { file })}
              value={text}
              onChange={(content) => write(file, content)}
              language={cedarLanguage}
              complete={complete}
              marks={marks}
              height={460}
              line={line}
            />
            <Found found={found} onOpen={open} checking={checking} touched={!isEmpty(changed)} />
            <Problems problems={problems} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="xs">
            <SegmentedControl
              aria-label={t('beside')}
              value={side}
              onChange={setSide}
              data={[
                { value: 'builder', label: t('builder') },
                { value: 'text', label: t('inWords') },
              ]}
            />
            {side === 'builder' ? (
              <Builder
                matrix={shown}
                catalogue={catalogue}
                cell={search.get('cell') ?? ''}
                who={who}
                onWrite={({ id, consumer }, policy) => {
                  const path = fileOf(consumer, files) ?? `grants/${consumer}.cedar`;
                  const before =
                    changed[path] ?? base.texts.find((one) => one.path === path)?.content ?? '';
                  write(path, withPolicy(before, id, policy));
                  setSearch({ file: path, policy: id });
                }}
              />
            ) : (
              <InWords checked={checked} file={file} touched={!isEmpty(changed)} />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
      {!isEmpty(changed) && checked?.difference && (
        <Simulated checked={checked} replay={replay} checking={checking} />
      )}
      <Save base={base} changed={changed} clean={!found.some(({ level }) => level === 'error')} />
    </Stack>
  );
}

function isEmpty(changed: Changed): boolean {
  return !Object.keys(changed).length;
}

function fileOf(consumer: string | undefined, files: readonly string[]): string | undefined {
  return files.find((path) => path === `grants/${consumer}.cedar`);
}

/** Checked a moment after the last key; what comes late is not shown. */
function useCheck(base: number, changed: Changed) {
  const askNow = useAskNow();
  const [waited] = useDebouncedValue(changed, 500);
  const [checked, setChecked] = useState<Checked>();
  const [checking, setChecking] = useState(false);
  const [problems, setProblems] = useState<Parameters<typeof Problems>[0]['problems']>([]);
  const ask = async (operations: number, still: () => boolean) => {
    setChecking(true);
    const texts = Object.entries(waited).map(([path, content]) => ({ path, content }));
    const { data, account } = await askNow(Check, { texts, base, operations });
    if (!still()) return;
    setChecking(false);
    setProblems(account.problems);
    if (data?.policyCheck) setChecked(data.policyCheck);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the texts have changed
  useEffect(() => {
    let current = true;
    if (isEmpty(waited)) {
      setChecked(undefined);
      return;
    }
    void ask(0, () => current);
    return () => {
      current = false;
    };
  }, [waited, base]);
  return { checked, checking, problems, replay: () => void ask(10_000, () => true) };
}

function Found({
  found,
  onOpen,
  checking,
  touched,
}: {
  found: Checked['problems'];
  onOpen: (path: string) => void;
  checking: boolean;
  touched: boolean;
}) {
  const { t } = useTranslation('policy');
  const errors = found.filter(({ level }) => level === 'error').length;
  const status = checking
    ? t('checking')
    : !touched
      ? t('unchanged')
      : errors
        ? t('errors', { count: errors })
        : t('noErrors');
  return (
    <div>
      <Text size="sm" role="status" fw={500}>
        {status}
      </Text>
      <List size="sm" listStyleType="none">
        {found.slice(0, 50).map((one) => (
          <List.Item key={`${one.path}${one.line}${one.words}`}>
            <Badge size="sm" variant="default" tt="none">
              {t(`level.${one.level}`)}
            </Badge>{' '}
            {one.path && (
              <Button size="compact-xs" variant="subtle" onClick={() => onOpen(one.path ?? '')}>
                {one.path}
                {one.line && `:${one.line}`}
              </Button>
            )}{' '}
            <span lang="en">{one.words}</span> <Code>{one.code}</Code>
          </List.Item>
        ))}
      </List>
    </div>
  );
}

/** The changed texts read aloud, in both languages side by side. */
function InWords({
  checked,
  file,
  touched,
}: {
  checked: Checked | undefined;
  file: string;
  touched: boolean;
}) {
  const { t } = useTranslation('policy');
  const readings = (checked?.readings ?? []).filter(({ path }) => path === file);
  if (!touched) return <Text size="sm">{t('wordsLater')}</Text>;
  if (!readings.length) return <Text size="sm">{t('wordsAfterErrors')}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard
    <section tabIndex={0} aria-label={t('inWords')} style={{ maxHeight: 520, overflow: 'auto' }}>
      <Stack gap="sm">
        {readings.map((reading) => (
          <div key={reading.policy}>
            <Text size="xs" c="dimmed" ff="monospace">
              {reading.policy}
            </Text>
            <Text size="sm" lang="zh-CN" style={{ whiteSpace: 'pre-line' }}>
              {reading.words.zh}
            </Text>
            <Text size="sm" lang="en" mt={4} style={{ whiteSpace: 'pre-line' }}>
              {reading.words.en}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}

function Simulated({
  checked,
  replay,
  checking,
}: {
  checked: Checked;
  replay: () => void;
  checking: boolean;
}) {
  const { t } = useTranslation('policy');
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('wouldChange')}
      </Title>
      {checked.difference && <Difference found={checked.difference} />}
      {checked.replay ? (
        <ReplayTable found={checked.replay} />
      ) : (
        <Button variant="default" w="fit-content" onClick={replay} loading={checking}>
          {t('replayNow')}
        </Button>
      )}
      {checked.difference && <TextDifference text={checked.difference.text} />}
    </Stack>
  );
}

/** Why, on which document, and for how long: then it is stored and checked. */
function Save({ base, changed, clean }: { base: Base; changed: Changed; clean: boolean }) {
  const { t } = useTranslation('policy');
  const href = useHref();
  const [search] = useAddress();
  const [, navigate] = useLocation();
  const editing = Boolean(search.get('version'));
  const draft = useStep(Draft);
  const edit = useStep(Edit);
  const [said, setSaid] = useState({
    reason: editing ? base.reason : '',
    document: editing ? base.document : '',
    validFrom: (editing && base.validFrom) || '',
    validTo: (editing && base.validTo) || '',
    review: (editing && base.review) || '',
  });
  const set = (name: keyof typeof said) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setSaid((before) => ({ ...before, [name]: value }));
  };
  const whole = Boolean(search.get('base'));
  const texts = whole
    ? base.texts.map(({ path, content }) => ({ path, content: changed[path] ?? content }))
    : [];
  for (const [path, content] of Object.entries(changed))
    if (!texts.some((one) => one.path === path)) texts.push({ path, content });
  const save = async () => {
    const statement = {
      reason: said.reason,
      document: said.document,
      validFrom: said.validFrom || null,
      validTo: said.validTo || null,
      review: said.review || null,
    };
    const number = editing
      ? (await edit.send({ number: base.number, statement, texts }))?.editPolicy?.number
      : (await draft.send({ statement, texts }))?.draftPolicy?.number;
    if (number) navigate(href(`/versions/${number}`));
  };
  const ready = texts.length > 0 && said.reason.trim() && said.document.trim();
  return (
    <Stack gap="xs" maw={820}>
      <Title order={2} size="h4">
        {t('saveDraft')}
      </Title>
      {!clean && <Alert variant="light">{t('savedWithErrors')}</Alert>}
      <Group grow align="start">
        <TextInput label={t('reason')} required value={said.reason} onChange={set('reason')} />
        <TextInput
          label={t('document')}
          required
          value={said.document}
          onChange={set('document')}
        />
      </Group>
      <Group grow align="start">
        <TextInput
          type="date"
          label={t('validFrom')}
          value={said.validFrom}
          onChange={set('validFrom')}
        />
        <TextInput
          type="date"
          label={t('validTo')}
          value={said.validTo}
          onChange={set('validTo')}
        />
        <TextInput type="date" label={t('review')} value={said.review} onChange={set('review')} />
      </Group>
      <Problems problems={[...draft.problems, ...edit.problems]} />
      <Button
        w="fit-content"
        onClick={save}
        disabled={!ready}
        loading={draft.sending || edit.sending}
      >
        {t('saveDraft')}
      </Button>
    </Stack>
  );
}
