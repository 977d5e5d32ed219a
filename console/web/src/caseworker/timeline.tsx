import { Alert, Anchor, Chip, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { LifeOf, type LifeOfQuery } from './generated';
import labels from './labels.json';
import { keyOf, useDays, useRegisters } from './person-parts';

type Entry = NonNullable<LifeOfQuery['timeline']>['entries'][number];

/** What the registers hold of a life, as a line from its first day to its last. */
export function Life({ number }: { number: string }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { asOf, asKnown } = useDays();
  const [search, setSearch] = useAddress();
  const { data, loading, account, again } = useAsk(LifeOf, { number, asKnown });
  const all = data?.timeline?.entries;
  const chosen = useMemo(() => (search.get('events') ?? '').split(',').filter(Boolean), [search]);
  const kinds = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { event } of all ?? []) counts.set(event, (counts.get(event) ?? 0) + 1);
    return [...counts];
  }, [all]);
  const shown = (all ?? []).filter(
    ({ event, on }) => (!chosen.length || chosen.includes(event)) && (!asOf || !on || on <= asOf),
  );
  const years = byYear(shown);
  return (
    <Stack>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !data.timeline && <Text size="sm">{t('timelineNone')}</Text>}
      {data?.timeline && !data.timeline.complete && (
        <Alert variant="light">{t('timelineCut')}</Alert>
      )}
      {all && (
        <>
          <Chip.Group
            multiple
            value={chosen}
            onChange={(value) => setSearch({ events: value.length ? value.join(',') : null })}
          >
            <Group gap={6} role="group" aria-label={t('eventsFilter')} className="no-print">
              {kinds.map(([event, count]) => (
                <Chip key={event} value={event} size="xs" variant="outline">
                  {label('TimelineEvent', event)} {count}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Text size="sm" c="dimmed" role="status">
            {t('eventsShown', { shown: shown.length, all: all.length })}
          </Text>
          {years.map(([year, entries]) => (
            <section key={year} className="life">
              <Title order={2} size="h5">
                {year || t('undated')}
              </Title>
              <ol>
                {entries.map((entry) => (
                  <Event
                    key={[
                      entry.event,
                      entry.on,
                      entry.title.en,
                      entry.about?.__typename,
                      entry.sources[0]?.record,
                    ].join()}
                    entry={entry}
                  />
                ))}
              </ol>
            </section>
          ))}
        </>
      )}
    </Stack>
  );
}

function byYear(entries: readonly Entry[]): [string, Entry[]][] {
  const years = new Map<string, Entry[]>();
  for (const entry of entries) {
    const year = entry.on?.slice(0, 4) ?? '';
    years.set(year, [...(years.get(year) ?? []), entry]);
  }
  return [...years].sort(([one], [other]) => (one || '9999').localeCompare(other || '9999'));
}

function Event({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation('caseworker');
  const register = useRegisters();
  const { moment } = useDates();
  const href = useHref();
  const path = pageOf(entry.about);
  const title = i18n.language === 'zh' ? entry.title.zh : entry.title.en;
  return (
    <li>
      <Text size="sm">
        <b>{entry.on ?? t('undated')}</b>{' '}
        {path ? (
          <Anchor component={Link} underline="always" href={href(path)} size="sm">
            {title}
          </Anchor>
        ) : (
          title
        )}
      </Text>
      {entry.sources.map((source) => (
        <Text
          key={`${source.register} ${source.record} ${source.recordedFrom}`}
          size="xs"
          c="dimmed"
        >
          {[
            register(source.register),
            source.record,
            source.recordedFrom && t('knownSince', { moment: moment(source.recordedFrom) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      ))}
    </li>
  );
}

/** The page of who or what is at the other end. */
function pageOf(about: Entry['about']): string | null {
  switch (about?.__typename) {
    case 'Person':
      return `/persons/${keyOf(about)}`;
    case 'Household':
      return about.bookNumber && `/households/${encodeURIComponent(about.bookNumber)}`;
    case 'LegalEntity':
      return `/companies/${encodeURIComponent(about.creditCode ?? about.id)}`;
    case 'Case':
      return about.caseNumber && `/cases/${encodeURIComponent(about.caseNumber)}`;
    default:
      return null;
  }
}
