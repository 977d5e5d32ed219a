import { useTranslation } from 'react-i18next';
import { Audit } from '../kit/audit';
import { Page } from '../kit/page';
import { AuditRecords } from './generated';

export function AuditPage() {
  const { t } = useTranslation('reviewer');
  return (
    <Page title={t('audit')} about={t('auditAbout')}>
      <Audit operation={AuditRecords} />
    </Page>
  );
}
