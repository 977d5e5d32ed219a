import { useTranslation } from 'react-i18next';
import { useAsk } from '../kit/ask';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { RightsTable } from '../kit/rights';
import { MyRights } from './generated';
import labels from './labels.json';

export function Rights() {
  const { t } = useTranslation('partner');
  const { data, loading, account, again } = useAsk(MyRights, {});
  return (
    <Page title={t('rights')} about={t('rightsAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && <RightsTable rights={data.myPermissions} labels={labels} />}
    </Page>
  );
}
