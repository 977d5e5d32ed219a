import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from './ask';
import type { Asked } from './asked';
import { type Labels, useLabels } from './labels';
import { Page, Waiting } from './page';
import { Problems } from './problems';
import { LongTable } from './table';

export type Right = {
  type: string;
  field?: string | null;
  mode: string;
  mask?: string | null;
  condition?: string | null;
  missing?: string | null;
};

type Nothing = Record<string, never>;

/** The page of the rights that a consumer has. */
export function RightsPage({
  operation,
  labels,
}: {
  operation: Asked<{ myPermissions: Right[] }, Nothing>;
  labels: Labels;
}) {
  const { t } = useTranslation();
  const { data, loading, account, again } = useAsk(operation, {});
  return (
    <Page title={t('myRights')} about={t('rightsAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && <RightsTable rights={data.myPermissions} labels={labels} />}
    </Page>
  );
}

/** The rights of a consumer, a line for each field and mode. */
function RightsTable({ rights, labels }: { rights: readonly Right[]; labels: Labels }) {
  const { t } = useTranslation();
  const label = useLabels(labels);
  return (
    <LongTable
      caption={t('rights')}
      rows={rights}
      columns={[
        { key: 'type', title: t('type'), width: 180, cell: (right) => label(right.type) },
        {
          key: 'field',
          title: t('field'),
          cell: (right) => (
            <Group gap={6} wrap="nowrap">
              {right.field ? label(right.type, right.field) : t('row')}
              <Text size="xs" c="dimmed" ff="monospace">
                {right.field}
              </Text>
            </Group>
          ),
        },
        {
          key: 'mode',
          title: t('mode'),
          width: 150,
          cell: (right) => (
            <Badge variant="default" tt="none">
              {t(`mode.${right.mode}`)}
            </Badge>
          ),
        },
        {
          key: 'condition',
          title: t('condition'),
          cell: (right) => right.condition ?? right.missing ?? '',
        },
      ]}
    />
  );
}
