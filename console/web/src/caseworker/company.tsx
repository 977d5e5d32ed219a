import { Alert, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Value } from '../kit/value';
import { CompanyPage } from './generated';
import labels from './labels.json';
import { FactsTable } from './person';
import { KinName, LinkCard } from './person-links';
import {
  Days,
  District,
  EntityLink,
  GraphButton,
  OtherDay,
  PrintButton,
  Sourced,
  useDays,
} from './person-parts';
import { Withheld } from './person-withheld';
import { noteOpened } from './search-recent';

const FIELDS = [
  'creditCode',
  'kind',
  'status',
  'establishedDate',
  'dissolvedDate',
  'address',
  'district',
  'jurisdiction',
  'registeredCapitalYuan',
] as const;

/** A legal entity: who acts for it, who owns it, what it holds. */
export function CompanyRoom() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const { number: key = '' } = useParams<{ number: string }>();
  const { asOf, asKnown } = useDays();
  const named = /^[0-9A-Z]{18}$/.test(key) ? { code: key, id: null } : { code: null, id: key };
  const { data, loading, account, again } = useAsk(CompanyPage, { ...named, asOf, asKnown });
  const entity = data?.legalEntity;
  const name = entity?.name ?? key;
  useEffect(() => {
    if (entity) {
      noteOpened({ path: `/companies/${encodeURIComponent(key)}`, name, kind: 'LegalEntity' });
    }
  }, [entity, key, name]);
  return (
    <Page
      title={name}
      about={entity ? `${label('LegalEntityKind', entity.kind)} · ${entity.creditCode ?? ''}` : ''}
      aside={
        <Group gap="xs" className="no-print">
          <GraphButton href={href(`/companies/${encodeURIComponent(key)}/graph`)} />
          <PrintButton />
        </Group>
      }
    >
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !entity && <Alert variant="light">{t('noSuchNumber', { number: key })}</Alert>}
      {entity && (
        <Stack>
          <Days />
          <OtherDay />
          <Card withBorder component="section">
            <Title order={2} size="h4" mb="xs">
              {t('sectionWhat')}
            </Title>
            <dl className="fields">
              {FIELDS.map((field) => {
                const value = entity[field];
                const facts = (entity.facts ?? []).filter((fact) => fact.field === field);
                return (
                  <div key={field} style={{ display: 'contents' }}>
                    <dt>{label('LegalEntity', field)}</dt>
                    <dd>
                      <Value account={account} path={`legalEntity.${field}`}>
                        {value === null ? null : (
                          <Sourced
                            type="LegalEntity"
                            field={label('LegalEntity', field)}
                            facts={facts}
                          >
                            {field === 'kind' ? (
                              label('LegalEntityKind', entity.kind)
                            ) : field === 'status' ? (
                              label('LegalEntityStatus', entity.status)
                            ) : field === 'district' ? (
                              <District code={String(value)} />
                            ) : (
                              value.toLocaleString()
                            )}
                          </Sourced>
                        )}
                      </Value>
                    </dd>
                  </div>
                );
              })}
            </dl>
          </Card>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t('sectionBehind')}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              <LinkCard
                title={label('LegalEntity', 'representatives')}
                path="legalEntity.representatives"
                account={account}
                links={entity.representatives}
              >
                {(edge, path) => (
                  <KinName account={account} path={`${path}.node.name`} edge={edge} />
                )}
              </LinkCard>
              <LinkCard
                title={label('LegalEntity', 'shareholders')}
                path="legalEntity.shareholders"
                account={account}
                links={entity.shareholders}
              >
                {({ node, sharePercent }, path) => (
                  <>
                    {node?.__typename === 'Person' ? (
                      <KinName account={account} path={`${path}.node.name`} edge={{ node }} />
                    ) : (
                      node && <EntityLink entity={{ ...node, name: node.entityName }} />
                    )}{' '}
                    {sharePercent !== null && <Text span>{sharePercent} %</Text>}
                  </>
                )}
              </LinkCard>
              <LinkCard
                title={label('LegalEntity', 'shareholdings')}
                path="legalEntity.shareholdings"
                account={account}
                links={entity.shareholdings}
                quiet
              >
                {({ node, sharePercent }) => (
                  <>
                    {node && <EntityLink entity={node} />}{' '}
                    {sharePercent !== null && <Text span>{sharePercent} %</Text>}
                  </>
                )}
              </LinkCard>
              <LinkCard
                title={label('LegalEntity', 'licences')}
                path="legalEntity.licences"
                account={account}
                links={entity.licences}
              >
                {({ node }, path) => (
                  <Value account={account} path={`${path}.node.number`}>
                    {node?.number && (
                      <>
                        {label('LicenceKind', node.kind)} {node.number}{' '}
                        {label('LicenceStatus', node.status)}
                      </>
                    )}
                  </Value>
                )}
              </LinkCard>
              <LinkCard
                title={label('LegalEntity', 'creditRecords')}
                path="legalEntity.creditRecords"
                account={account}
                links={entity.creditRecords}
              >
                {({ node }, path) => (
                  <Value account={account} path={`${path}.node.number`}>
                    {node?.number && (
                      <>
                        {label('CreditKind', node.kind)} {node.number}{' '}
                        {label('CreditStanding', node.standing)}
                      </>
                    )}
                  </Value>
                )}
              </LinkCard>
            </SimpleGrid>
          </section>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t('tab.sources')}
            </Title>
            <FactsTable
              type="LegalEntity"
              facts={entity.facts}
              denied={account.denied.has('legalEntity.facts')}
            />
          </section>
          <Withheld type="LegalEntity" root="legalEntity" account={account} />
        </Stack>
      )}
    </Page>
  );
}
