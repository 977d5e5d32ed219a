import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../kit/labels';
import labels from './labels.json';

const SHAPES: Record<string, ReactNode> = {
  Person: <circle cx="9" cy="9" r="7" />,
  Household: <rect x="1.5" y="3" width="15" height="12" rx="3" />,
  LegalEntity: <polygon points="5,2 13,2 17,9 13,16 5,16 1,9" />,
  Licence: <polygon points="2,3 12,3 17,9 12,15 2,15" />,
};
const DASHES = { PROVEN: '', CONSISTENT: '6 4', CONTRADICTED: '2 3' } as const;

/** What the shapes and the lines of the picture mean. */
export function Legend({ shapes }: { shapes: readonly string[] }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  return (
    <Group gap="md" role="group" aria-label={t('legend')}>
      {shapes.map((shape) => (
        <Group key={shape} gap={6} wrap="nowrap">
          <svg
            width="18"
            height="18"
            aria-hidden
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          >
            {SHAPES[shape]}
          </svg>
          <Text size="xs">{label(shape)}</Text>
        </Group>
      ))}
      {Object.entries(DASHES).map(([status, dashes]) => (
        <Group key={status} gap={6} wrap="nowrap">
          <svg width="34" height="10" aria-hidden stroke="currentColor">
            <line
              x1="0"
              y1="5"
              x2="34"
              y2="5"
              strokeWidth={status === 'CONTRADICTED' ? 3 : 1.8}
              strokeDasharray={dashes}
            />
          </svg>
          <Text size="xs">{t(`line.${status}`)}</Text>
        </Group>
      ))}
    </Group>
  );
}
