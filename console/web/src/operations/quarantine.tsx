import { Badge, Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { Page, Waiting } from '../kit/page';
import { usePages } from '../kit/pages';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import {
  Quarantine as Asked,
  QuarantineCounts,
  type QuarantineQuery,
  Replay,
  type ReplayMutation,
} from './generated';

type Entry = NonNullable<QuarantineQuery['quarantineEntries']>['entries'][number];
const STATES = ['open', 'dismissed', 'replayed'] as const;

export function Quarantine() {
  const { t } = useTranslation(['operations', 'shell']);
  const label = useLabel();
  const [search, setSearch] = useAddress();
  const run = search.get('run') ? Number(search.get('run')) : null;
  const code = search.get('code');
  const state = search.get('state') ?? 'open';
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [done, setDone] = useState<NonNullable<ReplayMutation['replayQuarantined']>>([]);
  const replay = useStep(Replay);
  const counts = useAsk(QuarantineCounts, { run, register: null });
  const pages = usePages(Asked, { run, code, state, register: null }, (data) => ({
    rows: data.quarantineEntries?.entries ?? [],
    cursor: data.quarantineEntries?.cursor ?? null,
  }));
  const change = (name: string, value: string) => setSearch({ [name]: value });
  const choose = (id: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const readAgain = async () => {
    const answer = await replay.send({ ids: [...chosen] });
    if (!answer) return;
    setDone(answer.replayQuarantined ?? []);
    setChosen(new Set());
    pages.again();
    counts.again();
  };
  const known = counts.data?.quarantineCounts ?? [];
  const codes = new Map(known.map((one) => [one.code, one]));
  return (
    <Page title={t('quarantine')} about={t('quarantineAbout')}>
      <Problems problems={[...pages.problems, ...counts.account.problems, ...replay.problems]} />
      <Group align="flex-end">
        <NativeSelect
          label={t('stateFilter')}
          value={state}
          onChange={(event) => change('state', event.currentTarget.value)}
          data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
        <NativeSelect
          label={t('codeFilter')}
          value={code ?? ''}
          onChange={(event) => change('code', event.currentTarget.value)}
          data={[
            { value: '', label: t('all') },
            ...[...codes.values()].map((one) => ({ value: one.code, label: label(one.label) })),
          ]}
        />
        {run !== null && (
          <Badge
            component="button"
            type="button"
            variant="light"
            tt="none"
            onClick={() => change('run', '')}
          >
            {t('run')} {run} ×
          </Badge>
        )}
        <Button disabled={!chosen.size} loading={replay.sending} onClick={() => void readAgain()}>
          {chosen.size ? t('replay', { count: chosen.size }) : t('nothingChosen')}
        </Button>
      </Group>
      <Stack gap={2} role="status">
        {done.map((one) => (
          <Text key={one.run} size="sm">
            {t('replayed', one)}
          </Text>
        ))}
      </Stack>
      <Rows
        caption={t('quarantine')}
        rows={pages.rows}
        rowKey={(entry: Entry) => entry.id}
        columns={[
          {
            key: 'choose',
            title: t('choose'),
            width: 70,
            cell: (entry) =>
              entry.state === 'open' ? (
                <Checkbox
                  aria-label={t('chooseEntry', { id: entry.id })}
                  checked={chosen.has(entry.id)}
                  onChange={() => choose(entry.id)}
                />
              ) : null,
          },
          { key: 'id', title: t('entry'), cell: (entry) => entry.id },
          { key: 'register', title: t('registerFilter'), cell: (entry) => entry.register },
          { key: 'file', title: t('file'), cell: (entry) => entry.file },
          { key: 'row', title: t('row'), cell: (entry) => entry.problems[0]?.row ?? entry.number },
          {
            key: 'problem',
            title: t('problem'),
            cell: (entry) =>
              entry.problems.map((problem) => (
                <Text size="sm" key={`${problem.code} ${problem.field} ${problem.row}`}>
                  {label(problem.label)}
                  {problem.field && ` · ${problem.field}`}
                </Text>
              )),
          },
          { key: 'corrections', title: t('corrections'), cell: (entry) => entry.corrections },
        ]}
      />
      {pages.loading && <Waiting />}
      {pages.more && (
        <Button variant="default" w="fit-content" onClick={pages.more}>
          {t('shell:more')}
        </Button>
      )}
    </Page>
  );
}
