import {
  ActionIcon,
  Alert,
  AppShell,
  Badge,
  Burger,
  Button,
  Group,
  NativeSelect,
  NavLink,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useHref } from './kit/href';
import { Page, Waiting } from './kit/page';
import type { Rooms } from './rooms';
import { logOut, type Purpose, type Session, useLabel } from './session';
import { SessionClock } from './session-clock';
import { speak } from './words/i18n';

type Props = {
  session: Session;
  rooms: Rooms | null;
  purpose: Purpose;
  caseNumber: string | null;
  setPurpose: (id: string) => void;
  setCase: (number: string | null) => void;
};

export function Shell({ session, rooms, purpose, caseNumber, setPurpose, setCase }: Props) {
  const { t } = useTranslation();
  const [open, { toggle, close }] = useDisclosure();
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(location);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    close();
    main.current?.focus();
  }, [location, close]);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={open}
            />
            <img src="/icon.svg" width={26} height={26} alt="" />
            <Text fw={700} visibleFrom="xs">
              {t('product')}
            </Text>
          </Group>
          <Asked {...{ session, purpose, caseNumber, setPurpose, setCase }} />
          <Tools session={session} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('navigation')}>
        {rooms && <Navigation rooms={rooms} />}
        <Person session={session} />
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1}>
        <SessionClock session={session} />
        <Suspense fallback={<Waiting />}>
          <Switch>
            {rooms?.rooms.map(({ path, Page: Room }) => (
              <Route key={path} path={path}>
                <Room />
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

/** For which purpose, on which basis and in which case is asked: always in sight. */
function Asked({ session, purpose, caseNumber, setPurpose, setCase }: Omit<Props, 'rooms'>) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      {session.purposes.length > 1 ? (
        <NativeSelect
          size="xs"
          aria-label={t('purpose')}
          value={purpose.id}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          data={session.purposes.map(({ id, label: named }) => ({
            value: id,
            label: label(named),
          }))}
        />
      ) : (
        <Text size="sm" fw={500} truncate>
          <Text span size="xs" c="dimmed" visibleFrom="md">
            {t('purpose')}:{' '}
          </Text>
          {label(purpose.label)}
        </Text>
      )}
      {purpose.bases[0] && (
        <Tooltip label={purpose.bases[0].citation} multiline maw={320}>
          <Text size="xs" c="dimmed" visibleFrom="md" truncate>
            {label(purpose.bases[0].label)}
          </Text>
        </Tooltip>
      )}
      {caseNumber && (
        <Badge
          component="button"
          type="button"
          variant="light"
          tt="none"
          title={t('close')}
          onClick={() => setCase(null)}
        >
          {t('case')} {caseNumber} ×
        </Badge>
      )}
    </Group>
  );
}

function Tools({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const dark = scheme === 'dark';
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconLanguage size={16} aria-hidden />}
        onClick={() => speak(i18n.language === 'zh' ? 'en' : 'zh')}
        title={t('languageHint')}
        lang={i18n.language === 'zh' ? 'en' : 'zh-CN'}
      >
        {t('language')}
      </Button>
      <ActionIcon
        variant="subtle"
        aria-label={dark ? t('light') : t('dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      </ActionIcon>
      <ActionIcon variant="subtle" aria-label={t('logout')} onClick={() => logOut(session.csrf)}>
        <IconLogout size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function Navigation({ rooms }: { rooms: Rooms }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const href = useHref();
  return (
    <AppShell.Section grow>
      {rooms.rooms
        .filter((room) => room.icon)
        .map(({ path, key, icon: Icon }) => {
          const address = path.replace(/\/:.*$/, '').replace(/\/\*$/, '') || '/';
          const here = address === '/' ? location === '/' : location.startsWith(address);
          return (
            <NavLink
              key={path}
              component={Link}
              href={href(address)}
              label={t(`${rooms.name}:${key}`)}
              leftSection={Icon && <Icon size={18} aria-hidden />}
              active={here}
              aria-current={here ? 'page' : undefined}
            />
          );
        })}
    </AppShell.Section>
  );
}

function Person({ session }: { session: Session }) {
  const label = useLabel();
  return (
    <AppShell.Section p="xs">
      <Text size="sm" fw={500}>
        {session.name}
      </Text>
      <Text size="xs" c="dimmed">
        {label(session.label)}
      </Text>
    </AppShell.Section>
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound')}>
      <Alert variant="light">{t('notFoundHint')}</Alert>
      <Button component={Link} href="/" w="fit-content">
        {t('home')}
      </Button>
    </Page>
  );
}
