import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../session';
import { columnKey, coordinateOf, type Matrix, type MatrixColumn, type MatrixRow } from './column';
import { EffectMark, effectOf } from './effect';

type Line = { group: string; count: number } | { row: MatrixRow };
const LINE_HEIGHT = 34;
const MOVES: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [12, 0],
  PageUp: [-12, 0],
};

/** Fields by consumers; only the lines in sight are drawn. Arrows go from cell to cell. */
export function Grid({
  matrix,
  rows,
  columns,
  onOpen,
}: {
  matrix: Matrix;
  rows: readonly MatrixRow[];
  columns: { column: MatrixColumn; place: number }[];
  onOpen: (coordinate: string, column: string) => void;
}) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<[number, number]>([1, 0]);
  const lines = useMemo(() => grouped(rows), [rows]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 14,
  });
  const template = `minmax(190px, 1.6fr) repeat(${columns.length}, minmax(112px, 1fr))`;
  const move = (event: KeyboardEvent) => {
    const step = MOVES[event.key];
    if (!step) return;
    event.preventDefault();
    const [line, column] = next(lines, columns.length, active, step);
    setActive([line, column]);
    virtual.scrollToIndex(line);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.getElementById(`cell-${line}-${column}`)?.focus()),
    );
  };
  const seen = virtual.getVirtualItems();
  const reachable = seen.some(({ index }) => index === active[0]);
  return (
    <Box
      ref={box}
      h="calc(100dvh - 320px)"
      mih={360}
      style={{
        overflow: 'auto',
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 8,
      }}
    >
      <div
        role="grid"
        aria-label={t('matrix')}
        aria-rowcount={lines.length + 1}
        aria-colcount={columns.length + 1}
        onKeyDown={move}
        style={{ minWidth: 190 + columns.length * 112 }}
      >
        <div role="row" aria-rowindex={1} style={{ ...lineStyle(template), ...headStyle }}>
          <div role="columnheader" style={{ ...cellStyle, ...stickyStyle }}>
            {t('field')}
          </div>
          {columns.map(({ column }) => (
            <div role="columnheader" key={columnKey(column)} style={cellStyle}>
              <Text size="xs" fw={600} lineClamp={2}>
                {say(column.consumerLabel)}
              </Text>
              <Text size="xs" c="dimmed" lineClamp={2} title={say(column.basisLabel)}>
                {say(column.purposeLabel)}
              </Text>
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {seen.map(({ index, start }) => {
            const line = lines[index] as Line;
            const placed = {
              ...lineStyle(template),
              position: 'absolute' as const,
              insetInline: 0,
              height: LINE_HEIGHT,
              transform: `translateY(${start}px)`,
            };
            if ('group' in line) {
              return (
                <div role="row" key={index} aria-rowindex={index + 2} style={placed}>
                  <div
                    role="rowheader"
                    aria-colspan={columns.length + 1}
                    style={{ ...groupStyle, gridColumn: '1 / -1' }}
                  >
                    <Group gap="xs" style={{ position: 'sticky', left: 10 }} w="fit-content">
                      <Text size="xs" fw={700}>
                        {t(`sens.${line.group}`)}
                      </Text>
                      <Text size="xs">{t('fields', { count: line.count })}</Text>
                    </Group>
                  </div>
                </div>
              );
            }
            const { row } = line;
            return (
              <div role="row" key={index} aria-rowindex={index + 2} style={placed}>
                <div
                  role="rowheader"
                  style={{ ...cellStyle, ...stickyStyle }}
                  title={coordinateOf(row)}
                >
                  <Text size="xs" truncate>
                    <Text span size="xs" c="dimmed">
                      {say(row.typeLabel)} ·{' '}
                    </Text>
                    {row.field ? say(row.label) : t('existence')}
                  </Text>
                </div>
                {columns.map(({ column, place }, at) => {
                  const cell = row.cells.find((one) => one.column === place);
                  const effect = effectOf(cell?.granted ?? [], matrix.conditions);
                  const here = active[0] === index && active[1] === at;
                  const first = !reachable && index === seen[0]?.index;
                  return (
                    <div role="gridcell" key={columnKey(column)}>
                      <UnstyledButton
                        id={`cell-${index}-${at}`}
                        tabIndex={here || (first && at === 0) ? 0 : -1}
                        onFocus={() => setActive([index, at])}
                        onClick={() => onOpen(coordinateOf(row), columnKey(column))}
                        style={{ ...buttonStyle, background: TINTS[effect] }}
                        aria-haspopup="dialog"
                      >
                        <EffectMark effect={effect} />
                      </UnstyledButton>
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </Box>
  );
}

const ORDER = [
  ...['special', 'identifier', 'identity', 'vital', 'family', 'location', 'age', 'protection'],
  ...['financial', 'credit', 'licence', 'case', 'consent', 'emergency', 'answer', 'public'],
];

function rank(group: string): number {
  const place = ORDER.indexOf(group);
  return place < 0 ? ORDER.length : place;
}

/** By sensitivity, the most sensitive first. */
function grouped(rows: readonly MatrixRow[]): Line[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows)
    groups.set(row.sensitivity, [...(groups.get(row.sensitivity) ?? []), row]);
  const sorted = [...groups].sort(([one], [other]) => rank(one) - rank(other));
  return sorted.flatMap(([group, found]) => [
    { group, count: found.length },
    ...found.map((row) => ({ row })),
  ]);
}

function next(
  lines: Line[],
  width: number,
  [line, column]: [number, number],
  [down, right]: [number, number],
): [number, number] {
  const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most));
  let to = clamp(line + down, lines.length - 1);
  const on = lines[to];
  if (on && 'group' in on) to = down < 0 && to > 0 ? to - 1 : to + 1;
  return [clamp(to, lines.length - 1), clamp(column + right, width - 1)];
}

const TINTS: Record<string, string> = {
  whole: 'light-dark(#e2f3e6, #1f3a28)',
  conditional: 'light-dark(#e6f0fa, #1d3347)',
  masked: 'light-dark(#fbf0dc, #40331c)',
  consent: 'light-dark(#f3e8f8, #38294a)',
  filter: 'light-dark(#eceff1, #2c3236)',
  none: 'transparent',
};
const lineStyle = (template: string) => ({
  display: 'grid',
  gridTemplateColumns: template,
  alignItems: 'stretch',
});
const headStyle = {
  position: 'sticky',
  top: 0,
  zIndex: 2,
  background: 'var(--mantine-color-body)',
  borderBottom: '1px solid var(--mantine-color-default-border)',
} as const;
const stickyStyle = {
  position: 'sticky',
  left: 0,
  zIndex: 1,
  background: 'var(--mantine-color-body)',
} as const;
const cellStyle = { padding: '6px 8px', minWidth: 0, overflow: 'hidden' } as const;
const groupStyle = {
  padding: '6px 10px',
  background: 'light-dark(#eef2f5, #262c31)',
} as const;
const buttonStyle = {
  width: '100%',
  height: '100%',
  padding: '0 8px',
  border: '1px solid var(--mantine-color-default-border)',
  borderWidth: '0 0 1px 1px',
} as const;
