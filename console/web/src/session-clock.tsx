import { Alert, Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, idleSeconds } from './kit/activity';
import { loginAddress, type Session } from './session';

const WARN_SECONDS = 120;

/** Warns before the session ends by idleness or age, and says where to go when it has ended. */
export function SessionClock({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const timer = window.setInterval(() => {
      setLeft(Math.min(session.idleSeconds - idleSeconds(), session.endsAt - Date.now() / 1000));
    }, 5_000);
    return () => window.clearInterval(timer);
  }, [session]);
  if (left > WARN_SECONDS) return null;
  const ended = left <= 0;
  return (
    <Alert role="alert" color={ended ? 'red' : 'yellow'} mb="md">
      <Group justify="space-between">
        {t(ended ? 'sessionEnded' : 'sessionEnds')}
        {ended ? (
          <Button component="a" href={loginAddress(session.consumer)} size="xs">
            {t('enter')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => void ask('/session')}>
            {t('stay')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
