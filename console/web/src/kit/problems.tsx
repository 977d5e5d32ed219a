import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Problem } from './ask';

/** What went wrong, in words that say what to do, with the codes. */
export function Problems({ problems, again }: { problems: Problem[]; again?: () => void }) {
  const { t, i18n } = useTranslation();
  if (!problems.length) return null;
  const lines = [
    ...new Map(problems.map((problem) => [problem.code + problem.message, problem])).values(),
  ];
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="xs">
        <List spacing={4} listStyleType="none">
          {lines.map(({ code, message }) => {
            const word = wordOf(i18n, code);
            const own = word ? t(word) : '';
            return (
              <List.Item key={code + message}>
                <Text size="sm" fw={500}>
                  {own || message}
                </Text>
                <Group gap="xs">
                  {own && message && (
                    <Text size="xs" c="dimmed" lang="en">
                      {message}
                    </Text>
                  )}
                  <Code fz="xs">{code}</Code>
                </Group>
              </List.Item>
            );
          })}
        </List>
        {again && (
          <Button size="xs" variant="default" onClick={again} w="fit-content">
            {t('again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** The room's own word for a code, else the shell's. */
function wordOf(i18n: i18n, code: string): string | undefined {
  const rooms = Object.keys(i18n.store.data[i18n.language] ?? {});
  return [...rooms.filter((room) => room !== 'shell'), 'shell']
    .map((room) => `${room}:problem.${code}`)
    .find((word) => i18n.exists(word));
}
