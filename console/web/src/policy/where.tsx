import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../kit/ask';
import { Coordinates } from './generated';

/** A field of the catalogue, found by its name in either language. */
export function FieldInput({
  value,
  onChange,
}: {
  value: string;
  onChange: (coordinate: string) => void;
}) {
  const { t, i18n } = useTranslation('policy');
  const { data } = useAsk(Coordinates, {});
  const chinese = i18n.language === 'zh';
  const labels = new Map<string, string>();
  for (const type of data?.dataCatalogue ?? []) {
    const of = chinese ? type.labelZh : type.label;
    labels.set(type.name, of);
    for (const { name, label, labelZh } of type.fields)
      labels.set(`${type.name}.${name}`, `${of} · ${chinese ? labelZh : label}`);
  }
  return (
    <Autocomplete
      label={t('field')}
      description={labels.get(value) ?? t('fieldHint')}
      value={value}
      onChange={onChange}
      data={[...labels.keys()]}
      limit={12}
      maw={420}
      filter={({ options, search, limit }) => {
        const sought = search.toLowerCase();
        return options
          .filter((option) => {
            const coordinate = 'value' in option ? String(option.value) : '';
            const text = `${coordinate} ${labels.get(coordinate)}`.toLowerCase();
            return text.includes(sought);
          })
          .slice(0, limit);
      }}
      renderOption={({ option }) => `${option.value}  ${labels.get(option.value) ?? ''}`}
    />
  );
}
