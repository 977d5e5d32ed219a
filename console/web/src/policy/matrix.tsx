import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import { CellPanel } from './cell';
import { columnKey, coordinateOf, type Matrix, useColumnName } from './column';
import { EFFECTS, EffectMark, effectOf } from './effect';
import { Matrix as AskMatrix, Versions } from './generated';
import { Grid } from './grid';

const FILTERS = ['type', 'consumer', 'sensitivity', 'effect', 'q'] as const;

export function MatrixPage() {
  const { t } = useTranslation('policy');
  const [search] = useAddress();
  const asked = Number(search.get('version')) || null;
  const { data, loading, account, again } = useAsk(AskMatrix, { number: asked });
  const matrix = data?.policyMatrix;
  return (
    <Page title={t('matrix')} about={t('matrixAbout')} aside={<Which shown={matrix?.number} />}>
      <Problems problems={account.problems} again={again} />
      {loading && !matrix && <Waiting />}
      {matrix && <Shown matrix={matrix} />}
    </Page>
  );
}

/** Which version is looked at. */
function Which({ shown }: { shown: number | undefined }) {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const { data } = useAsk(Versions, {});
  const href = useHref();
  const versions = data?.policyVersions ?? [];
  const chosen = search.get('version') ?? '';
  return (
    <Group align="end" gap="xs">
      <NativeSelect
        size="xs"
        label={t('version')}
        value={chosen}
        onChange={(event) => {
          const value = event.currentTarget.value;
          setSearch({ version: value });
        }}
        data={[
          { value: '', label: t('inForce') },
          ...versions.map(({ number, state }) => ({
            value: String(number),
            label: `${number} · ${t(`state.${state}`)}`,
          })),
        ]}
      />
      {shown && (
        <Button size="xs" variant="default" component={Link} href={href(`/versions/${shown}`)}>
          {t('aboutVersion', { number: shown })}
        </Button>
      )}
    </Group>
  );
}

function Shown({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const nameOf = useColumnName();
  const narrow = useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768, {
    getInitialValueInEffect: false,
  });
  const [search, setSearch] = useAddress();
  const set = (changes: Record<string, string | null>) => setSearch(changes, { replace: true });
  const [type, consumer, sensitivity, effect, q] = FILTERS.map((name) => search.get(name) ?? '');
  const first = matrix.columns[0];
  const wanted = consumer || (narrow && first ? columnKey(first) : '');
  const columns = matrix.columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) => !wanted || columnKey(column) === wanted);
  const rows = useMemo(() => {
    const sought = (q ?? '').toLowerCase();
    return matrix.rows.filter((row) => {
      if (type && row.type !== type) return false;
      if (sensitivity && row.sensitivity !== sensitivity) return false;
      if (sought) {
        const text = [
          coordinateOf(row),
          row.label.en,
          row.label.zh,
          row.typeLabel.en,
          row.typeLabel.zh,
        ];
        if (!text.join(' ').toLowerCase().includes(sought)) return false;
      }
      if (!effect) return true;
      return matrix.columns.some((column, place) => {
        if (wanted && columnKey(column) !== wanted) return false;
        const cell = row.cells.find((one) => one.column === place);
        return effectOf(cell?.granted ?? [], matrix.conditions) === effect;
      });
    });
  }, [matrix, type, sensitivity, effect, q, wanted]);
  const opened = search.get('cell');
  const row = matrix.rows.find((one) => coordinateOf(one) === opened);
  const place = matrix.columns.findIndex((column) => columnKey(column) === search.get('who'));
  const types = new Map(matrix.rows.map((one) => [one.type, say(one.typeLabel)]));
  const groups = [...new Set(matrix.rows.map((one) => one.sensitivity))];
  return (
    <Stack gap="sm">
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          label={t('find')}
          placeholder={t('findHint')}
          value={q}
          onChange={(event) => set({ q: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label={t('type')}
          value={type}
          onChange={(event) => set({ type: event.currentTarget.value })}
          data={[
            { value: '', label: t('allTypes') },
            ...[...types].map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t('column')}
          value={wanted}
          onChange={(event) => set({ consumer: event.currentTarget.value })}
          data={[
            ...(narrow ? [] : [{ value: '', label: t('allColumns') }]),
            ...matrix.columns.map((column) => ({
              value: columnKey(column),
              label: nameOf(column),
            })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t('sensitivity')}
          value={sensitivity}
          onChange={(event) => set({ sensitivity: event.currentTarget.value })}
          data={[
            { value: '', label: t('allGroups') },
            ...groups.map((value) => ({ value, label: t(`sens.${value}`) })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t('effect')}
          value={effect}
          onChange={(event) => set({ effect: event.currentTarget.value })}
          data={[
            { value: '', label: t('allEffects') },
            ...EFFECTS.map((value) => ({ value, label: t(`effect.${value}`) })),
          ]}
        />
        {FILTERS.some((name) => search.get(name)) && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, null])))}
          >
            {t('clear')}
          </Button>
        )}
      </Group>
      <Group gap="md" aria-label={t('legend')} role="group">
        {EFFECTS.map((one) => (
          <EffectMark key={one} effect={one} />
        ))}
      </Group>
      {rows.length ? (
        <Grid
          matrix={matrix}
          rows={rows}
          columns={columns}
          onOpen={(cell, who) => set({ cell, who })}
        />
      ) : (
        <Alert variant="light">{t('noRows')}</Alert>
      )}
      <CellPanel
        matrix={matrix}
        row={row}
        place={place}
        onClose={() => set({ cell: null, who: null })}
      />
    </Stack>
  );
}
