import { Group, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconEyeOff,
  IconFilter,
  IconMinus,
  IconSearch,
  IconUserCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Condition } from './said';

export type Granted = { mode: string; mask: string | null; condition: number };
export const EFFECTS = ['whole', 'conditional', 'masked', 'consent', 'filter', 'none'] as const;
export type Effect = (typeof EFFECTS)[number];

const ICONS = {
  whole: IconCircleCheck,
  conditional: IconFilter,
  masked: IconEyeOff,
  consent: IconUserCheck,
  filter: IconSearch,
  none: IconMinus,
};

/** What becomes of a field, the widest first. */
export function effectOf(granted: readonly Granted[], conditions: readonly Condition[]): Effect {
  const of = (mode: string) => granted.filter((one) => one.mode === mode);
  const [whole] = [...of('clear'), ...of('see')];
  if (whole) return conditions[whole.condition]?.parts.length ? 'conditional' : 'whole';
  if (of('masked').length) return 'masked';
  if (of('consent').length) return 'consent';
  return of('filter').length ? 'filter' : 'none';
}

/** A symbol and its word: never colour alone. */
export function EffectMark({ effect, size = 'xs' }: { effect: Effect; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('policy');
  const Icon = ICONS[effect];
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      <Icon size={14} aria-hidden style={{ flex: 'none' }} />
      <Text span size={size} c={effect === 'none' ? 'dimmed' : undefined}>
        {t(`effect.${effect}`)}
      </Text>
    </Group>
  );
}
