import { useDates, useLocale } from './dates';

/** A moment in the reader's own time. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { moment } = useDates();
  return at ? <time dateTime={at}>{moment(at)}</time> : null;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, with the moment itself as its title. */
export function Ago({ at }: { at: string | null | undefined }) {
  const locale = useLocale();
  if (!at) return null;
  const seconds = (Date.parse(at) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  const said = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return (
    <time dateTime={at} title={new Date(at).toLocaleString(locale)}>
      {said.format(Math.round(seconds / size), unit)}
    </time>
  );
}
