import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { type Account, useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Value } from '../kit/value';
import {
  FindByAddress,
  FindByNumber,
  FindEntities,
  FindPeople,
  type LegalEntityFilter,
  type PersonFilter,
} from './generated';
import labels from './labels.json';
import { District, EntityLink, HouseholdLink, PersonLink } from './person-parts';
import { type Recognised, recognise } from './search-numbers';
import { recentlyOpened } from './search-recent';

type By<Filter> = (text: string, sound: boolean) => Filter | null;
const LETTERS = /^[\p{Script=Latin}\s'’.·-]+$/u;
const HAN = /\p{Script=Han}/u;
/** A part of fewer characters is not looked for. */
const PART_MIN = 2;

/** By what of a person and of an entity a name finds them: a line for each filter of the schema. */
const NAMES_OF_PERSONS: By<PersonFilter>[] = [
  (text) => ({ name: { startsWith: text } }),
  (text, sound) => (isSpoken(text, sound) ? { name: { pinyin: text } } : null),
];
const NAMES_OF_ENTITIES: By<LegalEntityFilter>[] = [
  (text) => ({ name: { startsWith: text } }),
  (text) => (text.length >= PART_MIN ? { name: { contains: text } } : null),
  (text, sound) => (isSpoken(text, sound) ? { name: { pinyin: text } } : null),
];

function isSpoken(text: string, sound: boolean): boolean {
  return text.length >= PART_MIN && (LETTERS.test(text) || sound);
}

function anyOf<Filter>(by: By<Filter>[], text: string, sound: boolean): Filter[] {
  return by.flatMap((one) => one(text, sound) ?? []);
}
const FILTERS = ['sex', 'bornFrom', 'bornTo', 'district'] as const;

export function Search() {
  const { t } = useTranslation('caseworker');
  const [search, setSearch] = useAddress();
  const [, go] = useLocation();
  const href = useHref();
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(asked), [asked]);
  useEffect(() => box.current?.focus(), []);
  const seen = recognise(typed);
  const found = recognise(asked);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (seen?.kind === 'citizen' && !seen.troubles.length) go(href(`/persons/${seen.text}`));
    else if (seen?.kind === 'entity' && !seen.troubles.length) go(href(`/companies/${seen.text}`));
    else setSearch({ q: typed.trim() });
  };
  return (
    <Page title={t('search')} about={t('searchAbout')}>
      <form onSubmit={send} role="search">
        <Group align="flex-end" gap="xs">
          <TextInput
            ref={box}
            label={t('searchLabel')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={120}
            autoComplete="off"
            spellCheck={false}
            style={{ flex: '1 1 280px', maxWidth: 560 }}
            size="md"
            aria-describedby="recognised"
          />
          <Button type="submit" size="md" leftSection={<IconSearch size={18} aria-hidden />}>
            {t('find')}
          </Button>
        </Group>
        <div id="recognised" role="status" aria-live="polite">
          {seen && <Recognition seen={seen} />}
        </div>
      </form>
      {found ? <Found key={asked} found={found} /> : <Beginning />}
    </Page>
  );
}

function Recognition({ seen }: { seen: Recognised }) {
  const { t } = useTranslation('caseworker');
  return (
    <Stack gap={2} mt={6}>
      <Text size="sm" c="dimmed">
        {t(`recognised.${seen.kind}`)}
        {seen.kind === 'citizen' && !seen.troubles.length ? ` ${t('checkHolds')}` : ''}
      </Text>
      {seen.troubles.map(({ word, values }) => (
        <Text key={word} size="sm" fw={600}>
          {t(word, values ?? {})}
        </Text>
      ))}
    </Stack>
  );
}

