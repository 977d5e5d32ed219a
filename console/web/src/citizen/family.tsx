import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../kit/ask';
import { useLabels } from '../kit/labels';
import { Waiting } from '../kit/page';
import { type Edge, type Node, Picture } from '../kit/picture';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { MyFamily, type MyFamilyQuery } from './generated';
import labels from './labels.json';
import { Source, useMe } from './me';

type Relative = {
  id: string;
  /** What they are to me, as a word of the room. */
  tie: 'parent' | 'spouse' | 'child' | 'ward' | 'guardian';
  name: string | null;
  kind: string;
  register: string | null;
  record: string | null;
  since: string | null;
};

/** The family as the registers link it. Who may not be known stays without a name. */
export default function Family() {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const number = useMe();
  const { data, loading, account, again } = useAsk(MyFamily, { number });
  const person = data?.person;
  const relatives = useMemo(() => (person ? relativesOf(person, label) : []), [person, label]);
  const { nodes, edges } = useMemo(
    () => drawn(person?.name ?? '', relatives, t),
    [person, relatives, t],
  );
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {person && !relatives.length && <Text size="sm">{t('nothingOnFile')}</Text>}
      {relatives.length > 0 && (
        <Picture
          title={t('familyPicture')}
          nodes={nodes}
          edges={edges}
          height={360}
          table={
            <Rows
              caption={t('familyPicture')}
              rows={relatives}
              rowKey={({ id }) => id}
              columns={[
                { key: 'tie', title: t('tie'), cell: ({ tie }) => t(`tie.${tie}`) },
                {
                  key: 'name',
                  title: label('Person', 'name'),
                  cell: ({ name }) => name ?? t('notYours'),
                },
                { key: 'kind', title: t('how'), cell: ({ kind }) => kind },
                {
                  key: 'source',
                  title: t('source'),
                  cell: ({ register, record, since }) => (
                    <Source register={register} record={record} since={since} />
                  ),
                },
              ]}
            />
          }
        />
      )}
    </>
  );
}

type Person = NonNullable<MyFamilyQuery['person']>;
type Link = {
  node: { id: string; name: string | null } | null;
  register: string | null;
  record: string | null;
  validFrom: string | null;
};

function relativesOf(person: Person, label: ReturnType<typeof useLabels>): Relative[] {
  const found: Relative[] = [];
  const add = (
    tie: Relative['tie'],
    links: readonly (Link & { kind?: string | null; basis?: string | null })[] = [],
  ) => {
    for (const { node, kind, basis, register, record, validFrom } of links) {
      found.push({
        id: `${tie} ${node?.id ?? record} ${found.length}`,
        tie,
        name: node?.name ?? null,
        kind: kind ? label('ParenthoodKind', kind) : basis ? label('GuardianshipBasis', basis) : '',
        register,
        record,
        since: validFrom,
      });
    }
  };
  add('parent', person.parents?.edges);
  add('spouse', person.spouses?.edges);
  add('child', person.children?.edges);
  add('ward', person.wards?.edges);
  add('guardian', person.guardians?.edges);
  return found;
}

function drawn(
  me: string,
  relatives: Relative[],
  t: (key: string) => string,
): { nodes: Node[]; edges: Edge[] } {
  const nodes: Node[] = [{ id: 'me', label: me || t('myself'), kind: 'person', focus: true }];
  const edges: Edge[] = [];
  for (const { id, tie, name, kind } of relatives) {
    nodes.push({ id, label: name ?? t(`tie.${tie}`), kind: 'person' });
    const below = tie === 'child' || tie === 'ward';
    edges.push({
      id: `to ${id}`,
      from: below ? 'me' : id,
      to: below ? id : 'me',
      label: [name ? t(`tie.${tie}`) : '', kind].filter(Boolean).join(' · '),
    });
  }
  return { nodes, edges };
}
