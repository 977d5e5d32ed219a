import { Badge, Button, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { usePages } from '../kit/pages';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Runs as Asked, type RunsQuery } from './generated';

type Run = NonNullable<RunsQuery['ingestRuns']>['runs'][number];

export function Runs() {
  const { t } = useTranslation(['operations', 'shell']);
  const { moment } = useDates();
  const href = useHref();
  const [search, setSearch] = useAddress();
  const register = search.get('register');
  const pages = usePages(Asked, { register }, (data) => ({
    rows: data.ingestRuns?.runs ?? [],
    cursor: data.ingestRuns?.cursor ?? null,
  }));
  const registers = [...new Set([...pages.rows.map((run: Run) => run.register), register])];
  return (
    <Page title={t('runs')} about={t('runsAbout')}>
      <NativeSelect
        label={t('registerFilter')}
        w={260}
        value={register ?? ''}
        onChange={(event) => setSearch({ register: event.currentTarget.value })}
        data={[
          { value: '', label: t('all') },
          ...registers.filter((name): name is string => Boolean(name)),
        ]}
      />
      <Problems problems={pages.problems} again={pages.again} />
      <Rows
        caption={t('runs')}
        rows={pages.rows}
        rowKey={(run: Run) => String(run.number)}
        columns={[
          { key: 'number', title: t('run'), cell: (run) => run.number },
          { key: 'register', title: t('registerFilter'), cell: (run) => run.register },
          {
            key: 'state',
            title: t('state'),
            cell: (run) => (
              <Badge variant="default" tt="none">
                {run.state}
                {run.phase && run.state === 'running' ? ` · ${run.phase}` : ''}
              </Badge>
            ),
          },
          {
            key: 'file',
            title: t('file'),
            cell: (run) => <span title={run.sha256}>{run.file}</span>,
          },
          { key: 'who', title: t('who'), cell: (run) => run.who },
          { key: 'started', title: t('started'), cell: (run) => moment(run.startedAt) },
          { key: 'read', title: t('read'), cell: (run) => run.counts.read.toLocaleString() },
          {
            key: 'created',
            title: t('created'),
            cell: (run) => run.counts.created.toLocaleString(),
          },
          {
            key: 'changed',
            title: t('changed'),
            cell: (run) => run.counts.changed.toLocaleString(),
          },
          {
            key: 'quarantined',
            title: t('quarantined'),
            cell: (run) =>
              run.counts.quarantined ? (
                <Link href={href('/quarantine', { run: String(run.number) })}>
                  {run.counts.quarantined.toLocaleString()}
                </Link>
              ) : (
                <Text span size="sm">
                  0
                </Text>
              ),
          },
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
