import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconClock, IconRefresh } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type FormEvent, lazy, type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import { type Problem, stepKey, useAsk } from '../kit/ask';
import { daysUntil, useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { Page } from '../kit/page';
import { Problems } from '../kit/problems';
import { useRegisters } from '../kit/registers';
import { useLabel, useSession } from '../session';
import { DeskWords, type DeskWordsQuery } from './generated';

const HANDLING = 'household-services';
const SOON_DAYS = 3;

export type Service = NonNullable<DeskWordsQuery['services']>[number];

/** A page that is loaded when it is opened, and asks for the purpose of handling cases. */
export function handlingPage(load: () => Promise<{ default: () => ReactNode }>) {
  const Loaded = lazy(load);
  return () => (
    <ForHandling>
      <Loaded />
    </ForHandling>
  );
}

function ForHandling({ children }: { children: ReactNode }) {
  const { t } = useTranslation('caseworker');
  const session = useSession();
  const label = useLabel();
  const [location] = useLocation();
  const [search] = useSearchParams();
  const purpose =
    session.purposes.find(({ id }) => id === search.get('purpose')) ?? session.purposes[0];
  const needed = session.purposes.find(({ id }) => id === HANDLING);
  if (!needed || purpose?.id === HANDLING) return children;
  const next = new URLSearchParams(search);
  next.set('purpose', HANDLING);
  return (
    <Page title={t('otherPurpose')}>
      <Text size="sm">{t('otherPurposeWhy', { purpose: label(needed.label) })}</Text>
      <Button component={Link} href={`${location}?${next}`} w="fit-content">
        {t('otherPurposeSwitch', { purpose: label(needed.label) })}
      </Button>
    </Page>
  );
}

/** What the services, their parts and requirements, and the registers are called. */
export function useDesk() {
  const { data, loading, account, again } = useAsk(DeskWords, {});
  const label = useLabel();
  const registers = useRegisters();
  return useMemo(() => {
    const services = data?.services ?? [];
    const service = (id?: string | null) => services.find((one) => one.id === id);
    const requirement = (of?: string | null, id?: string | null) =>
      service(of)?.requirements.find((one) => one.id === id);
    const part = (of?: string | null, id?: string | null) =>
      service(of)?.parts.find((one) => one.id === id);
    const named = (found: { label: { en: string; zh: string } } | undefined, id?: string | null) =>
      found ? label(found.label) : (id ?? '');
    return {
      loading,
      problems: account.problems,
      again,
      services,
      service,
      requirement,
      serviceName: (id?: string | null) => named(service(id), id),
      requirementName: (of?: string | null, id?: string | null) => named(requirement(of, id), id),
      partName: (of?: string | null, id?: string | null) => named(part(of, id), id),
      department: (of?: string | null, id?: string | null) => {
        const found = part(of, id);
        return found ? label(found.department) : '';
      },
      registerName: registers.nameOf,
    };
  }, [data, loading, account, again, label, registers]);
}
export type Desk = ReturnType<typeof useDesk>;

/** Register and record of what is on file. */
export function Held({
  desk,
  register,
  record,
}: {
  desk: Desk;
  register?: string | null;
  record?: string | null;
}) {
  if (!register && !record) return null;
  return (
    <Text span size="sm">
      {desk.registerName(register)}
      {record && (
        <Text span size="xs" c="dimmed" ff="monospace">
          {' '}
          {record}
        </Text>
      )}
    </Text>
  );
}

/** A deadline, with the days that are left in words. */
export function Deadline({ date, closed = false }: { date?: string | null; closed?: boolean }) {
  const { t } = useTranslation('caseworker');
  const { day } = useDates();
  const left = daysUntil(date);
  if (!date) return null;
  if (closed || left === null) return <Text size="sm">{day(date)}</Text>;
  const late = left < 0;
  const Icon = late ? IconAlertTriangle : left <= SOON_DAYS ? IconClock : null;
  return (
    <div>
      <Group gap={4} wrap="nowrap">
        {Icon && (
          <Icon
            size={16}
            aria-hidden
            color={`var(--mantine-color-${late ? 'red' : 'orange'}-filled)`}
          />
        )}
        <Text size="sm" fw={Icon ? 600 : 400} style={{ whiteSpace: 'nowrap' }}>
          {daysLeft(left, t)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {day(date)}
      </Text>
    </div>
  );
}

export function daysLeft(left: number, t: TFunction<'caseworker'>): string {
  if (left < 0) return t('overdueDays', { count: -left });
  if (left === 0) return t('dueToday');
  return t('daysLeft', { count: left });
}

/** Keys of steps, each the same for as long as what is sent is: sent twice it counts once. */
export function useStepKeys() {
  const keys = useRef(new Map<string, string>());
  return useMemo(
    () => ({
      of(content: unknown): string {
        const name = JSON.stringify(content);
        const key = keys.current.get(name) ?? stepKey();
        keys.current.set(name, key);
        return key;
      },
      /** It was done: the same once more is another step. */
      done: () => keys.current.clear(),
    }),
    [],
  );
}

/** What went wrong with a step; where somebody else came first, a way to see what is now. */
export function StepProblems({ problems, reload }: { problems: Problem[]; reload: () => void }) {
  const { t } = useTranslation('caseworker');
  if (!problems.length) return null;
  const conflict = problems.some(({ code }) => code === 'CASE_CONFLICT');
  return (
    <Stack gap="xs">
      <Problems problems={problems} />
      {conflict && (
        <Group gap="sm">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={reload}
          >
            {t('loadAgain')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('loadAgainHint')}
          </Text>
        </Group>
      )}
    </Stack>
  );
}

/** Asks once more before a step, and says in words what it will do. */
export function Confirm({
  opened,
  title,
  effects,
  action,
  sending,
  onClose,
  onConfirm,
}: {
  opened: boolean;
  title: string;
  effects: string[];
  action: string;
  sending: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Stack>
            <Modal.Title fw={650}>{title}</Modal.Title>
            <List size="sm" spacing="xs">
              {effects.map((effect) => (
                <List.Item key={effect}>{effect}</List.Item>
              ))}
            </List>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button loading={sending} onClick={onConfirm} data-autofocus>
                {action}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Tells that a step was done, beside the page. */
export function useTell(): (message: string) => void {
  const { t } = useTranslation();
  return (message) =>
    notifications.show({ message, closeButtonProps: { 'aria-label': t('close') } });
}

/** A form whose problems are told by the page and not by the browser. */
export function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack>{children}</Stack>
    </form>
  );
}

/** What was typed for a step that is no longer possible: it is not lost. */
export function Unsent({ text }: { text: string }) {
  const { t } = useTranslation('caseworker');
  if (!text.trim()) return null;
  return (
    <Alert variant="light" title={t('unsent')}>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
    </Alert>
  );
}

export type Somebody = {
  id: string;
  name: string | null;
  citizenNumber: string | null;
};

/** A link to another page here. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={to} inherit underline="always">
      {children}
    </Anchor>
  );
}

/** Somebody of a case, with the way to their page as seen in it. */
export function PersonLink({ person, inCase }: { person: Somebody; inCase: string | null }) {
  const href = useHref();
  if (!person.citizenNumber) return <>{person.name}</>;
  return (
    <PageLink to={href(`/persons/${person.citizenNumber}`, { case: inCase })}>
      {person.name ?? person.citizenNumber}
    </PageLink>
  );
}
