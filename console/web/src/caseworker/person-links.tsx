import { Anchor, Card, SimpleGrid, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Account, useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Value } from '../kit/value';
import { useDesk } from './case-kit';
import { PersonFamily, PersonLinks } from './generated';
import labels from './labels.json';
import {
  District,
  EntityLink,
  From,
  HouseholdLink,
  type Origin,
  PersonLink,
  useDays,
  useNamed,
  useRelationToHead,
} from './person-parts';

type Connection<Edge> =
  | { edges: readonly Edge[]; pageInfo?: { hasNextPage: boolean } }
  | null
  | undefined;

/** One kind of link with its rows, or why there are none. */
export function LinkCard<Edge extends Origin & { node: { id: string } | null }>({
  title,
  path,
  account,
  links,
  children,
  quiet = false,
}: {
  title: string;
  path: string;
  account: Account;
  links: Connection<Edge>;
  /** Left out where nothing is recorded. */
  quiet?: boolean;
  children: (edge: Edge, path: string) => ReactNode;
}) {
  const { t } = useTranslation('caseworker');
  if (quiet && links && !links.edges.length) return null;
  return (
    <Card withBorder p="sm" component="section">
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      {!links && (
        <Value account={account} path={path}>
          {null}
        </Value>
      )}
      {links && !links.edges.length && (
        <Text size="sm" c="dimmed">
          {t('noneRecorded')}
        </Text>
      )}
      {!!links?.edges.length && (
        <ul className="plain">
          {links.edges.map((edge, at) => (
            <li key={`${edge.node?.id} ${edge.record} ${edge.validFrom}`}>
              {children(edge, `${path}.edges.${at}`)}
              <From origin={edge} />
            </li>
          ))}
        </ul>
      )}
      {links?.pageInfo?.hasNextPage && (
        <Text size="sm" fw={600}>
          {t('moreThan', { count: links.edges.length })}
        </Text>
      )}
    </Card>
  );
}

const KIN = [
  { link: 'parents', code: 'ParenthoodKind' },
  { link: 'children', code: 'ParenthoodKind' },
  { link: 'spouses', code: 'MarriageForm' },
  { link: 'partners', code: '' },
  { link: 'guardians', code: 'GuardianshipScope' },
  { link: 'wards', code: 'GuardianshipScope' },
] as const;

export function Family() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { number, id } = useNamed();
  const { asOf, asKnown } = useDays();
  const { data, loading, account, again } = useAsk(PersonFamily, { number, id, asOf, asKnown });
  const person = data?.person;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t('sectionFamily')}
      </Title>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {person && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {KIN.map(({ link, code }, place) => (
            <LinkCard
              key={link}
              title={label('Person', link)}
              path={`person.${link}`}
              account={account}
              links={person[link] as Connection<KinEdge>}
              quiet={place > 2}
            >
              {(edge, path) => (
                <>
                  <KinName account={account} path={`${path}.node.name`} edge={edge} />
                  <Text span size="sm" c="dimmed">
                    {' '}
                    {edge.node?.birthDate} {code && saidOf(edge) && label(code, saidOf(edge))}
                  </Text>
                </>
              )}
            </LinkCard>
          ))}
        </SimpleGrid>
      )}
    </section>
  );
}

type KinEdge = Origin & {
  kind?: string | null;
  form?: string | null;
  scope?: string | null;
  node: {
    id: string;
    citizenNumber: string | null;
    name: string | null;
    birthDate: string | null;
    deceased: boolean | null;
  } | null;
};

const saidOf = ({ kind, form, scope }: KinEdge) => kind ?? form ?? scope;

/** A relative with a link to their page; where the name is not shown, that it is not, and why. */
export function KinName({
  account,
  path,
  edge,
}: {
  account: Account;
  path: string;
  edge: { node: KinEdge['node'] };
}) {
  return (
    <>
      <PersonLink person={edge.node} />
      {edge.node && (account.denied.has(path) || account.masked.has(path)) && (
        <>
          {' '}
          <Value account={account} path={path}>
            {edge.node.name && ''}
          </Value>
        </>
      )}
    </>
  );
}

function ServiceName({ id }: { id: string | null }) {
  const { serviceName } = useDesk();
  return <>{serviceName(id)}</>;
}

export function Holdings() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const relationToHead = useRelationToHead();
  const href = useHref();
  const { number, id } = useNamed();
  const { asOf, asKnown } = useDays();
  const { data, loading, account, again } = useAsk(PersonLinks, { number, id, asOf, asKnown });
  const person = data?.person;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t('sectionLinks')}
      </Title>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {person && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          <LinkCard
            title={label('Person', 'households')}
            path="person.households"
            account={account}
            links={person.households}
          >
            {({ node, relationToHead: code }, path) => (
              <>
                {node && <HouseholdLink book={node} />} <Text span>{relationToHead(code)}</Text>
                <Text size="sm">
                  <Value account={account} path={`${path}.node.address`}>
                    {node?.address}
                  </Value>
                </Text>
              </>
            )}
          </LinkCard>
          <LinkCard
            title={label('Person', 'residences')}
            path="person.residences"
            account={account}
            links={person.residences}
          >
            {({ node }, path) => (
              <Value account={account} path={`${path}.node.address`}>
                {node?.address ?? node?.name}{' '}
                {node?.divisionCode && <District code={node.divisionCode} />}
              </Value>
            )}
          </LinkCard>
          <LinkCard
            title={label('Person', 'licences')}
            path="person.licences"
            account={account}
            links={person.licences}
          >
            {({ node }, path) => (
              <Value account={account} path={`${path}.node.number`}>
                {node && (
                  <>
                    {label('LicenceKind', node.kind)} {node.number}{' '}
                    <Text span size="sm" c="dimmed">
                      {label('LicenceStatus', node.status)} {node.expiryDate}
                    </Text>
                  </>
                )}
              </Value>
            )}
          </LinkCard>
          <LinkCard
            title={label('Person', 'representedEntities')}
            path="person.representedEntities"
            account={account}
            links={person.representedEntities}
            quiet
          >
            {({ node }) => node && <EntityLink entity={node} />}
          </LinkCard>
          <LinkCard
            title={label('Person', 'shareholdings')}
            path="person.shareholdings"
            account={account}
            links={person.shareholdings}
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
            title={label('Person', 'cases')}
            path="person.cases"
            account={account}
            links={person.cases}
          >
            {({ node, role }, path) => (
              <Value account={account} path={`${path}.node.number`}>
                {node?.number && (
                  <>
                    <Anchor
                      component={Link}
                      underline="always"
                      href={href(`/cases/${encodeURIComponent(node.number)}`)}
                    >
                      {node.number}
                    </Anchor>{' '}
                    <Text span size="sm" c="dimmed">
                      <ServiceName id={node.service} /> · {label('CaseRole', role)} ·{' '}
                      {label('CaseState', node.state)}
                    </Text>
                  </>
                )}
              </Value>
            )}
          </LinkCard>
        </SimpleGrid>
      )}
    </section>
  );
}
