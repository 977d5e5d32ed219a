import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useDates, useLocale } from '../kit/dates';
import { grouped } from '../kit/grouped';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { usePages } from '../kit/pages';
import { Problems } from '../kit/problems';
import { useLabel, useSession } from '../session';
import { WhoLooked, type WhoLookedQuery } from './generated';
import { type Named, useMyPeople, useWhose } from './me';

type Notice = NonNullable<WhoLookedQuery['whoLooked']>['notices'][number];
type Field = Notice['shown'][number];

export function Looked() {
  const { t } = useTranslation('citizen');
  const people = useMyPeople();
  const { whose, choice } = useWhose(people);
  return (
    <Page title={t('looked')} about={t('lookedAbout')}>
      <Alert variant="light" icon={<IconClock aria-hidden />} title={t('delayTitle')}>
        {t('delay')}
      </Alert>
      {!people.loading && <Looks key={whose.number} whose={whose} choice={choice} />}
    </Page>
  );
}

function Looks({ whose, choice }: { whose: Named; choice: React.ReactNode }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const session = useSession();
  const { dayOf } = useDates();
  const {
    rows: notices,
    more,
    loading,
    problems,
    again,
  } = usePages(WhoLooked, { number: whose.number }, ({ whoLooked }) => ({
    rows: whoLooked?.notices ?? [],
    cursor: whoLooked?.cursor ?? null,
  }));
  const [search, setSearch] = useAddress();
  const [by, own] = [search.get('by') ?? '', search.get('own') === 'yes'];
  const set = (name: string, value: string) => setSearch({ [name]: value });
  const consumers = new Map(notices.map(({ consumer }) => [consumer.en, label(consumer)]));
  const isOwn = (notice: Notice) => notice.consumer.en === session.label.en;
  const looks = useMemo(() => inOperations(notices), [notices]);
  const shown = looks.filter(
    (notice) => (!by || notice.consumer.en === by) && (own || by || !isOwn(notice)),
  );
  const days = [...grouped(shown, ({ at }) => dayOf(at))];
  const hidden = looks.length - shown.length;
  return (
    <>
      <Group align="flex-end">
        {choice}
        <NativeSelect
          label={t('byWhom')}
          value={by}
          onChange={(event) => set('by', event.currentTarget.value)}
          data={[
            { value: '', label: t('everybody') },
            ...[...consumers].map(([value, named]) => ({ value, label: named })),
          ]}
        />
        <Checkbox
          label={t('withOwn')}
          checked={own}
          onChange={(event) => set('own', event.currentTarget.checked ? 'yes' : '')}
          pb={8}
        />
      </Group>
      <Problems problems={problems} again={more ?? again} />
      {days.map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <Title order={2} size="h4" mb="xs">
            {day}
          </Title>
          <Stack gap="xs">
            {ofDay.map((notice) => (
              <Look key={notice.operation} notice={notice} />
            ))}
          </Stack>
        </section>
      ))}
      {loading && <Waiting />}
      {!loading && !shown.length && !problems.length && <Text>{t('nobodyLooked')}</Text>}
      {hidden > 0 && (
        <Text size="sm" c="dimmed">
          {t('looksHidden', { count: hidden })}
        </Text>
      )}
      {more && (
        <Button variant="default" w="fit-content" onClick={more}>
          {t('olderLooks')}
        </Button>
      )}
    </>
  );
}

/** One question is answered by several departments; it is told as one look. */
function inOperations(notices: readonly Notice[]): Notice[] {
  return [...grouped(notices, ({ operation }) => operation).values()].map((of) => {
    const all = (which: 'shown' | 'masked' | 'denied') => of.flatMap((notice) => notice[which]);
    const [first] = of as [Notice];
    return { ...first, shown: all('shown'), masked: all('masked'), denied: all('denied') };
  });
}

/** What one of them was told, as a sentence. */
function Look({ notice }: { notice: Notice }) {
  const { t } = useTranslation('citizen');
  const locale = useLocale();
  const label = useLabel();
  const href = useHref();
  const { timeOf } = useDates();
  const list = (fields: readonly Field[]) =>
    new Intl.ListFormat(locale).format([...new Set(fields.map((field) => label(field.label)))]);
  const who = { who: label(notice.consumer), organisation: label(notice.organisation) };
  const purpose = label(notice.purpose);
  return (
    <Card withBorder padding="sm" component="article">
      <Group gap="xs" align="baseline" wrap="nowrap">
        <Text size="sm" c="dimmed" miw={48}>
          {timeOf(notice.at)}
        </Text>
        <div>
          {notice.shown.length > 0 && (
            <Text>{t('wasShown', { ...who, purpose, fields: list(notice.shown) })}</Text>
          )}
          {notice.masked.length > 0 && (
            <Text>{t('wasShownPart', { ...who, purpose, fields: list(notice.masked) })}</Text>
          )}
          {notice.denied.length > 0 && (
            <Text>
              <Badge variant="default" tt="none" mr={6}>
                {t('refused')}
              </Badge>
              {t('wasRefused', { ...who, purpose, fields: list(notice.denied) })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {notice.basis && `${t('lawfulBy', { basis: label(notice.basis) })} · `}
            {notice.citation}
          </Text>
          <Group gap="xs">
            {notice.case && (
              <Anchor
                component={Link}
                size="sm"
                href={href(`/cases/${encodeURIComponent(notice.case)}`)}
              >
                {t('inCase', { number: notice.case })}
              </Anchor>
            )}
            <Text size="xs" c="dimmed">
              {t('lookReference', { reference: notice.operation })}
            </Text>
          </Group>
        </div>
      </Group>
    </Card>
  );
}
