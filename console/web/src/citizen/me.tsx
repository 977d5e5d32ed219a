import { NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useRegisters } from '../kit/registers';
import { useSession } from '../session';
import { WhomIActFor } from './generated';

/** The citizen number of whoever is logged in. */
export function useMe(): string {
  return String(useSession().principal.person ?? '');
}

export type Named = { number: string; name: string };
export type MyPeople = { me: Named; wards: Named[]; companies: Named[]; loading: boolean };

/** Oneself, the children and wards for whom one acts, and the companies that one represents. */
export function useMyPeople(): MyPeople {
  const number = useMe();
  const { data, loading } = useAsk(WhomIActFor, { number });
  const person = data?.person;
  const wards = new Map<string, Named>();
  for (const list of [person?.children, person?.wards]) {
    for (const { node } of list?.edges ?? []) {
      if (node?.citizenNumber) {
        wards.set(node.citizenNumber, { number: node.citizenNumber, name: node.name ?? '' });
      }
    }
  }
  const companies = (person?.representedEntities?.edges ?? []).flatMap(({ node }) =>
    node?.creditCode ? [{ number: node.creditCode, name: node.name ?? '' }] : [],
  );
  return {
    me: { number, name: person?.name ?? '' },
    wards: [...wards.values()],
    companies,
    loading,
  };
}

/** Whose data is looked at: ?of=1, 2, … is a child or ward by its place in the list. */
export function useWhose(people: MyPeople): { whose: Named; choice: React.ReactNode } {
  const { t } = useTranslation('citizen');
  const [search, setSearch] = useAddress();
  const place = Number(search.get('of') ?? 0);
  const whose = people.wards[place - 1] ?? people.me;
  const choice = people.wards.length ? (
    <NativeSelect
      label={t('whose')}
      value={String(people.wards[place - 1] ? place : 0)}
      onChange={({ currentTarget: { value } }) => setSearch({ of: value === '0' ? null : value })}
      data={[
        { value: '0', label: t('myself') },
        ...people.wards.map(({ name }, index) => ({ value: String(index + 1), label: name })),
      ]}
    />
  ) : null;
  return { whose, choice };
}

/** Which record says so, in plain words. */
export function Source({
  register,
  record,
  since,
  known,
}: {
  register: string | null | undefined;
  record: string | null | undefined;
  since?: string | null;
  known?: string | null;
}) {
  const { t } = useTranslation('citizen');
  const { nameOf } = useRegisters();
  const { day, dayOf } = useDates();
  if (!register) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('saidBy', { register: nameOf(register), record: record ?? '—' })}
      {since && ` · ${t('since', { day: day(since) })}`}
      {known && ` · ${t('knownSince', { day: dayOf(known) })}`}
    </Text>
  );
}

/** A number of which only the ends are shown: enough to recognise one's own. */
export function masked(number: string): string {
  return number.length > 10 ? `${number.slice(0, 6)}********${number.slice(-4)}` : number;
}
