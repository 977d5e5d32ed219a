import { useTranslation } from 'react-i18next';

/** A moment in the reader's own time. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  if (!at) return null;
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return <time dateTime={at}>{shown.format(new Date(at))}</time>;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, with the moment itself as its title. */
export function Ago({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  if (!at) return null;
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const seconds = (Date.parse(at) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  const said = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return (
    <time dateTime={at} title={new Date(at).toLocaleString(locale)}>
      {said.format(Math.round(seconds / size), unit)}
    </time>
  );
}
