import { Alert, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconFileAlert,
  IconHelpCircle,
  IconUserCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../session';
import { type Desk, Held } from './case-kit';
import type { ChecklistQuery, ReadinessState } from './generated';

type Readiness = NonNullable<ChecklistQuery['readiness']>;
type Told = Readiness['requirements'][number];
const ICONS = {
  SATISFIED: IconCircleCheck,
  WITH_CONSENT: IconUserCheck,
  MISSING: IconFileAlert,
  UNKNOWN: IconHelpCircle,
} as const;

/** What is on file for a service, requirement by requirement, and which papers that saves. */
export function ReadinessList({ readiness, desk }: { readiness: Readiness; desk: Desk }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const { requirements, papersSaved, papersToBring } = readiness;
  const noClaim = requirements.filter(
    ({ state, requirement }) => requirement.eligibility && state === 'MISSING',
  );
  return (
    <Stack component="section" aria-label={t('checklist')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Papers
          title={t('papersSaved', { count: papersSaved.length })}
          papers={papersSaved.map((paper) => label(paper.label))}
          Icon={IconCircleCheck}
        />
        <Papers
          title={t('papersToBring', { count: papersToBring.length })}
          papers={papersToBring.map((paper) => label(paper.label))}
          Icon={papersToBring.length ? IconFileAlert : IconCircleDashed}
        />
      </SimpleGrid>
      {noClaim.length > 0 && (
        <Alert color="red" variant="light" title={t('noClaim')}>
          {noClaim.map(({ requirement }) => label(requirement.label)).join(t('listed'))}
        </Alert>
      )}
      <Title order={2} size="h4">
        {t('checklist')}
      </Title>
      <Table.ScrollContainer
        minWidth={420}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('checklistAbout') },
        }}
      >
        <Table verticalSpacing="xs" captionSide="top">
          <Table.Caption>{t('checklistAbout')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('requirement')}</Table.Th>
              <Table.Th scope="col">{t('standing')}</Table.Th>
              <Table.Th scope="col">{t('because')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {requirements.map((told) => (
              <Requirement key={told.requirement.id} told={told} desk={desk} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function Papers({
  title,
  papers,
  Icon,
}: {
  title: string;
  papers: string[];
  Icon: typeof IconCircleCheck;
}) {
  const { t } = useTranslation('caseworker');
  return (
    <Card withBorder>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon size={28} aria-hidden />
        <div>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {papers.join(t('listed'))}
          </Text>
        </div>
      </Group>
    </Card>
  );
}

function Requirement({ told, desk }: { told: Told; desk: Desk }) {
  const label = useLabel();
  const { t } = useTranslation('caseworker');
  const { requirement, state } = told;
  return (
    <Table.Tr>
      <Table.Td>
        {label(requirement.label)}
        {requirement.eligibility && (
          <Text size="xs" c="dimmed">
            {t('eligibility')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Standing state={state} />
      </Table.Td>
      <Table.Td>
        <Because told={told} desk={desk} />
      </Table.Td>
    </Table.Tr>
  );
}

function Standing({ state }: { state: ReadinessState }) {
  const { t } = useTranslation('caseworker');
  const Icon = ICONS[state];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon
        size={18}
        aria-hidden
        color={
          state === 'SATISFIED'
            ? 'var(--mantine-color-green-filled)'
            : state === 'MISSING'
              ? 'var(--mantine-color-red-filled)'
              : undefined
        }
      />
      <Text size="sm" fw={500} style={{ whiteSpace: 'nowrap' }}>
        {t(`readiness.${state}`)}
      </Text>
    </Group>
  );
}

/** By which record it is satisfied, or what can be done. */
function Because({ told, desk }: { told: Told; desk: Desk }) {
  const { t } = useTranslation('caseworker');
  const label = useLabel();
  const { state, sources, requirement } = told;
  if (state === 'SATISFIED') {
    const records = sources.filter(({ register }) => register);
    if (!records.length) return <Text size="sm">{t('recordNotShown')}</Text>;
    return records.map(({ register, record }) => (
      <div key={`${register} ${record}`}>
        <Held desk={desk} register={register} record={record} />
      </div>
    ));
  }
  if (state === 'MISSING' && requirement.replaces) {
    const { label: paper, issuer, obtain } = requirement.replaces;
    return (
      <>
        <Text size="sm">{t('bring', { paper: label(paper), issuer: label(issuer) })}</Text>
        <Text size="xs" c="dimmed">
          {label(obtain)}
        </Text>
      </>
    );
  }
  return <Text size="sm">{t(`readinessWhy.${state}`)}</Text>;
}
