import { useTranslation } from 'react-i18next';
import { Audit as Records } from '../kit/audit';
import { Page } from '../kit/page';
import { Audit as Asked } from './generated';

export function AuditPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('audit')} about={t('auditAbout')}>
      <Records operation={Asked} />
    </Page>
  );
}
