import {
  Anchor,
  Badge,
  Button,
  Group,
  Popover,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { IconArrowBackUp, IconPrinter, IconSitemap } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useAddress } from '../kit/address';
import { useAskNow } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { AllRegisters, DistrictName } from './generated';
import labels from './labels.json';
import { isCitizenNumber } from './search-numbers';

/** A person as far as a list tells of them. */
export type Someone = {
  id: string;
  citizenNumber?: string | null;
  name?: string | null;
  birthDate?: string | null;
  deceased?: boolean | null;
};
export type Origin = {
  register?: string | null;
  record?: string | null;
  validFrom?: string | null;
  validTo?: string | null;
  disputed?: boolean | null;
};
export type FactRow = Origin & {
  field: string;
  value: string | null;
  recordedFrom: string | null;
  recordedTo: string | null;
  citation: string | null;
};

/** What stands in the address of a person: their number where it is known whole, else the id. */
export function keyOf({ id, citizenNumber }: Someone): string {
  return encodeURIComponent(isCitizenNumber(citizenNumber) ? citizenNumber : id);
}

/** The person that the address names, as arguments of a look-up. */
export function useNamed(): { key: string; number: string | null; id: string | null } {
  const { number: key = '' } = useParams<{ number: string }>();
  return isCitizenNumber(key) ? { key, number: key, id: null } : { key, number: null, id: key };
}

export function PersonLink({ person }: { person: Someone | null }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  if (!person) return <Text span>{t('somebody')}</Text>;
  return (
    <Anchor component={Link} underline="always" href={href(`/persons/${keyOf(person)}`)}>
      {person.name ?? t('nameNotShown')}
      {person.deceased ? ' †' : ''}
    </Anchor>
  );
}

export function EntityLink({
  entity,
}: {
  entity: { id: string; creditCode?: string | null; name?: string | null };
}) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  return (
    <Anchor
      component={Link}
      underline="always"
      href={href(`/companies/${encodeURIComponent(entity.creditCode ?? entity.id)}`)}
    >
      {entity.name ?? entity.creditCode ?? t('nameNotShown')}
    </Anchor>
  );
}

export function HouseholdLink({ book }: { book: { id: string; bookNumber?: string | null } }) {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  return (
    <Anchor
      component={Link}
      underline="always"
      href={href(`/households/${encodeURIComponent(book.bookNumber ?? book.id)}`)}
    >
      {book.bookNumber ?? t('nameNotShown')}
    </Anchor>
  );
}

/** What was true from when to when, as precisely as it is known. */
export function usePeriod(): (origin: Origin) => string {
  const { t } = useTranslation('caseworker');
  return ({ validFrom, validTo }) => {
    if (validFrom && validTo) return t('fromTo', { from: validFrom, to: validTo });
    if (validFrom) return t('since', { from: validFrom });
    if (validTo) return t('until', { to: validTo });
    return '';
  };
}

const registers = new Map<string, string>();
let askedRegisters: Promise<void> | null = null;

/** Names of registers by their code; asked once. */
export function useRegisters(): (code: string | null | undefined) => string {
  const askNow = useAskNow();
  const [, setKnown] = useState(registers.size);
  useEffect(() => {
    askedRegisters ??= askNow(AllRegisters, {}).then(({ data }) => {
      if (!data) askedRegisters = null;
      for (const edge of data?.registers?.edges ?? []) {
        const { code, name } = edge.node ?? {};
        if (code && name) registers.set(code, name);
      }
    });
    let here = true;
    void askedRegisters.then(() => here && setKnown(registers.size));
    return () => {
      here = false;
    };
  }, [askNow]);
  return (code) =>
    code && registers.get(code) ? `${registers.get(code)} (${code})` : (code ?? '');
}

const districts = new Map<string, string>();

/** A division code with its name. */
export function District({ code }: { code: string }) {
  const askNow = useAskNow();
  const [name, setName] = useState(districts.get(code) ?? '');
  useEffect(() => {
    let here = true;
    const known = districts.get(code);
    setName(known ?? '');
    if (known === undefined && /^\d{6}$/.test(code)) {
      void askNow(DistrictName, { code, on: null }).then(({ data }) => {
        const found = data?.division;
        const around = [...(found?.liesIn ?? [])].reverse().map((one) => one.name ?? '');
        const own = found?.name ?? found?.names?.at(-1)?.name ?? '';
        districts.set(code, [...around, own].join(''));
        if (here) setName(districts.get(code) ?? '');
      });
    }
    return () => {
      here = false;
    };
  }, [code, askNow]);
  return (
    <>
      {name && `${name} `}
      <Text span size="xs" c="dimmed" ff="monospace">
        {code}
      </Text>
    </>
  );
}

const CODES: Record<string, string> = {
  sex: 'Sex',
  ageBand: 'AgeBand',
  maritalStatus: 'MaritalStatus',
  custody: 'Custody',
  kind: 'Kind',
  status: 'Status',
};

/** What a fact states, in words where it is a code of the model. */
export function useStated(): (
  type: string,
  fact: { field: string; value: string | null },
) => string {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  return (type, { field, value }) => {
    if (value === 'true' || value === 'false') return t(value === 'true' ? 'yes' : 'no');
    const code = CODES[field];
    if (!code || !value) return value ?? '';
    return label(code === 'Kind' || code === 'Status' ? type + code : code, value);
  };
}

