import { Anchor, Group, NativeSelect, Text, TextInput, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { today, useDates } from '../kit/dates';
import { grouped } from '../kit/grouped';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import { MyLife, type MyLifeQuery, type TimelineEvent } from './generated';
import { Source, useMe } from './me';

type Entry = NonNullable<MyLifeQuery['timeline']>['entries'][number];
const GROUPS: Record<string, TimelineEvent[]> = {
  family: [
    'BIRTH',
    'DEATH',
    'NAME',
    'CHILD',
    'CHILD_END',
    'PARENT',
    'PARENT_END',
    'MARRIAGE',
    'MARRIAGE_END',
    'GUARDIAN',
    'GUARDIAN_END',
    'WARD',
    'WARD_END',
  ],
  home: ['REGISTRATION', 'HOUSEHOLD', 'HOUSEHOLD_END', 'RESIDENCE', 'RESIDENCE_END'],
  licences: ['LICENCE', 'LICENCE_END'],
  companies: ['REPRESENTATION', 'REPRESENTATION_END', 'SHARES', 'SHARES_END'],
  offices: ['CREDIT', 'CREDIT_END', 'CASE', 'CASE_END', 'CONSENT', 'CONSENT_END'],
};

export function Life() {
  const { t } = useTranslation('citizen');
  const number = useMe();
  const [search, setSearch] = useAddress();
  const [about, known] = [search.get('about') ?? '', search.get('known') ?? ''];
  const set = (name: string, value: string) => setSearch({ [name]: value });
  const { data, loading, account, again } = useAsk(MyLife, {
    number,
    events: GROUPS[about] ?? null,
    known: known ? `${known}T23:59:59Z` : null,
  });
  const entries = data?.timeline?.entries ?? [];
  const years = [...grouped(entries, ({ on }) => on?.slice(0, 4) ?? '')];
  return (
    <Page title={t('life')} about={t('lifeAbout')}>
      <Group align="flex-end">
        <NativeSelect
          label={t('about')}
          value={about}
          onChange={(event) => set('about', event.currentTarget.value)}
          data={[
            { value: '', label: t('everything') },
            ...Object.keys(GROUPS).map((value) => ({ value, label: t(`about.${value}`) })),
          ]}
        />
        <TextInput
          type="date"
          label={t('asKnown')}
          description={t('asKnownAbout')}
          inputWrapperOrder={['label', 'input', 'description']}
          max={today()}
          value={known}
          onChange={(event) => set('known', event.currentTarget.value)}
        />
      </Group>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data?.timeline && !data.timeline.complete && <Text>{t('lifeIncomplete')}</Text>}
      {data && !entries.length && <Text>{t('nothingOnFile')}</Text>}
      {years.map(([year, happened]) => (
        <section key={year} aria-label={year || t('undated')}>
          <Title order={2} size="h4" mb="xs">
            {year || t('undated')}
          </Title>
          <Timeline bulletSize={14} lineWidth={2}>
            {happened.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own
              <Timeline.Item key={index}>
                <Happened entry={entry} />
              </Timeline.Item>
            ))}
          </Timeline>
        </section>
      ))}
    </Page>
  );
}

function Happened({ entry }: { entry: Entry }) {
  const label = useLabel();
  const href = useHref();
  const { day } = useDates();
  const { about } = entry;
  const to =
    about?.__typename === 'Licence' && about.number
      ? href('/licences', { licence: about.number })
      : about?.__typename === 'Case' && about.number
        ? href(`/cases/${encodeURIComponent(about.number)}`)
        : null;
  return (
    <>
      <Text fw={600}>
        {to ? (
          <Anchor component={Link} href={to} inherit>
            {label(entry.title)}
          </Anchor>
        ) : (
          label(entry.title)
        )}
      </Text>
      <Text size="sm">{day(entry.on)}</Text>
      {entry.sources.map((source) => (
        <Source
          key={`${source.register} ${source.record}`}
          register={source.register}
          record={source.record}
          known={source.recordedFrom}
        />
      ))}
    </>
  );
}
