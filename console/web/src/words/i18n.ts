import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { words } from './words';

export type Words = { en: Record<string, string>; zh: Record<string, string> };
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
const KEPT = 'citizengraph-language';

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  defaultNS: 'shell',
  keySeparator: false,
  nsSeparator: ':',
  interpolation: { escapeValue: false },
  resources: { en: { shell: words.en }, zh: { shell: words.zh } },
});
tell(i18next.language);
i18next.on('languageChanged', tell);

/** The words of a room, found as t('room:key'). */
export function addWords(room: string, { en, zh }: Words): void {
  i18next.addResourceBundle('en', room, en);
  i18next.addResourceBundle('zh', room, zh);
}

export function speak(language: Language): void {
  window.localStorage.setItem(KEPT, language);
  void i18next.changeLanguage(language);
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('language');
  const kept = asked ?? window.localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.languages.some((language) => language.startsWith('zh')) ? 'zh' : 'en';
}

function tell(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export { i18next };
