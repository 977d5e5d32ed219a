import { Box, Flex, Text } from '@mantine/core';
import {
  type Icon,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconFolderOpen,
  IconGavel,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { daysUntil, useDates } from '../kit/dates';
import { useLabels } from '../kit/labels';
import { type Desk, daysLeft } from './case-kit';
import type { OneCaseQuery } from './generated';
import labels from './labels.json';

type File = NonNullable<OneCaseQuery['case']>;
export type Part = NonNullable<NonNullable<File['parts']>['edges'][number]['node']>;

/** How far a case has come: opened, what each department does, decided. */
export function CaseProgress({ file, parts, desk }: { file: File; parts: Part[]; desk: Desk }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { day } = useDates();
  const decided = file.decision;
  return (
    <Flex
      component="ol"
      direction={{ base: 'column', sm: 'row' }}
      align={{ base: 'stretch', sm: 'center' }}
      gap="md"
      m={0}
      p={0}
      aria-label={t('progress')}
      style={{ listStyle: 'none' }}
    >
      <Box component="li">
        <Stage done Icon={IconFolderOpen} title={t('opened')} words={day(file.openedDate)} />
      </Box>
      {parts.length > 0 && (
        <Box component="li" flex={1}>
          <Flex
            component="ol"
            direction="column"
            gap="xs"
            p={0}
            m={0}
            aria-label={label('Case', 'parts')}
            style={{ listStyle: 'none' }}
          >
            {parts.map((part) => (
              <li key={part.reference}>
                <Stage
                  done={part.state === 'DECIDED'}
                  refused={part.decision === 'REFUSED'}
                  Icon={partIcon(part)}
                  title={
                    desk.department(part.service, part.part) ||
                    desk.partName(part.service, part.part)
                  }
                  words={partWords(part, label, t)}
                />
              </li>
            ))}
          </Flex>
        </Box>
      )}
      <Box component="li">
        <Stage
          done={Boolean(decided)}
          refused={decided === 'REFUSED'}
          Icon={decided === 'REFUSED' ? IconCircleX : decided ? IconCircleCheck : IconGavel}
          title={t('decision')}
          words={
            decided
              ? `${label('CaseDecision', decided)} · ${day(file.decidedOn)}`
              : waits(file.deadline, t)
          }
        />
      </Box>
    </Flex>
  );
}

function partIcon({ state, decision }: Part): Icon {
  if (state !== 'DECIDED') return IconClock;
  return decision === 'REFUSED' ? IconCircleX : IconCircleCheck;
}

function partWords(
  { state, decision, deadline }: Part,
  label: (type: string, member?: string | null) => string,
  t: TFunction<'caseworker'>,
): string {
  if (state === 'DECIDED') return label('CaseDecision', decision);
  return waits(deadline, t);
}

function waits(deadline: string | null, t: TFunction<'caseworker'>): string {
  const left = daysUntil(deadline);
  return left === null ? t('open') : daysLeft(left, t);
}

/** What is done stands in a whole line, what is open in a dashed one. */
function Stage({
  done,
  refused = false,
  Icon,
  title,
  words,
}: {
  done: boolean;
  refused?: boolean;
  Icon: Icon;
  title: string;
  words: string;
}) {
  const colour = refused ? 'red' : 'green';
  return (
    <Flex
      gap="xs"
      align="center"
      px="sm"
      py={6}
      style={{
        border: `${done ? 2 : 1}px ${done ? 'solid' : 'dashed'} ${
          done ? `var(--mantine-color-${colour}-filled)` : 'var(--mantine-color-dimmed)'
        }`,
        borderRadius: 8,
      }}
    >
      <Icon
        size={20}
        aria-hidden
        style={{ flexShrink: 0 }}
        color={done ? `var(--mantine-color-${colour}-filled)` : 'var(--mantine-color-dimmed)'}
      />
      <div>
        <Text size="sm" fw={600} lh={1.3}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {words}
        </Text>
      </div>
    </Flex>
  );
}
