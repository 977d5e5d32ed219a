import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

type Given = string | null | undefined;
export type Dates = {
  /** A day as precise as the source knows it: 1984, 1984-05 or 1984-05-17. */
  day: (partial: Given) => string;
  /** The day of a moment, at the reader's clock. */
  dayOf: (at: Given) => string;
  /** The time of a moment. */
  timeOf: (at: Given) => string;
  moment: (at: Given) => string;
};

/** How the language of the page is named where days and lists are written. */
export function useLocale(): string {
  return useTranslation().i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
}

/** Days and moments as people write them in the language of the page. */
export function useDates(): Dates {
  const locale = useLocale();
  return useMemo(() => {
    const by = (format: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(locale, format);
      return (at: Given) => (at ? made.format(new Date(at)) : '');
    };
    const days = by({ dateStyle: 'medium', timeZone: 'UTC' });
    const months = by({ year: 'numeric', month: 'short', timeZone: 'UTC' });
    const years = by({ year: 'numeric', timeZone: 'UTC' });
    const precise = [years, months, days];
    return {
      day: (partial) => precise[(partial ?? '').split('-').length - 1]?.(partial) ?? '',
      dayOf: by({ dateStyle: 'medium' }),
      timeOf: by({ timeStyle: 'short' }),
      moment: by({ dateStyle: 'medium', timeStyle: 'short' }),
    };
  }, [locale]);
}

/** Today where the browser is, as YYYY-MM-DD; or so many days later. */
export function today(later = 0): string {
  const now = new Date();
  const at = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + later));
  return at.toISOString().slice(0, 10);
}

/** Days from today until a whole date, negative when it is over; null of a date that is not whole. */
export function daysUntil(date: Given): number | null {
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  return Math.round((Date.parse(date) - Date.parse(today())) / 86_400_000);
}