/** A value whose sources open on hover, on focus and on a click. */
export function Sourced({
  type,
  field,
  facts,
  children,
}: {
  type: string;
  field: string;
  facts: readonly FactRow[];
  children: ReactNode;
}) {
  const { t } = useTranslation('caseworker');
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!facts.length) return <>{children}</>;
  const disputed = facts.some((fact) => fact.disputed);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={340}
      shadow="md"
      position="bottom-start"
      trapFocus={false}
      id={id}
    >
      <Popover.Target>
        <UnstyledButton
          className="sourced"
          onMouseEnter={() => setOpen(true)}
          onMouseLeave={() => setOpen(false)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onClick={() => setOpen(true)}
          aria-description={t('sourcesOf', { field, count: facts.length })}
        >
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('sourcesOf', { field, count: facts.length })}>
        <Sources type={type} facts={facts} />
      </Popover.Dropdown>
      {disputed && (
        <Badge variant="outline" color="orange" size="sm" tt="none" ml={6} c="inherit">
          {t('disputed')}
        </Badge>
      )}
    </Popover>
  );
}

function Sources({ type, facts }: { type: string; facts: readonly FactRow[] }) {
  const { t } = useTranslation('caseworker');
  const stated = useStated();
  const label = useLabels(labels);
  const register = useRegisters();
  const period = usePeriod();
  const { moment } = useDates();
  return (
    <ul className="plain">
      {facts.map((fact) => (
        <li key={`${fact.register} ${fact.record} ${fact.validFrom} ${fact.value}`}>
          <Text size="sm" fw={600}>
            {stated(type, fact)}
            {fact.disputed ? ` · ${t('disputed')}` : ''}
          </Text>
          <Text size="xs">
            {register(fact.register)} · {label('Fact', 'record')} {fact.record ?? t('nameNotShown')}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              period(fact),
              fact.recordedFrom && t('knownSince', { moment: moment(fact.recordedFrom) }),
              fact.citation,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** Where a link comes from, in a small line. */
export function From({ origin }: { origin: Origin }) {
  const { t } = useTranslation('caseworker');
  const register = useRegisters();
  const period = usePeriod();
  return (
    <Text size="xs" c="dimmed">
      {[
        period(origin),
        [register(origin.register), origin.record].filter(Boolean).join(' '),
        origin.disputed ? t('disputed') : '',
      ]
        .filter(Boolean)
        .join(' · ')}
    </Text>
  );
}

/** Which day and which knowledge are asked for: both stand in the address. */
export function useDays(): { asOf: string | null; asKnown: string | null; known: string | null } {
  const [search] = useAddress();
  const asOf = day(search.get('asOf'));
  const known = day(search.get('asKnown'));
  return { asOf, known, asKnown: known && `${known}T23:59:59Z` };
}

function day(text: string | null): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

export function Days({ known: withKnown = true }: { known?: boolean }) {
  const { t } = useTranslation('caseworker');
  const [, setSearch] = useAddress();
  const { asOf, known } = useDays();
  const change = (name: string, value: string | null) => setSearch({ [name]: value });
  return (
    <Group align="flex-end" gap="xs" className="no-print">
      <DayInput label={t('asOf')} value={asOf} onChange={(value) => change('asOf', value)} />
      {withKnown && (
        <DayInput
          label={t('asKnown')}
          value={known}
          onChange={(value) => change('asKnown', value)}
        />
      )}
      {(asOf || known) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => {
            change('asOf', null);
            change('asKnown', null);
          }}
        >
          {t('backToToday')}
        </Button>
      )}
    </Group>
  );
}

function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  const send = () => {
    if (typed !== (value ?? '')) onChange(typed || null);
  };
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={typed}
      max="9999-12-31"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={send}
      onKeyDown={(event) => event.key === 'Enter' && send()}
    />
  );
}

/** That another day is looked at, said where it cannot be missed. */
export function OtherDay() {
  const { t } = useTranslation('caseworker');
  const { asOf, known } = useDays();
  if (!asOf && !known) return null;
  return (
    <Text role="status" fw={600} size="sm">
      {[asOf && t('asItWas', { day: asOf }), known && t('asWasKnown', { day: known })]
        .filter(Boolean)
        .join(' · ')}
    </Text>
  );
}

/** Age in full years on a day, where the whole birth date is known. */
export function ageOf(birthDate: string | null | undefined, on: string | null): number | null {
  if (!birthDate || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return null;
  const today = on ?? new Date().toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** What a code of GB/T 4761 says of a member of a household book, as far as its first digit goes. */
export function useRelationToHead(): (code: string | null | undefined) => string {
  const { t } = useTranslation('caseworker');
  return useCallback(
    (code) => {
      if (!code) return '';
      if (code === '01' || code === '02') return t('head');
      return /^[1-9]\d$/.test(code) ? `${t(`head${code[0]}`)} (${code})` : code;
    },
    [t],
  );
}

/** Leads to the picture of what hangs on this. */
export function GraphButton({ href }: { href: string }) {
  const { t } = useTranslation('caseworker');
  return (
    <Button component={Link} href={href} leftSection={<IconSitemap size={16} aria-hidden />}>
      {t('graph')}
    </Button>
  );
}

export function PrintButton({ word = 'print' }: { word?: string }) {
  const { t } = useTranslation('caseworker');
  return (
    <Button
      variant="default"
      className="no-print"
      onClick={() => window.print()}
      leftSection={<IconPrinter size={16} aria-hidden />}
    >
      {t(word)}
    </Button>
  );
}
