import { ScrollArea, Table, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export type Column<Row> = {
  key: string;
  title: string;
  /** In pixels; without it a share of what is left. */
  width?: number;
  cell: (row: Row, index: number) => ReactNode;
};

/** A table for people; a few hundred rows at most. */
export function Rows<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string;
}) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer
      minWidth={Math.min(480, columns.length * 120)}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': caption } }}
    >
      <Table striped highlightOnHover verticalSpacing="xs" captionSide="top">
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, title, width }) => (
              <Table.Th key={key} scope="col" w={width}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={rowKey(row, index)}>
              {columns.map(({ key, cell }) => (
                <Table.Td key={key}>{cell(row, index)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
          {!rows.length && (
            <Table.Tr>
              <Table.Td colSpan={columns.length}>
                <Text size="sm" c="dimmed">
                  {t('nothing')}
                </Text>
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const ROW_HEIGHT = 40;

/** A table of any length: only the rows in sight are drawn. `nearEnd` is called to fetch more. */
export function LongTable<Row>({
  caption,
  columns,
  rows,
  total,
  nearEnd,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  total?: number;
  nearEnd?: () => void;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const captionId = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (nearEnd && last && last.index > rows.length - 40) nearEnd();
    },
  });
  const template = columns
    .map(({ width }) => (width ? `${width}px` : 'minmax(120px, 1fr)'))
    .join(' ');
  return (
    <div>
      <Text size="sm" c="dimmed" id={captionId}>
        {caption} · {t('rows', { count: total ?? rows.length })}
      </Text>
      <ScrollArea
        h={560}
        viewportRef={box}
        viewportProps={{ tabIndex: 0, 'aria-label': caption }}
        type="auto"
      >
        <div role="table" aria-labelledby={captionId} aria-rowcount={(total ?? rows.length) + 1}>
          <div
            role="row"
            aria-rowindex={1}
            style={{ ...line, ...head, gridTemplateColumns: template }}
          >
            {columns.map(({ key, title }) => (
              <div role="columnheader" key={key} style={cell}>
                {title}
              </div>
            ))}
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index] as Row;
              return (
                <div
                  role="row"
                  key={index}
                  aria-rowindex={index + 2}
                  style={{
                    ...line,
                    gridTemplateColumns: template,
                    position: 'absolute',
                    insetInline: 0,
                    height: ROW_HEIGHT,
                    transform: `translateY(${start}px)`,
                  }}
                >
                  {columns.map(({ key, cell: content }) => (
                    <div role="cell" key={key} style={cell}>
                      {content(row, index)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </ScrollArea>
    </div>
  );
}

const line = {
  display: 'grid',
  alignItems: 'center',
  borderBottom: '1px solid var(--mantine-color-default-border)',
} as const;
const head = {
  position: 'sticky',
  top: 0,
  zIndex: 1,
  padding: '6px 0',
  fontWeight: 600,
  background: 'var(--mantine-color-body)',
} as const;
const cell = {
  padding: '0 8px',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  fontSize: 'var(--mantine-font-size-sm)',
} as const;
