import {
  Alert,
  Button,
  FileButton,
  Group,
  NativeSelect,
  Paper,
  Progress,
  Stack,
  Text,
} from '@mantine/core';
import { IconDownload, IconFileUpload, IconPlayerStop } from '@tabler/icons-react';
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, useAskNow } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page } from '../kit/page';
import { Problems } from '../kit/problems';
import { type Column, LongTable } from '../kit/table';
import { Value } from '../kit/value';
import {
  type BatchRow,
  BYTES_MAX,
  csvOf,
  ROWS_MAX,
  rowsOf,
  type Sheet,
  sheetOf,
  textOf,
} from './batch-file';
import { PageLink } from './case-kit';
import { ManyPeople, type ManyPeopleQuery } from './generated';
import labels from './labels.json';

const SLICE = 100;
const FIELDS = ['name', 'birthDate', 'district', 'deceased'] as const;
type Field = (typeof FIELDS)[number];
type Found = ManyPeopleQuery['peopleByNumber'][number] & {
  denied: Map<string, string>;
  masked: Set<string>;
};
type Result = BatchRow & { found: Found | undefined };

/** Many people at once, by the citizen numbers of a file that stays in the browser. */
export default function Batch() {
  const { t } = useTranslation('caseworker');
  const [name, setName] = useState('');
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const choose = async (file: File | null) => {
    if (!file) return;
    setSheet(null);
    setName(file.name);
    setRefused(null);
    if (file.size > BYTES_MAX) return setRefused(t('fileTooLarge'));
    const read = sheetOf(await textOf(file));
    const { length } = rowsOf(read);
    if (!length) return setRefused(t('fileEmpty'));
    if (length > ROWS_MAX) return setRefused(t('fileTooLong', { count: length, max: ROWS_MAX }));
    setSheet(read);
  };
  return (
    <Page title={t('batch')} about={t('batchAbout')}>
      <Chooser onFile={(file) => void choose(file)} name={name} />
      {refused && (
        <Alert role="alert" color="red" variant="light">
          {refused}
        </Alert>
      )}
      {sheet && (
        <>
          <ColumnChoice sheet={sheet} onColumn={(column) => setSheet({ ...sheet, column })} />
          <LookUp key={`${name} ${sheet.column}`} sheet={sheet} />
        </>
      )}
    </Page>
  );
}

function Chooser({ onFile, name }: { onFile: (file: File | null) => void; name: string }) {
  const { t } = useTranslation('caseworker');
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Paper
      withBorder
      p="lg"
      component="section"
      aria-label={t('file')}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{ borderStyle: over ? 'solid' : 'dashed', borderWidth: 2 }}
    >
      <Group>
        <FileButton onChange={onFile} accept=".csv,.txt,.tsv,text/csv,text/plain">
          {(props) => (
            <Button {...props} leftSection={<IconFileUpload size={18} aria-hidden />}>
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
        <div>
          <Text size="sm">{name || t('dropHere')}</Text>
          <Text size="xs" c="dimmed">
            {t('fileStays')}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}

function ColumnChoice({ sheet, onColumn }: { sheet: Sheet; onColumn: (column: number) => void }) {
  const { t } = useTranslation('caseworker');
  const width = Math.max(...sheet.cells.map((row) => row.length));
  if (width < 2) return null;
  return (
    <NativeSelect
      label={t('column')}
      w="fit-content"
      value={String(sheet.column)}
      onChange={(event) => onColumn(Number(event.currentTarget.value))}
      data={Array.from({ length: width }, (_, place) => ({
        value: String(place),
        label: (sheet.header && sheet.cells[0]?.[place]) || t('columnNumber', { count: place + 1 }),
      }))}
    />
  );
}

function LookUp({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('caseworker');
  const rows = useMemo(() => rowsOf(sheet), [sheet]);
  const numbers = useMemo(
    () => [...new Set(rows.filter(({ problem }) => !problem).map(({ number }) => number))],
    [rows],
  );
  const { found, done, running, problems, start, stop } = useSlices(numbers);
  const results = rows.map((row) => ({ ...row, found: found.get(row.number) }));
  const bad = rows.filter(({ problem }) => problem);
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('rowsRead', { count: rows.length })} {t('rowsToAsk', { count: numbers.length })}{' '}
        {t('rowsBad', { count: bad.length })}
      </Text>
      {bad.length > 0 && <BadRows rows={bad} />}
      <Problems problems={problems} />
      <Group>
        {running ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={18} aria-hidden />}
            onClick={stop}
          >
            {t('stop')}
          </Button>
        ) : (
          <Button onClick={start} disabled={!numbers.length || done >= numbers.length}>
            {t(done ? 'goOn' : 'lookUp')}
          </Button>
        )}
        {done > 0 && !running && <Download results={results} />}
        <Text size="sm" c="dimmed">
          {t('eachRecorded')}
        </Text>
      </Group>
      {done + Number(running) > 0 && (
        <div>
          <Progress
            value={(100 * done) / Math.max(1, numbers.length)}
            aria-label={t('progress')}
            size="lg"
          />
          <Text size="sm" aria-live="polite">
            {t('askedOf', { count: done, of: numbers.length })}
          </Text>
        </div>
      )}
      {done > 0 && <Results results={results} />}
    </Stack>
  );
}

