import { Alert, Anchor, Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { Moment } from '../kit/moment';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Processes } from './generated';

export function ProcessesPage() {
  const { t } = useTranslation('policy');
  const href = useHref();
  const { data, loading, account, again } = useAsk(Processes, {});
  const found = data?.policyProcesses ?? [];
  const versions = new Set(found.map(({ policy }) => policy));
  return (
    <Page title={t('processes')} about={t('processesAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {found.length > 0 && (
        <Alert variant="light" color={versions.size > 1 ? 'yellow' : undefined}>
          {t(versions.size > 1 ? 'processesDiffer' : 'processesAlike', { count: found.length })}
        </Alert>
      )}
      {data?.policyProcesses && (
        <Rows
          caption={t('processes')}
          rows={found}
          rowKey={({ process }) => process}
          columns={[
            { key: 'process', title: t('process'), cell: ({ process }) => <Code>{process}</Code> },
            {
              key: 'version',
              title: t('version'),
              cell: ({ number }) => (
                <Anchor component={Link} href={href(`/versions/${number}`)}>
                  {number}
                </Anchor>
              ),
            },
            { key: 'policy', title: t('digest'), cell: ({ policy }) => <Code>{policy}</Code> },
            {
              key: 'since',
              title: t('since'),
              cell: ({ appliedAt }) => <Moment at={appliedAt} />,
            },
          ]}
        />
      )}
    </Page>
  );
}
