import { useTranslation } from 'react-i18next';
import { Audit as Records } from '../kit/audit';
import { useHref } from '../kit/href';
import { Page } from '../kit/page';
import { Audit as Asked } from './generated';

export function AuditPage() {
  const { t } = useTranslation();
  const href = useHref();
  return (
    <Page title={t('audit')} about={t('auditAbout')}>
      <Records
        operation={Asked}
        explain={(record) => href('/why', { operation: record.operation })}
      />
    </Page>
  );
}
