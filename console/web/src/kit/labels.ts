import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** {Type: {"": [en, zh], member: [en, zh]}} of a consumer's own schema. */
export type Labels = Record<string, Record<string, string[]>>;

/** The model's own label of a type, a field or a code, in the language of the page. */
export function useLabels(labels: Labels): (type: string, member?: string | null) => string {
  const { i18n } = useTranslation();
  const index = i18n.language === 'zh' ? 1 : 0;
  return useCallback(
    (type, member = '') => labels[type]?.[member ?? '']?.[index] ?? (member || type),
    [labels, index],
  );
}
