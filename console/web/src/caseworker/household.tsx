import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Value } from '../kit/value';
import { HouseholdPage } from './generated';
import labels from './labels.json';
import { FactsTable } from './person';
import { KinName } from './person-links';
import {
  Days,
  District,
  From,
  GraphButton,
  OtherDay,
  PrintButton,
  Sourced,
  useDays,
  useRelationToHead,
} from './person-parts';
import { Withheld } from './person-withheld';
import { noteOpened } from './search-recent';

const FIELDS = ['bookNumber', 'kind', 'address', 'district'] as const;

/** A household book and who is in it. */
export function HouseholdRoom() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const relationToHead = useRelationToHead();
  const href = useHref();
  const { number: key = '' } = useParams<{ number: string }>();
  const { asOf, asKnown } = useDays();
  const asked = { number: key, id: null, asOf, asKnown, after: null };
  const { data, loading, account, again } = useAsk(HouseholdPage, asked);
  const book = data?.household;
  const name = book?.bookNumber ?? key;
  useEffect(() => {
    if (book) {
      noteOpened({ path: `/households/${encodeURIComponent(key)}`, name, kind: 'Household' });
    }
  }, [book, key, name]);
  return (
    <Page
      title={`${label('Household')} ${name}`}
      aside={
        <Group gap="xs" className="no-print">
          <GraphButton href={href(`/households/${encodeURIComponent(key)}/graph`)} />
          <PrintButton />
        </Group>
      }
    >
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !book && <Alert variant="light">{t('noSuchNumber', { number: key })}</Alert>}
      {book && (
        <Stack>
          <Days />
          <OtherDay />
          <Card withBorder component="section">
            <Title order={2} size="h4" mb="xs">
              {t('sectionWhat')}
            </Title>
            <dl className="fields">
              {FIELDS.map((field) => {
                const value = book[field];
                const facts = (book.facts ?? []).filter((fact) => fact.field === field);
                return (
                  <div key={field} style={{ display: 'contents' }}>
                    <dt>{label('Household', field)}</dt>
                    <dd>
                      <Value account={account} path={`household.${field}`}>
                        {value && (
                          <Sourced type="Household" field={label('Household', field)} facts={facts}>
                            {field === 'kind' ? (
                              label('HouseholdKind', value)
                            ) : field === 'district' ? (
                              <District code={value} />
                            ) : (
                              value
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
              {label('Household', 'members')}
            </Title>
            {book.members ? (
              <Rows
                caption={t('membersCaption', { count: book.members.edges.length })}
                rows={book.members.edges}
                rowKey={(_, at) => String(at)}
                columns={[
                  {
                    key: 'name',
                    title: label('Person', 'name'),
                    cell: (edge, at) => (
                      <KinName
                        account={account}
                        path={`household.members.edges.${at}.node.name`}
                        edge={edge}
                      />
                    ),
                  },
                  {
                    key: 'relation',
                    title: label('MembershipPersonEdge', 'relationToHead'),
                    cell: (edge) => relationToHead(edge.relationToHead),
                  },
                  {
                    key: 'birthDate',
                    title: label('Person', 'birthDate'),
                    cell: (edge) => edge.node?.birthDate,
                  },
                  {
                    key: 'source',
                    title: label('Fact', 'register'),
                    cell: (edge) => <From origin={edge} />,
                  },
                ]}
              />
            ) : (
              <Value account={account} path="household.members">
                {null}
              </Value>
            )}
            {book.members?.pageInfo.hasNextPage && (
              <Text size="sm" fw={600}>
                {t('moreThan', { count: book.members.edges.length })}
              </Text>
            )}
          </section>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t('tab.sources')}
            </Title>
            <FactsTable
              type="Household"
              facts={book.facts}
              denied={account.denied.has('household.facts')}
            />
          </section>
          <Withheld type="Household" root="household" account={account} />
        </Stack>
      )}
    </Page>
  );
}
