import { Badge, Code, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { IconArrowDown, IconArrowsDiff, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import type { ChangingFragment, DifferingFragment, ReplayedFragment } from './generated';
import { Said } from './said';

const MORE = new Set(['gained', 'wider']);
const LESS = new Set(['lost', 'narrower']);

/** Who gains and who loses what: first how much for whom, then field by field. */
export function Difference({ found }: { found: DifferingFragment }) {
  const { t } = useTranslation('policy');
  if (!found.cells) return <Text size="sm">{t('noChange')}</Text>;
  const consumers = [...new Set(found.counts.map(({ consumer }) => consumer))];
  const most = Math.max(...found.counts.map(({ cells }) => cells));
  return (
    <Stack gap="sm">
      <Table aria-label={t('counts')} withTableBorder w="fit-content" maw="100%">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('consumer')}</Table.Th>
            <Table.Th scope="col">{t('change')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {consumers.map((consumer) => (
            <Table.Tr key={consumer}>
              <Table.Th scope="row">{consumer}</Table.Th>
              <Table.Td>
                <Stack gap={2}>
                  {found.counts
                    .filter((one) => one.consumer === consumer)
                    .map(({ kind, cells }) => (
                      <Group key={kind} gap="xs" wrap="nowrap">
                        <Kind kind={kind} />
                        <div
                          aria-hidden
                          style={{
                            height: 8,
                            borderRadius: 4,
                            width: Math.max(4, (cells / most) * 140),
                            background: 'var(--mantine-primary-color-filled)',
                          }}
                        />
                        <Text size="sm">{t('cells', { count: cells })}</Text>
                      </Group>
                    ))}
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {found.changes.length < found.cells && (
        <Text size="sm">{t('notListed', { count: found.cells - found.changes.length })}</Text>
      )}
      <Rows
        caption={t('changes')}
        rows={found.changes}
        rowKey={(one) => [one.consumer, one.purpose, one.basis, one.mode, one.coordinate].join()}
        columns={[
          {
            key: 'who',
            title: t('consumer'),
            cell: (one) => (
              <Stack gap={0}>
                <Text size="sm">{one.consumer}</Text>
                <Text size="xs" c="dimmed">
                  {one.purpose}
                </Text>
              </Stack>
            ),
          },
          { key: 'kind', title: t('change'), width: 110, cell: (one) => <Kind kind={one.kind} /> },
          {
            key: 'what',
            title: t('field'),
            cell: (one) => (
              <Stack gap={0}>
                <Code w="fit-content">{one.coordinate ?? t('mayCall')}</Code>
                <Text size="xs" c="dimmed">
                  {modeWords(t, one.mode)}
                </Text>
              </Stack>
            ),
          },
          { key: 'before', title: t('before'), cell: (one) => <Said condition={one.whenBefore} /> },
          { key: 'after', title: t('after'), cell: (one) => <Said condition={one.whenAfter} /> },
          { key: 'example', title: t('example'), cell: (one) => <Example change={one} /> },
        ]}
      />
    </Stack>
  );
}

function modeWords(t: (key: string) => string, mode: string): string {
  const [name, mask] = mode.split(' ');
  return t(`mode.${name}`) + (mask ? `: ${t(`mask.${mask}`)}` : '');
}

function Kind({ kind }: { kind: string }) {
  const { t } = useTranslation('policy');
  const Icon = MORE.has(kind) ? IconArrowUp : LESS.has(kind) ? IconArrowDown : IconArrowsDiff;
  return (
    <Badge variant="default" tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {t(`kind.${kind}`)}
    </Badge>
  );
}

/** A made-up row: nobody's data is needed to see what changes. */
function Example({ change }: { change: ChangingFragment }) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const { example } = change;
  if (!example) return null;
  return (
    <Stack gap={2}>
      <List size="xs" withPadding={false} ps="sm">
        {[...example.holds, ...example.fails].map((one) => (
          <List.Item key={one.en}>{say(one)}</List.Item>
        ))}
      </List>
      <Text size="xs" fw={600}>
        {t(example.shownBefore ? 'shown' : 'notShown')} →{' '}
        {t(example.shownAfter ? 'shown' : 'notShown')}
      </Text>
    </Stack>
  );
}

/** Recorded operations that would be answered differently. */
export function ReplayTable({ found }: { found: ReplayedFragment }) {
  const { t } = useTranslation('policy');
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('replayed', { count: found.operations })}{' '}
        {found.affected ? t('affected', { count: found.affected }) : t('noneAffected')}
      </Text>
      {found.differing.length > 0 && (
        <Rows
          caption={t('replay')}
          rows={found.differing}
          rowKey={(one) => one.consumer + one.purpose + one.hash}
          columns={[
            { key: 'who', title: t('consumer'), cell: (one) => one.consumer },
            {
              key: 'operation',
              title: t('operationName'),
              cell: (one) => <Code>{one.operation ?? one.hash.slice(0, 12)}</Code>,
            },
            { key: 'count', title: t('times'), width: 80, cell: (one) => one.count },
            { key: 'outcome', title: t('outcome'), cell: (one) => t(`replay.${one.outcome}`) },
            { key: 'because', title: t('because'), cell: (one) => one.because.join(', ') },
          ]}
        />
      )}
    </Stack>
  );
}

/** A unified diff; what is taken away and added stands in its first character too. */
export function TextDifference({ text }: { text: string }) {
  const { t } = useTranslation('policy');
  if (!text) return <Text size="sm">{t('sameTexts')}</Text>;
  return (
    <section aria-label={t('texts')}>
      <Title order={2} size="h5">
        {t('texts')}
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard */}
      <pre tabIndex={0} style={preStyle}>
        {text.split('\n').map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          <div key={place} style={{ background: tint(line) }}>
            {line || ' '}
          </div>
        ))}
      </pre>
    </section>
  );
}

function tint(line: string): string | undefined {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('@@'))
    return 'light-dark(#eef2f5, #262c31)';
  if (line.startsWith('+')) return 'light-dark(#e2f3e6, #1f3a28)';
  return line.startsWith('-') ? 'light-dark(#fbe6e6, #4a2626)' : undefined;
}

const preStyle = {
  fontFamily: 'var(--mantine-font-family-monospace)',
  fontSize: 12,
  overflow: 'auto',
  maxHeight: 480,
  margin: 0,
  padding: 8,
  border: '1px solid var(--mantine-color-default-border)',
  borderRadius: 6,
} as const;
