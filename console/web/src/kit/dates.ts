import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Days and moments as people write them in the language of the page. */
export function useDates(): {
  day: (date: string | null | undefined) => string;
  moment: (at: string | null | undefined) => string;
} {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return {
      day: (date) =>
        date && /^\d{4}-\d\d-\d\d$/.test(date) ? days.format(new Date(date)) : (date ?? ''),
      moment: (at) => (at ? moments.format(new Date(at)) : ''),
    };
  }, [i18n.language]);
}

/** Today where the browser is, as YYYY-MM-DD; or so many days later. */
export function today(later = 0): string {
  const now = new Date();
  const at = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + later));
  return at.toISOString().slice(0, 10);
}

/** Days from today until a whole date, negative when it is over; null of a date that is not whole. */
export function daysUntil(date: string | null | undefined): number | null {
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  return Math.round((Date.parse(date) - Date.parse(today())) / 86_400_000);
}
