import {
  Alert,
  Anchor,
  Button,
  Card,
  Container,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problems } from './kit/problems';
import { type Entrance as Door, loginAddress, useLabel } from './session';
import { speak } from './words/i18n';

/** Who are you? One door for each consumer that people log in to. */
export function Entrance() {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const [doors, setDoors] = useState<Door[]>([]);
  const problem = new URLSearchParams(window.location.search).get('problem');
  useEffect(() => {
    document.title = `${t('enter')} · ${t('product')}`;
  }, [t]);
  useEffect(() => {
    fetch('/entrances')
      .then((answer) => answer.json())
      .then((body: { entrances: Door[] }) => setDoors(body.entrances))
      .catch(() => setDoors([]));
  }, []);
  const development = doors.some((door) => door.accounts.length);
  return (
    <Container component="main" size="md" py="xl">
      <Stack>
        <Group justify="space-between">
          <Group gap="sm">
            <img src="/icon.svg" width={40} height={40} alt="" />
            <div>
              <Title order={1} size="h2">
                {t('product')}
              </Title>
              <Text c="dimmed" size="sm">
                {t('tagline')}
              </Text>
            </div>
          </Group>
          <Anchor
            component="button"
            type="button"
            onClick={() => speak(i18n.language === 'zh' ? 'en' : 'zh')}
          >
            {t('language')}
          </Anchor>
        </Group>
        {problem && <Problems problems={[{ code: problem, message: '', path: '' }]} />}
        <div>
          <Title order={2} size="h3">
            {t('enterAs')}
          </Title>
          <Text size="sm">{t('enterHint')}</Text>
        </div>
        {development && <Alert variant="light">{t('development')}</Alert>}
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {doors.map((door) => (
            <Card key={door.consumer} withBorder component="section" aria-label={label(door.label)}>
              <Text fw={600} mb="xs">
                {label(door.label)}
              </Text>
              <Stack gap="xs" align="stretch">
                {door.accounts.map((account) => (
                  <Button
                    key={account.id}
                    component="a"
                    variant="light"
                    href={loginAddress(door.consumer, account.id)}
                    leftSection={<IconLogin2 size={16} aria-hidden />}
                    justify="flex-start"
                    h="auto"
                    py={6}
                    styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
                  >
                    {account.title}
                  </Button>
                ))}
                {!door.accounts.length && (
                  <Button component="a" variant="light" href={loginAddress(door.consumer)}>
                    {t('enter')}
                  </Button>
                )}
              </Stack>
            </Card>
          ))}
        </SimpleGrid>
      </Stack>
    </Container>
  );
}
