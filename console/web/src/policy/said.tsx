import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Label, useLabel } from '../session';

export type Condition = { never: boolean; parts: readonly Label[] };

/** When something is shown, in plain words: all of the parts must hold. */
export function Said({ condition }: { condition: Condition | null | undefined }) {
  const { t } = useTranslation('policy');
  const say = useLabel();
  if (!condition) return null;
  if (condition.never) return <Text size="sm">{t('never')}</Text>;
  if (!condition.parts.length) return <Text size="sm">{t('everyRow')}</Text>;
  return (
    <List size="sm" spacing={2} withPadding={false} listStyleType="disc" ps="md">
      {condition.parts.map((part) => (
        <List.Item key={part.en}>{say(part)}</List.Item>
      ))}
    </List>
  );
}
