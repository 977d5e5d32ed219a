import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, useAskNow } from '../kit/ask';
import { useDates } from '../kit/dates';
import { Page } from '../kit/page';
import { Problems } from '../kit/problems';
import { Chain as Asked, type ChainQuery } from './generated';

export function Chain() {
  const { t } = useTranslation('operations');
  const askNow = useAskNow();
  const [chain, setChain] = useState<ChainQuery['auditChain']>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    const { data, account } = await askNow(Asked, {});
    setChain(data?.auditChain ?? undefined);
    setProblems(account.problems);
    setBusy(false);
  };
  return (
    <Page title={t('chain')} about={t('chainAbout')}>
      <Button w="fit-content" loading={busy} onClick={() => void verify()}>
        {t('verify')}
      </Button>
      <Problems problems={problems} />
      {chain && <Verdict chain={chain} />}
    </Page>
  );
}

function Verdict({ chain }: { chain: NonNullable<ChainQuery['auditChain']> }) {
  const { t } = useTranslation('operations');
  const { moment } = useDates();
  const Sign = chain.whole ? IconCheck : IconAlertTriangle;
  return (
    <Alert
      role="status"
      variant="light"
      color={chain.whole ? undefined : 'red'}
      icon={<Sign aria-hidden />}
      title={t(chain.whole ? 'whole' : 'broken')}
    >
      <Text size="sm">
        {t('checked', {
          entries: chain.entries.toLocaleString(),
          records: chain.records.toLocaleString(),
          writers: chain.writers,
          at: moment(chain.checkedAt),
        })}
      </Text>
      {!chain.complete && <Text size="sm">{t('partly', { to: moment(chain.checkedTo) })}</Text>}
      <List size="sm">
        {chain.problems.map((problem) => (
          <List.Item key={problem} lang="en">
            {problem}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