function Beginning() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const opened = recentlyOpened();
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">
          {t('findBy')}
        </Title>
        <List size="sm" spacing={6}>
          {['citizen', 'name', 'pinyin', 'address', 'entity', 'book', 'case', 'licence'].map(
            (kind) => (
              <List.Item key={kind}>{t(`findBy.${kind}`)}</List.Item>
            ),
          )}
        </List>
        <Text size="sm" c="dimmed" mt="sm">
          {t('findByLimits')}
        </Text>
      </Card>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">
          {t('recent')}
        </Title>
        {opened.length ? (
          <ul className="plain">
            {opened.map(({ path, name, kind }) => (
              <li key={path}>
                <Anchor component={Link} underline="always" href={href(path)}>
                  {name}
                </Anchor>{' '}
                <Text span size="xs" c="dimmed">
                  {label(kind)}
                </Text>
              </li>
            ))}
          </ul>
        ) : (
          <Text size="sm" c="dimmed">
            {t('recentNone')}
          </Text>
        )}
      </Card>
    </SimpleGrid>
  );
}

function Found({ found }: { found: Recognised }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  if (found.kind === 'citizen' || found.kind === 'entity') {
    const path = found.kind === 'citizen' ? '/persons/' : '/companies/';
    return (
      <Alert variant="light" title={t(`recognised.${found.kind}`)}>
        <Stack gap="xs" align="flex-start">
          {t('lookAnywayAbout')}
          <Button component={Link} variant="default" href={href(path + found.text)}>
            {t('lookAnyway')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  if (found.kind === 'name') return <ByName text={found.text} />;
  return (
    <Stack>
      <ByNumber number={found.text} />
      {found.kind === 'number' && <ByName text={found.text} />}
    </Stack>
  );
}

function ByNumber({ number }: { number: string }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const href = useHref();
  const { data, loading, account, again } = useAsk(FindByNumber, { number });
  if (loading) return <Waiting />;
  const { household, case: file, licence } = data ?? {};
  return (
    <section aria-label={t('byNumber')}>
      <Title order={2} size="h4" mb="xs">
        {t('byNumber')}
      </Title>
      <Problems problems={account.problems} again={again} />
      <Stack gap="xs">
        {household && (
          <Hit kind={label('Household')}>
            <HouseholdLink book={household} />{' '}
            <Value account={account} path="household.address">
              {household.address}
            </Value>
          </Hit>
        )}
        {file && (
          <Hit kind={label('Case')}>
            <Anchor
              component={Link}
              underline="always"
              href={href(`/cases/${encodeURIComponent(number)}`)}
            >
              {file.number ?? number}
            </Anchor>{' '}
            {label('CaseState', file.state)} {file.deadline}
          </Hit>
        )}
        {licence && (
          <Hit kind={label('Licence')}>
            <Value account={account} path="licence.number">
              {licence.number}
            </Value>{' '}
            {label('LicenceKind', licence.kind)} {label('LicenceStatus', licence.status)}{' '}
            {licence.holders?.edges.map(({ node }) =>
              node?.__typename === 'Person' ? (
                <PersonLink key={node.id} person={node} />
              ) : node ? (
                <EntityLink key={node.id} entity={{ ...node, name: node.entityName }} />
              ) : null,
            )}
          </Hit>
        )}
        {data && !household && !file && !licence && (
          <Text size="sm">{t('noSuchNumber', { number })}</Text>
        )}
      </Stack>
    </section>
  );
}

function Hit({ kind, children }: { kind: string; children: ReactNode }) {
  return (
    <Card withBorder p="sm">
      <Group gap="xs">
        <Badge variant="default" tt="none">
          {kind}
        </Badge>
        <div>{children}</div>
      </Group>
    </Card>
  );
}

function ByName({ text }: { text: string }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const [search, setSearch] = useAddress();
  const given = Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? '']));
  const set = (name: string, value: string) => setSearch({ [name]: value });
  const sound = search.get('sound') === 'alike';
  const where: PersonFilter = {
    any: anyOf(NAMES_OF_PERSONS, text, sound),
    ...(given.sex && { sex: { equals: given.sex as 'FEMALE' } }),
    ...((given.bornFrom || given.bornTo) && {
      birthDate: {
        ...(given.bornFrom && { from: given.bornFrom }),
        ...(given.bornTo && { to: given.bornTo }),
      },
    }),
    ...(given.district && { district: { equals: given.district } }),
  };
  return (
    <Stack>
      <section>
        <Title order={2} size="h4">
          {t('personsFound')}
        </Title>
        <Group align="flex-end" gap="xs" my="xs" role="group" aria-label={t('narrow')}>
          <NativeSelect
            size="xs"
            label={label('Person', 'sex')}
            value={given.sex}
            onChange={(event) => set('sex', event.currentTarget.value)}
            data={[
              { value: '', label: t('any') },
              ...['FEMALE', 'MALE'].map((value) => ({ value, label: label('Sex', value) })),
            ]}
          />
          {(['bornFrom', 'bornTo'] as const).map((name) => (
            <Narrow
              key={name}
              label={t(name)}
              hint={t('partialDate')}
              value={given[name] ?? ''}
              fits={/^\d{4}(-\d{2}(-\d{2})?)?$/}
              onChange={(value) => set(name, value)}
            />
          ))}
          <Narrow
            label={label('Person', 'district')}
            hint={t('sixDigits')}
            value={given.district ?? ''}
            fits={/^\d{6}$/}
            onChange={(value) => set('district', value)}
          />
        </Group>
        {HAN.test(text) && text.length >= PART_MIN && (
          <Checkbox
            size="xs"
            mb="xs"
            label={t('soundAlike')}
            checked={sound}
            onChange={(event) => set('sound', event.currentTarget.checked ? 'alike' : '')}
          />
        )}
        <People key={JSON.stringify(where)} where={where} />
      </section>
      <section>
        <Title order={2} size="h4" mb="xs">
          {t('entitiesFound')}
        </Title>
        <Entities key={`${text} ${sound}`} where={{ any: anyOf(NAMES_OF_ENTITIES, text, sound) }} />
      </section>
      {HAN.test(text) && text.length >= PART_MIN && <ByAddress key={text} text={text} />}
    </Stack>
  );
}