const BAD_SHOWN = 20;

function BadRows({ rows }: { rows: BatchRow[] }) {
  const { t } = useTranslation('caseworker');
  return (
    <Alert color="red" variant="light" title={t('badRows', { count: rows.length })}>
      {rows.slice(0, BAD_SHOWN).map(({ row, number, problem }) => (
        <Text size="sm" key={row}>
          {t('badRow', { row, number: number || '—' })} {t(`number.${problem}`)}
        </Text>
      ))}
      {rows.length > BAD_SHOWN && (
        <Text size="sm">{t('badRowsMore', { count: rows.length - BAD_SHOWN })}</Text>
      )}
    </Alert>
  );
}

/** Asks for the numbers a slice at a time; it can be stopped, and go on where it stood. */
function useSlices(numbers: string[]) {
  const askNow = useAskNow();
  const [found, setFound] = useState<Map<string, Found>>(new Map());
  const [done, setDone] = useState(0);
  const [running, setRunning] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const stopped = useRef(false);
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);
  const start = async () => {
    stopped.current = false;
    setRunning(true);
    setProblems([]);
    for (let from = done; from < numbers.length && !stopped.current; from += SLICE) {
      const keys = numbers.slice(from, from + SLICE);
      const { data, account } = await askNow(ManyPeople, { keys });
      if (!data || account.problems.length) {
        setProblems(account.problems);
        break;
      }
      setFound((before) => {
        const after = new Map(before);
        data.peopleByNumber.forEach((one, place) => {
          const path = `peopleByNumber.${place}.node.`;
          after.set(one.key, {
            ...one,
            denied: new Map(
              FIELDS.flatMap((field) => {
                const code = account.denied.get(path + field);
                return code ? [[field, code] as const] : [];
              }),
            ),
            masked: new Set(FIELDS.filter((field) => account.masked.has(path + field))),
          });
        });
        return after;
      });
      setDone(from + keys.length);
    }
    setRunning(false);
  };
  const stop = () => {
    stopped.current = true;
  };
  return { found, done, running, problems, start: () => void start(), stop };
}

function useWords() {
  const { t } = useTranslation('caseworker');
  const { day } = useDates();
  const outcome = ({ problem, found }: Result) => {
    if (problem) return t(`number.${problem}`);
    return found ? t(`lookup.${found.code}`) : t('lookup.NOT_ASKED');
  };
  const value = ({ found }: Result, field: Field): string | null => {
    const is = found?.node?.[field];
    if (is === null || is === undefined) return null;
    if (typeof is === 'boolean') return t(is ? 'yes' : 'no');
    return field === 'birthDate' ? day(is) : is;
  };
  return { outcome, value };
}

function Results({ results }: { results: Result[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const { outcome, value } = useWords();
  const columns: Column<Result>[] = [
    { key: 'row', title: t('fileRow'), width: 80, cell: ({ row }) => row },
    {
      key: 'number',
      title: label('Person', 'citizenNumber'),
      width: 200,
      cell: ({ number, found }) =>
        found?.node ? (
          <PageLink to={href(`/persons/${number}`)}>{number}</PageLink>
        ) : (
          <Text span ff="monospace" size="sm">
            {number}
          </Text>
        ),
    },
    { key: 'outcome', title: t('outcome'), width: 200, cell: outcome },
    ...FIELDS.map((field) => ({
      key: field,
      title: label('Person', field),
      cell: (result: Result) =>
        result.found?.node && (
          <Value
            account={{
              problems: [],
              denied: result.found.denied,
              masked: result.found.masked,
            }}
            path={field}
          >
            {value(result, field)}
          </Value>
        ),
    })),
  ];
  return <LongTable caption={t('results')} columns={columns} rows={results} />;
}

function Download({ results }: { results: Result[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { outcome, value } = useWords();
  const download = () => {
    const cell = (result: Result, field: Field) =>
      result.found?.denied.has(field) ? t('shell:denied') : (value(result, field) ?? '');
    const lines = [
      [
        t('fileRow'),
        label('Person', 'citizenNumber'),
        t('outcome'),
        ...FIELDS.map((field) => label('Person', field)),
      ],
      ...results.map((result) => [
        String(result.row),
        result.number,
        outcome(result),
        ...FIELDS.map((field) => cell(result, field)),
      ]),
    ];
    const address = URL.createObjectURL(new Blob([csvOf(lines)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'people.csv';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={download}
    >
      {t('download')}
    </Button>
  );
}
