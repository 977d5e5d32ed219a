import { useTranslation } from 'react-i18next';
import { Audit } from '../kit/audit';
import { useHref } from '../kit/href';
import { Page } from '../kit/page';
import { AuditRecords } from './generated';

/** The audit: from a field that was denied, one click leads to the reason. */
export function AuditPage() {
  const { t } = useTranslation('policy');
  const href = useHref();
  return (
    <Page title={t('audit')} about={t('auditAbout')}>
      <Audit operation={AuditRecords} explain={({ operation }) => href('/why', { operation })} />
    </Page>
  );
}
