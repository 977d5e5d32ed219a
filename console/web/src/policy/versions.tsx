import { Anchor, Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { Moment } from '../kit/moment';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Ending, Versions } from './generated';

export function State({ state }: { state: string }) {
  const { t } = useTranslation('policy');
  return (
    <Badge variant={state === 'active' ? 'filled' : 'default'} tt="none">
      {t(`state.${state}`)}
    </Badge>
  );
}

export function VersionsPage() {
  const { t } = useTranslation('policy');
  const href = useHref();
  const { data, loading, account, again } = useAsk(Versions, {});
  return (
    <Page
      title={t('versions')}
      about={t('versionsAbout')}
      aside={
        <Button component={Link} href={href('/edit')}>
          {t('newDraft')}
        </Button>
      }
    >
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.policyVersions && (
        <Rows
          caption={t('versions')}
          rows={data.policyVersions}
          rowKey={({ number }) => String(number)}
          columns={[
            {
              key: 'number',
              title: t('version'),
              width: 90,
              cell: ({ number }) => (
                <Anchor component={Link} href={href(`/versions/${number}`)}>
                  {t('numbered', { number })}
                </Anchor>
              ),
            },
            {
              key: 'state',
              title: t('state'),
              width: 120,
              cell: ({ state }) => <State state={state} />,
            },
            { key: 'reason', title: t('reason'), cell: ({ reason }) => reason },
            { key: 'document', title: t('document'), cell: ({ document }) => document },
            { key: 'author', title: t('author'), cell: ({ author }) => author.name },
            { key: 'approver', title: t('approver'), cell: ({ approver }) => approver?.name ?? '' },
            {
              key: 'at',
              title: t('drafted'),
              cell: ({ createdAt }) => <Moment at={createdAt} />,
            },
          ]}
        />
      )}
      <Ends />
    </Page>
  );
}

/** Grants that end or are to be looked at again, the soonest first. */
function Ends() {
  const { t } = useTranslation('policy');
  const href = useHref();
  const { data } = useAsk(Ending, {});
  if (!data?.policyReadings) return null;
  const today = new Date().toISOString().slice(0, 10);
  const found = data.policyReadings
    .filter(({ until, review }) => until || review)
    .sort((one, other) => first(one).localeCompare(first(other)));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('ending')}
      </Title>
      {!found.length && <Text size="sm">{t('noneEnds')}</Text>}
      {found.length > 0 && (
        <Rows
          caption={t('ending')}
          rows={found}
          rowKey={({ policy }) => policy}
          columns={[
            {
              key: 'policy',
              title: t('policy'),
              cell: ({ policy, path }) => (
                <Anchor component={Link} href={href('/edit', { file: path, policy })}>
                  <Code>{policy}</Code>
                </Anchor>
              ),
            },
            {
              key: 'consumers',
              title: t('consumer'),
              cell: ({ consumers }) => consumers.join(', '),
            },
            {
              key: 'until',
              title: t('until'),
              cell: ({ until }) =>
                until && (
                  <Group gap={6}>
                    {until}
                    <Text span size="xs">
                      {until < today ? t('over') : t('days', { count: daysTo(until) })}
                    </Text>
                  </Group>
                ),
            },
            { key: 'review', title: t('review'), cell: ({ review }) => review ?? '' },
            { key: 'document', title: t('document'), cell: ({ document }) => document ?? '' },
          ]}
        />
      )}
    </Stack>
  );
}

function first({ until, review }: { until: string | null; review: string | null }): string {
  return [until, review].filter(Boolean).sort()[0] ?? '';
}

function daysTo(day: string): number {
  return Math.max(0, Math.ceil((Date.parse(day) - Date.now()) / 86_400_000));
}
