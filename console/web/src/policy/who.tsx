import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { type Edge, type Node, Picture } from '../kit/picture';
import { Problems } from '../kit/problems';
import { type Column, Rows } from '../kit/table';
import { useLabel } from '../session';
import { columnKey, type Matrix, type MatrixColumn, useColumnName } from './column';
import { EffectMark, effectOf, type Granted } from './effect';
import { WhoSees } from './generated';
import { Said } from './said';
import { FieldInput } from './where';

/** Who can see a field: every consumer, for each of its purposes, as a picture and as a table. */
export function WhoPage() {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const coordinate = search.get('coordinate') ?? '';
  const [typed, setTyped] = useState(coordinate);
  useEffect(() => setTyped(coordinate), [coordinate]);
  const number = Number(search.get('version')) || null;
  const { data, loading, account, again } = useAsk(WhoSees, { coordinate, number }, !coordinate);
  const change = (value: string) => {
    setTyped(value);
    if (!/^\w+\.\w+$/.test(value)) return;
    setSearch({ coordinate: value });
  };
  return (
    <Page title={t('who')} about={t('whoAbout')}>
      <FieldInput value={typed} onChange={change} />
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data?.policyMatrix && coordinate && (
        <Seen
          matrix={data.policyMatrix}
          coordinate={coordinate}
          policies={
            new Map(
              (data.policySeers ?? []).map((seer) => [
                `${seer.consumer}/${seer.purpose}/${seer.basis}`,
                seer.policies,
              ]),
            )
          }
        />
      )}
    </Page>
  );
}

type Seer = { column: MatrixColumn; granted: readonly Granted[] };

function Seen({
  matrix,
  coordinate,
  policies,
}: {
  matrix: Matrix;
  coordinate: string;
  policies: Map<string, readonly string[]>;
}) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const href = useHref();
  const nameOf = useColumnName();
  const row = matrix.rows[0];
  const seers: Seer[] = matrix.columns.map((column, place) => ({
    column,
    granted: row?.cells.find((cell) => cell.column === place)?.granted ?? [],
  }));
  const title = row ? `${say(row.typeLabel)} · ${row.field ? say(row.label) : t('existence')}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew with the answer alone
  const { nodes, edges } = useMemo(() => {
    const drawn: Node[] = [{ id: coordinate, label: title, kind: 'person', focus: true }];
    const lines: Edge[] = [];
    for (const { column, granted } of seers) {
      const id = columnKey(column);
      const effect = effectOf(granted, matrix.conditions);
      if (effect === 'none') continue;
      const twice = seers.filter((one) => one.column.consumer === column.consumer).length > 1;
      const label = twice ? nameOf(column) : say(column.consumerLabel);
      drawn.push({ id, label, kind: 'entity' });
      const status = effect === 'whole' ? 'proven' : 'consistent';
      lines.push({ id: `${id}>`, from: id, to: coordinate, label: t(`effect.${effect}`), status });
    }
    return { nodes: drawn, edges: lines };
  }, [matrix, title]);
  const who: Column<Seer>[] = [
    {
      key: 'who',
      title: t('column'),
      cell: ({ column }) => (
        <Stack gap={0}>
          <Text size="sm">{nameOf(column)}</Text>
          <Text size="xs" c="dimmed">
            {say(column.organisation)} · {say(column.basisLabel)}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'effect',
      title: t('effect'),
      width: 130,
      cell: ({ granted }) => <EffectMark effect={effectOf(granted, matrix.conditions)} />,
    },
  ];
  const details: Column<Seer>[] = [
    {
      key: 'when',
      title: t('whenHolds'),
      cell: ({ granted }) =>
        granted.map((one) => (
          <div key={one.mode + (one.mask ?? '')}>
            <Text size="xs" c="dimmed">
              {t(`mode.${one.mode}`)}
              {one.mask && `: ${t(`mask.${one.mask}`)}`}
            </Text>
            <Said condition={matrix.conditions[one.condition]} />
          </div>
        )),
    },
    {
      key: 'policies',
      title: t('policies'),
      cell: ({ column }) => (
        <Group gap={4}>
          {(policies.get(columnKey(column)) ?? []).map((policy) => (
            <Code key={policy}>{policy}</Code>
          ))}
          <Anchor
            size="sm"
            component={Link}
            href={href('/why', {
              coordinate,
              for: column.consumer,
              goal: column.purpose,
              basis: column.basis,
            })}
          >
            {t('why')}
          </Anchor>
        </Group>
      ),
    },
  ];
  const caption = t('whoCaption', { field: title });
  const rowKey = ({ column }: Seer) => columnKey(column);
  return (
    <Stack>
      <Picture
        title={title}
        nodes={nodes}
        edges={edges}
        omitted={seers.length - nodes.length + 1}
        layout="tree"
        height={300}
        table={<Rows caption={title} rows={seers} rowKey={rowKey} columns={who} />}
      />
      <Rows caption={caption} rows={seers} rowKey={rowKey} columns={[...who, ...details]} />
    </Stack>
  );
}
