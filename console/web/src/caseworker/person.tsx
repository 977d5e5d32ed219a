import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Card,
  CopyButton,
  Group,
  SimpleGrid,
  Stack,
  Tabs,
  Text,
  Title,
} from '@mantine/core';
import { IconCopy, IconShieldLock, IconUsersGroup } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { type Account, useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Value } from '../kit/value';
import { useSession } from '../session';
import { PersonPage, type PersonPageQuery } from './generated';
import labels from './labels.json';
import { Family, Holdings } from './person-links';
import {
  ageOf,
  Days,
  District,
  type FactRow,
  GraphButton,
  OtherDay,
  PrintButton,
  Sourced,
  useDays,
  useNamed,
  usePeriod,
  useRegisters,
  useStated,
} from './person-parts';
import { Withheld } from './person-withheld';
import { noteOpened } from './search-recent';
import { Life } from './timeline';

type Row = NonNullable<PersonPageQuery['person']>;
type Field = Exclude<keyof Row, 'id' | 'facts'>;

const SECTIONS: { key: string; fields: Field[] }[] = [
  { key: 'sectionWho', fields: ['name', 'formerName', 'citizenNumber', 'numberScheme', 'sex'] },
  {
    key: 'sectionLife',
    fields: [
      'birthDate',
      'birthPlace',
      'birthCountry',
      'ageBand',
      'deceased',
      'deathDate',
      'deathPlace',
    ],
  },
  {
    key: 'sectionState',
    fields: ['district', 'livesInCallersDistrict', 'maritalStatus', 'custody', 'underGuardianship'],
  },
];
const CODES: Partial<Record<Field, string>> = {
  sex: 'Sex',
  ageBand: 'AgeBand',
  maritalStatus: 'MaritalStatus',
  custody: 'Custody',
};
const TABS = ['overview', 'timeline', 'sources'] as const;

export function PersonRoom() {
  const { t } = useTranslation('caseworker');
  const { key, number, id } = useNamed();
  const { asOf, asKnown } = useDays();
  const { data, loading, account, again } = useAsk(PersonPage, { number, id, asOf, asKnown });
  const person = data?.person;
  const name = person?.name ?? t('nameNotShown');
  useEffect(() => {
    if (person) {
      noteOpened({ path: `/persons/${encodeURIComponent(key)}`, name, kind: 'Person' });
    }
  }, [person, key, name]);
  if (!person) {
    return (
      <Page title={t('person')}>
        <Problems problems={account.problems} again={again} />
        {loading ? <Waiting /> : data && <NobodyHere />}
      </Page>
    );
  }
  return (
    <Page title={name} about={<About person={person} />} aside={<Actions person={key} />}>
      <Problems problems={account.problems} again={again} />
      <Notices person={person} account={account} />
      <Days />
      <OtherDay />
      <Told person={person} account={account} />
    </Page>
  );
}

