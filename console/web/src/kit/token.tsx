import { Button, CopyButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Qr } from './qr';

/** Something signed that is good for a while: as QR picture and as text, with the time left. */
export function Shown({
  token,
  title,
  expiresAt,
  renew,
  renewing = false,
}: {
  token: string;
  title: string;
  expiresAt: string;
  renew?: () => void;
  renewing?: boolean;
}) {
  const { t } = useTranslation();
  const left = useSecondsUntil(expiresAt);
  return (
    <Group align="flex-start" gap="lg">
      {left > 0 ? (
        <Qr text={token} title={title} />
      ) : (
        <Text fw={600} role="alert">
          {t('expired')}
        </Text>
      )}
      <Stack gap="xs" flex={1} miw={240} maw={420}>
        <Text size="lg" fw={600} role="timer" aria-live="off">
          {left > 0 ? t('goodFor', { time: clock(left) }) : t('expired')}
        </Text>
        <Textarea label={t('codeText')} value={token} readOnly rows={5} ff="monospace" />
        <Group gap="xs">
          <Copy text={token} />
          {renew && (
            <Button
              size="xs"
              loading={renewing}
              onClick={renew}
              leftSection={<IconRefresh size={14} aria-hidden />}
            >
              {t('renew')}
            </Button>
          )}
        </Group>
      </Stack>
    </Group>
  );
}

export function Copy({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          onClick={copy}
          leftSection={
            copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
          }
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      )}
    </CopyButton>
  );
}

/** What a JSON Web Token says; it is not checked here. */
export function claimsOf(token: string): Record<string, unknown> {
  const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(part), (one) => one.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}

function useSecondsUntil(moment: string): number {
  const left = () => Math.max(0, Math.floor((Date.parse(moment) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is of the moment
  useEffect(() => {
    setSeconds(left());
    const timer = window.setInterval(() => setSeconds(left()), 1_000);
    return () => window.clearInterval(timer);
  }, [moment]);
  return seconds;
}

function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const [hours, minutes] = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  const time = `${two(minutes)}:${two(seconds % 60)}`;
  return days || hours ? `${days * 24 + hours}:${time}` : time;
}
