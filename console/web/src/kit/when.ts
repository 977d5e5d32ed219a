import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const OF_DAY = { year: 'numeric', month: 'long', day: 'numeric' } as const;

export type When = {
  /** A day as precise as the source knows it: 1984, 1984-05 or 1984-05-17. */
  day: (partial: string | null | undefined) => string;
  /** The day of a moment, at the reader's clock. */
  dayOf: (moment: string) => string;
  /** The time of a moment. */
  timeOf: (moment: string) => string;
  moment: (moment: string) => string;
};

/** Days and moments in the language of the page. */
export function useWhen(): When {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const language = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
    const written = (format: Intl.DateTimeFormatOptions, at: Date) =>
      new Intl.DateTimeFormat(language, format).format(at);
    const dayOf = (moment: string) => written(OF_DAY, new Date(moment));
    const timeOf = (moment: string) =>
      written({ hour: '2-digit', minute: '2-digit' }, new Date(moment));
    return {
      day: (partial) => {
        const [year, month, day] = (partial ?? '').split('-').map(Number);
        if (!year) return '';
        const at = new Date(year, (month ?? 1) - 1, day ?? 1);
        if (day) return written(OF_DAY, at);
        return written(month ? { year: 'numeric', month: 'long' } : { year: 'numeric' }, at);
      },
      dayOf,
      timeOf,
      moment: (moment) => `${dayOf(moment)} ${timeOf(moment)}`,
    };
  }, [i18n.language]);
}

/** Today at the reader's clock, as 1984-05-17. */
export function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