function NobodyHere() {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  return (
    <Alert variant="light" title={t('nobodyHere')}>
      <Stack gap="xs" align="flex-start">
        {t('nobodyHereAbout')}
        <Button component={Link} variant="default" href={href('/')}>
          {t('search')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Number, age, district in one line under the name. */
function About({ person }: { person: Row }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { asOf } = useDays();
  const age = person.deceased ? null : ageOf(person.birthDate, asOf);
  return (
    <Group gap="sm" component="span">
      {person.citizenNumber && (
        <Group gap={2} component="span" wrap="nowrap">
          <Text span ff="monospace" size="sm">
            {person.citizenNumber}
          </Text>
          <CopyButton value={person.citizenNumber}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                size="sm"
                onClick={copy}
                aria-label={copied ? t('copied') : t('copyNumber')}
                className="no-print"
              >
                <IconCopy size={14} aria-hidden />
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
      )}
      {person.sex && <span>{label('Sex', person.sex)}</span>}
      {age !== null && <span>{t('age', { count: age })}</span>}
      {age === null && person.ageBand && <span>{label('AgeBand', person.ageBand)}</span>}
      {person.deceased && (
        <Badge variant="default" tt="none" component="span">
          {label('Person', 'deceased')} {person.deathDate}
        </Badge>
      )}
      {age !== null && age < 18 && (
        <Badge variant="default" tt="none" component="span">
          {t('minor')}
        </Badge>
      )}
      {person.underGuardianship && (
        <Badge variant="default" tt="none" component="span">
          {label('Person', 'underGuardianship')}
        </Badge>
      )}
      {person.district && (
        <span>
          <District code={person.district} />
        </span>
      )}
    </Group>
  );
}

function Actions({ person }: { person: string }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  const { asOf } = useDays();
  const at = encodeURIComponent(person);
  return (
    <Group gap="xs" className="no-print">
      <GraphButton href={href(`/persons/${at}/graph`, { asOf })} />
      <Button
        component={Link}
        variant="default"
        href={href('/related', { a: person, asOf })}
        leftSection={<IconUsersGroup size={16} aria-hidden />}
      >
        {t('relatedTo')}
      </Button>
      <PrintButton />
    </Group>
  );
}

/** What has to be known before anything is done with this page. */
function Notices({ person, account }: { person: Row; account: Account }) {
  const { t } = useTranslation('caseworker');
  const { principal } = useSession();
  const own = person.district && person.district === principal.district;
  const nothing = account.denied.has('person.name') && account.denied.has('person.birthDate');
  if (nothing) {
    return (
      <Alert variant="light" icon={<IconShieldLock aria-hidden />} title={t('elsewhere')}>
        {t('elsewhereAbout')}
      </Alert>
    );
  }
  if (own && account.denied.has('person.livesInCallersDistrict')) {
    return (
      <Alert
        variant="light"
        color="orange"
        styles={{ title: { color: 'var(--mantine-color-text)' } }}
        icon={<IconShieldLock aria-hidden />}
        title={t('addressProtected')}
      >
        {t('addressProtectedAbout')}
      </Alert>
    );
  }
  return null;
}

function Told({ person, account }: { person: Row; account: Account }) {
  const { t } = useTranslation('caseworker');
  const [search, setSearch] = useAddress();
  const asked = search.get('tab');
  const tab = TABS.find((one) => one === asked) ?? 'overview';
  const change = (value: string | null) =>
    setSearch({ tab: value && value !== 'overview' ? value : null });
  return (
    <Tabs value={tab} onChange={change} keepMounted={false}>
      <Tabs.List className="no-print" mb="md">
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tab.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Overview person={person} account={account} />
      </Tabs.Panel>
      <Tabs.Panel value="timeline">
        {person.citizenNumber ? (
          <Life number={person.citizenNumber} />
        ) : (
          <Alert variant="light">{t('timelineNeedsNumber')}</Alert>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="sources">
        <FactsTable
          type="Person"
          facts={person.facts}
          denied={account.denied.has('person.facts')}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

function Overview({ person, account }: { person: Row; account: Account }) {
  const { t } = useTranslation('caseworker');
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {SECTIONS.map(({ key, fields }) => (
          <Card key={key} withBorder component="section">
            <Title order={2} size="h4" mb="xs">
              {t(key)}
            </Title>
            <dl className="fields">
              {fields.map((field) => (
                <FieldLine key={field} {...{ person, account, field }} />
              ))}
            </dl>
          </Card>
        ))}
      </SimpleGrid>
      <Family />
      <Holdings />
      <Withheld type="Person" root="person" account={account} />
    </Stack>
  );
}

function FieldLine({ person, account, field }: { person: Row; account: Account; field: Field }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const value = person[field];
  const facts = (person.facts ?? []).filter((fact) => fact.field === field);
  const words =
    typeof value === 'boolean'
      ? t(value ? 'yes' : 'no')
      : value && CODES[field]
        ? label(CODES[field], value)
        : value;
  const shown =
    field === 'district' && typeof value === 'string' ? <District code={value} /> : words;
  return (
    <>
      <dt>{label('Person', field)}</dt>
      <dd>
        <Value account={account} path={`person.${field}`}>
          {shown && (
            <Sourced type="Person" field={label('Person', field)} facts={facts}>
              {shown}
            </Sourced>
          )}
        </Value>
      </dd>
    </>
  );
}

/** Every source record of every field, with its times. */
export function FactsTable({
  type,
  facts,
  denied,
}: {
  type: string;
  facts: readonly FactRow[] | null;
  denied: boolean;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const register = useRegisters();
  const period = usePeriod();
  const { moment } = useDates();
  const stated = useStated();
  if (!facts) return <Text size="sm">{t(denied ? 'sourcesDenied' : 'sourcesNone')}</Text>;
  return (
    <Rows
      caption={t('sourcesCaption', { count: facts.length })}
      rows={facts}
      rowKey={(_, at) => String(at)}
      columns={[
        { key: 'field', title: t('field'), cell: (fact) => label(type, fact.field) },
        {
          key: 'value',
          title: t('states'),
          cell: (fact) => `${stated(type, fact)}${fact.disputed ? ` (${t('disputed')})` : ''}`,
        },
        {
          key: 'register',
          title: label('Fact', 'register'),
          cell: (fact) => register(fact.register),
        },
        { key: 'record', title: label('Fact', 'record'), cell: (fact) => fact.record },
        { key: 'valid', title: t('period'), cell: period },
        {
          key: 'recorded',
          title: label('Fact', 'recordedFrom'),
          cell: (fact) => moment(fact.recordedFrom),
        },
        { key: 'citation', title: label('Fact', 'citation'), cell: (fact) => fact.citation },
      ]}
    />
  );
}