/** Household books and places whose address has this in it, with who lives there. */
function ByAddress({ text }: { text: string }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const part = { address: { contains: text } };
  const { data, loading, account, again } = useAsk(FindByAddress, { books: part, places: part });
  const [books, places] = [data?.households, data?.places];
  const more = books?.pageInfo.hasNextPage || places?.pageInfo.hasNextPage;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t('addressesFound')}
      </Title>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !books?.edges.length && !places?.edges.length && (
        <Text size="sm">{t('noAddressFound')}</Text>
      )}
      {!!books?.edges.length && (
        <Rows
          caption={label('HouseholdConnection')}
          rows={books.edges}
          rowKey={({ node }, at) => node?.id ?? String(at)}
          columns={[
            {
              key: 'address',
              title: label('Household', 'address'),
              cell: ({ node }) => node?.address,
            },
            {
              key: 'book',
              title: label('Household', 'bookNumber'),
              cell: ({ node }) => node && <HouseholdLink book={node} />,
            },
          ]}
        />
      )}
      {!!places?.edges.length && (
        <Rows
          caption={label('PlaceConnection')}
          rows={places.edges}
          rowKey={({ node }, at) => node?.id ?? String(at)}
          columns={[
            { key: 'address', title: label('Place', 'address'), cell: ({ node }) => node?.address },
            {
              key: 'residents',
              title: label('Place', 'residents'),
              cell: ({ node }, at) => (
                <Value account={account} path={`places.edges.${at}.node.residents`}>
                  {node?.residents && (
                    <Group gap="xs">
                      {node.residents.edges.map(({ node: one }, place) => (
                        <PersonLink key={one?.id ?? place} person={one} />
                      ))}
                      {node.residents.pageInfo.hasNextPage && t('more')}
                    </Group>
                  )}
                </Value>
              ),
            },
          ]}
        />
      )}
      {more && <Text size="sm">{t('moreAddresses')}</Text>}
    </section>
  );
}

