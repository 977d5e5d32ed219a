import { Anchor, Badge, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from './address';
import type { Asked } from './asked';
import { useDates } from './dates';
import { Waiting } from './page';
import { usePages } from './pages';
import { Problems } from './problems';
import { LongTable } from './table';

export type AuditRow = {
  type: string;
  record: string;
  shown: string[];
  masked: string[];
  denied: string[];
};
export type AuditRecord = {
  id: string;
  at: string;
  operation: string;
  operationName: string | null;
  subgraph: string;
  consumer: string;
  subject: string;
  purpose: string;
  basis: string;
  case: string | null;
  policy: string;
  outcome: string;
  records: number;
  rows: AuditRow[];
};
type Data = { auditRecords: { cursor: string | null; records: AuditRecord[] } | null };
type Variables = {
  consumer?: string | null;
  outcome?: string | null;
  operation?: string | null;
  after?: string | null;
};

const OUTCOMES = ['disclosed', 'denied', 'empty', 'failed', 'refused'] as const;

/**
 * The audit, the newest first; more is fetched while one scrolls. `explain` leads from a field that
 * was denied to the reason.
 */
export function Audit({
  operation,
  explain,
}: {
  operation: Asked<Data, Variables>;
  explain?: (record: AuditRecord, coordinate: string) => string;
}) {
  const { t } = useTranslation();
  const { moment } = useDates();
  const [search, setSearch] = useAddress();
  const [opened, setOpened] = useState<AuditRecord | null>(null);
  const asked = {
    consumer: search.get('consumer'),
    outcome: search.get('outcome'),
    operation: search.get('operation'),
  };
  const pages = usePages(operation, asked, (data: Data) => ({
    rows: data.auditRecords?.records ?? [],
    cursor: data.auditRecords?.cursor ?? null,
  }));
  const change = (name: string, value: string) => setSearch({ [name]: value });
  return (
    <>
      <Group align="flex-end">
        <TextInput
          label={t('audit.consumer')}
          defaultValue={asked.consumer ?? ''}
          onBlur={(event) => change('consumer', event.currentTarget.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <NativeSelect
          label={t('audit.outcome')}
          value={asked.outcome ?? ''}
          onChange={(event) => change('outcome', event.currentTarget.value)}
          data={[
            { value: '', label: t('audit.all') },
            ...OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) })),
          ]}
        />
        <TextInput
          label={t('audit.operation')}
          defaultValue={asked.operation ?? ''}
          onBlur={(event) => change('operation', event.currentTarget.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </Group>
      <Problems problems={pages.problems} again={pages.again} />
      <LongTable
        caption={t('audit.caption')}
        rows={pages.rows}
        nearEnd={pages.more}
        columns={[
          { key: 'at', title: t('audit.at'), width: 150, cell: (record) => moment(record.at) },
          { key: 'consumer', title: t('audit.consumer'), cell: (record) => record.consumer },
          { key: 'subject', title: t('audit.subject'), cell: (record) => record.subject },
          { key: 'purpose', title: t('purpose'), cell: (record) => record.purpose },
          { key: 'name', title: t('audit.name'), cell: (record) => record.operationName ?? '' },
          {
            key: 'outcome',
            title: t('audit.outcome'),
            width: 110,
            cell: (record) => t(`outcome.${record.outcome}`),
          },
          {
            key: 'records',
            title: t('audit.records'),
            width: 110,
            cell: (record) => (
              <Anchor
                component="button"
                type="button"
                size="sm"
                aria-label={t('audit.open', { count: record.records, operation: record.operation })}
                onClick={() => setOpened(record)}
              >
                {record.records}
              </Anchor>
            ),
          },
        ]}
      />
      {pages.loading && <Waiting />}
      {opened && <Opened record={opened} explain={explain} />}
    </>
  );
}

function Opened({
  record,
  explain,
}: {
  record: AuditRecord;
  explain: ((record: AuditRecord, coordinate: string) => string) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('audit.one')} aria-live="polite">
      <Text fw={600} size="sm">
        {t('audit.one')} · {record.operation} · {record.subgraph} · {t('audit.policy')}{' '}
        {record.policy}
        {record.case && ` · ${t('case')} ${record.case}`}
      </Text>
      {record.rows.map((row) => (
        <Group key={`${row.type} ${row.record}`} gap={6} my={4}>
          <Text size="sm" fw={500}>
            {row.type}
          </Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {row.record}
          </Text>
          {row.shown.map((field) => (
            <Mark key={`shown ${field}`} sign={<IconCheck size={12} aria-hidden />} word={field} />
          ))}
          {row.masked.map((field) => (
            <Mark key={`masked ${field}`} word={`${field} · ${t('masked')}`} />
          ))}
          {row.denied.map((field) => (
            <Group key={`denied ${field}`} gap={4}>
              <Mark sign={<IconLock size={12} aria-hidden />} word={`${field} · ${t('denied')}`} />
              {explain && (
                <Anchor size="sm" href={explain(record, `${row.type}.${field}`)}>
                  {t('audit.why')}
                </Anchor>
              )}
            </Group>
          ))}
        </Group>
      ))}
      {record.records > record.rows.length && (
        <Text size="sm">{t('notDrawn', { count: record.records - record.rows.length })}</Text>
      )}
    </section>
  );
}

function Mark({ sign, word }: { sign?: ReactNode; word: string }) {
  return (
    <Badge variant="default" tt="none" leftSection={sign}>
      {word}
    </Badge>
  );
}
