import {
  Accordion,
  Badge,
  Button,
  CloseButton,
  Code,
  Drawer,
  Group,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { IconEdit, IconHelpCircle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import { columnKey, coordinateOf, type Matrix, type MatrixRow, useColumnName } from './column';
import { EffectMark, effectOf } from './effect';
import { Explain, type ExplainedFragment } from './generated';
import { Said } from './said';

/** What one consumer sees of one field: when, how, and which policies say so. */
export function CellPanel({
  matrix,
  row,
  place,
  onClose,
}: {
  matrix: Matrix;
  row: MatrixRow | undefined;
  place: number;
  onClose: () => void;
}) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const nameOf = useColumnName();
  const column = matrix.columns[place];
  return (
    <Drawer.Root opened={Boolean(row && column)} onClose={onClose} position="right" size="lg">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body p="md">
          {row && column && (
            <Stack gap="sm">
              <Group justify="space-between" wrap="nowrap" align="start">
                <Drawer.Title fz="lg" fw={650}>
                  {say(row.typeLabel)} · {row.field ? say(row.label) : t('existence')}
                </Drawer.Title>
                <CloseButton aria-label={t('close')} onClick={onClose} />
              </Group>
              <Text size="sm">{nameOf(column)}</Text>
              <Group gap="xs">
                <Code>{coordinateOf(row)}</Code>
                <Badge variant="default" tt="none">
                  {t(`sens.${row.sensitivity}`)}
                </Badge>
              </Group>
              <Grants matrix={matrix} row={row} place={place} />
              <Links row={row} who={columnKey(column)} version={matrix.number} />
              <Why
                coordinate={coordinateOf(row)}
                consumer={column.consumer}
                purpose={column.purpose}
                basis={column.basis}
                number={matrix.number}
              />
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Grants({ matrix, row, place }: { matrix: Matrix; row: MatrixRow; place: number }) {
  const { t } = useTranslation('policy');
  const granted = row.cells.find((one) => one.column === place)?.granted ?? [];
  const effect = effectOf(granted, matrix.conditions);
  return (
    <Stack gap="xs">
      <EffectMark effect={effect} size="sm" />
      {!granted.length && <Text size="sm">{t('nothingGranted')}</Text>}
      {granted.map((one) => (
        <div key={one.mode + (one.mask ?? '')}>
          <Text size="sm" fw={600}>
            {t(`mode.${one.mode}`)}
            {one.mask && `: ${t(`mask.${one.mask}`)}`}
          </Text>
          <Said condition={matrix.conditions[one.condition]} />
        </div>
      ))}
    </Stack>
  );
}

function Links({ row, who, version }: { row: MatrixRow; who: string; version: number }) {
  const { t } = useTranslation('policy');
  const href = useHref();
  const coordinate = coordinateOf(row);
  const [consumer, purpose, basis] = who.split('/');
  return (
    <Group gap="xs">
      <Button
        size="xs"
        component={Link}
        leftSection={<IconEdit size={14} aria-hidden />}
        href={href('/edit', { cell: coordinate, who })}
      >
        {t('editCell')}
      </Button>
      <Button
        size="xs"
        variant="default"
        component={Link}
        leftSection={<IconUsers size={14} aria-hidden />}
        href={href('/who', { coordinate, version: String(version) })}
      >
        {t('who')}
      </Button>
      <Button
        size="xs"
        variant="default"
        component={Link}
        leftSection={<IconHelpCircle size={14} aria-hidden />}
        href={href('/why', { coordinate, for: consumer, goal: purpose, basis })}
      >
        {t('why')}
      </Button>
    </Group>
  );
}

export function Why(asked: {
  coordinate: string;
  consumer: string;
  purpose: string;
  basis: string;
  number: number | null;
}) {
  const { data, loading, account, again } = useAsk(Explain, asked);
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.policyExplanation && (
        <Explanation explained={data.policyExplanation} withHead={false} />
      )}
    </>
  );
}

/** Rule by rule: what each policy says of the cell, in plain words. */
export function Explanation({
  explained,
  withHead = true,
}: {
  explained: ExplainedFragment;
  withHead?: boolean;
}) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  const href = useHref();
  return (
    <Stack gap="sm">
      {withHead && (
        <Table variant="vertical" withTableBorder>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th w={160}>{t('outcome')}</Table.Th>
              <Table.Td>{t(`outcome.${explained.outcome}`)}</Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Th>{t('mode.clear')}</Table.Th>
              <Table.Td>
                <Said condition={explained.shown} />
              </Table.Td>
            </Table.Tr>
            {explained.masked.map(({ mask, condition }) => (
              <Table.Tr key={mask}>
                <Table.Th>{t(`mask.${mask}`)}</Table.Th>
                <Table.Td>
                  <Said condition={condition} />
                </Table.Td>
              </Table.Tr>
            ))}
            {!explained.withConsent.never && (
              <Table.Tr>
                <Table.Th>{t('mode.consent')}</Table.Th>
                <Table.Td>
                  <Said condition={explained.withConsent} />
                </Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      )}
      {explained.missing && (
        <div>
          <Text size="sm" fw={600}>
            {t('missing')}
          </Text>
          <Code style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
            {explained.missing}
          </Code>
        </div>
      )}
      <Title order={3} size="h5">
        {t('policiesNaming', { count: explained.reasons.length })}
      </Title>
      {!explained.reasons.length && <Text size="sm">{t('noPolicy')}</Text>}
      <Accordion variant="separated" multiple order={4}>
        {explained.reasons.map((reason) => {
          return (
            <Accordion.Item key={reason.policy} value={reason.policy}>
              <Accordion.Control>
                <Group gap="xs">
                  <Badge
                    variant="default"
                    tt="none"
                    leftSection={reason.effect === 'permit' ? '+' : '−'}
                  >
                    {t(`rule.${reason.effect}`)}
                  </Badge>
                  <Text size="sm" ff="monospace">
                    {reason.policy}
                  </Text>
                  {reason.ended && (
                    <Badge variant="default" tt="none">
                      {t('endedOn', { day: reason.ended })}
                    </Badge>
                  )}
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="xs">
                  <Text size="sm" fw={600}>
                    {t('whenHolds')}
                  </Text>
                  <Said condition={reason.when} />
                  {reason.words && (
                    <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
                      {say(reason.words)}
                    </Text>
                  )}
                  {reason.document && (
                    <Text size="sm">
                      {t('document')}: {reason.document}
                    </Text>
                  )}
                  <Button
                    size="xs"
                    variant="default"
                    w="fit-content"
                    component={Link}
                    href={href('/edit', {
                      file: reason.place.split(':')[0],
                      policy: reason.policy,
                    })}
                  >
                    {t('openText', { place: reason.place })}
                  </Button>
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Stack>
  );
}