function Narrow({
  label,
  hint,
  value,
  fits,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  fits: RegExp;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const wrong = typed !== '' && !fits.test(typed);
  const send = () => !wrong && typed !== value && onChange(typed);
  return (
    <TextInput
      size="xs"
      w={180}
      label={label}
      placeholder={hint}
      value={typed}
      error={wrong && hint}
      onChange={(event) => setTyped(event.currentTarget.value.trim())}
      onBlur={send}
      onKeyDown={(event) => event.key === 'Enter' && send()}
    />
  );
}

/** Rows of several pages, each with the account of its page. */
function usePages<Row>(
  page: { edges: readonly { node: Row | null }[] } | null | undefined,
  account: Account,
  root: string,
) {
  const [rows, setRows] = useState<{ row: Row; account: Account; path: string }[]>([]);
  const seen = useRef<typeof page>(null);
  useEffect(() => {
    if (!page || page === seen.current) return;
    seen.current = page;
    const added = page.edges.flatMap(({ node }, at) =>
      node ? [{ row: node, account, path: `${root}.edges.${at}.node` }] : [],
    );
    setRows((before) => [...before, ...added]);
  }, [page, account, root]);
  return rows;
}

function People({ where }: { where: PersonFilter }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const [after, setAfter] = useState<string | null>(null);
  const { data, loading, account, again } = useAsk(FindPeople, { where, after });
  const rows = usePages(data?.people, account, 'people');
  const next = data?.people?.pageInfo;
  return (
    <Stack gap="xs">
      <Problems problems={account.problems} again={again} />
      {rows.length > 0 && (
        <Rows
          caption={t('personsFoundCaption', { count: rows.length })}
          rows={rows}
          rowKey={({ row }) => row.id}
          columns={[
            {
              key: 'name',
              title: label('Person', 'name'),
              cell: ({ row }) => <PersonLink person={row} />,
            },
            {
              key: 'number',
              title: label('Person', 'citizenNumber'),
              cell: ({ row, account: told, path }) => (
                <Value account={told} path={`${path}.citizenNumber`}>
                  {row.citizenNumber}
                </Value>
              ),
            },
            {
              key: 'sex',
              title: label('Person', 'sex'),
              cell: ({ row, account: told, path }) => (
                <Value account={told} path={`${path}.sex`}>
                  {row.sex && label('Sex', row.sex)}
                </Value>
              ),
            },
            {
              key: 'birthDate',
              title: label('Person', 'birthDate'),
              cell: ({ row, account: told, path }) => (
                <Value account={told} path={`${path}.birthDate`}>
                  {row.birthDate}
                </Value>
              ),
            },
            {
              key: 'district',
              title: label('Person', 'district'),
              cell: ({ row, account: told, path }) => (
                <Value account={told} path={`${path}.district`}>
                  {row.district && <District code={row.district} />}
                </Value>
              ),
            },
          ]}
        />
      )}
      {loading && <Waiting />}
      {data?.people && !loading && !rows.length && <Text size="sm">{t('nobodyFound')}</Text>}
      {next?.hasNextPage && !loading && (
        <Button variant="default" w="fit-content" onClick={() => setAfter(next.endCursor)}>
          {t('showMore')}
        </Button>
      )}
    </Stack>
  );
}

function Entities({ where }: { where: LegalEntityFilter }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const [after, setAfter] = useState<string | null>(null);
  const { data, loading, account, again } = useAsk(FindEntities, { where, after });
  const rows = usePages(data?.legalEntities, account, 'legalEntities');
  const next = data?.legalEntities?.pageInfo;
  return (
    <Stack gap="xs">
      <Problems problems={account.problems} again={again} />
      {rows.length > 0 && (
        <Rows
          caption={t('entitiesFoundCaption', { count: rows.length })}
          rows={rows}
          rowKey={({ row }) => row.id}
          columns={[
            {
              key: 'name',
              title: label('LegalEntity', 'name'),
              cell: ({ row }) => <EntityLink entity={row} />,
            },
            {
              key: 'code',
              title: label('LegalEntity', 'creditCode'),
              cell: ({ row }) => row.creditCode,
            },
            {
              key: 'kind',
              title: label('LegalEntity', 'kind'),
              cell: ({ row }) => label('LegalEntityKind', row.kind),
            },
            {
              key: 'status',
              title: label('LegalEntity', 'status'),
              cell: ({ row }) => label('LegalEntityStatus', row.status),
            },
          ]}
        />
      )}
      {loading && <Waiting />}
      {data?.legalEntities && !loading && !rows.length && (
        <Text size="sm">{t('noEntityFound')}</Text>
      )}
      {next?.hasNextPage && !loading && (
        <Button variant="default" w="fit-content" onClick={() => setAfter(next.endCursor)}>
          {t('showMore')}
        </Button>
      )}
    </Stack>
  );
}
