import { Badge, HoverCard, Text } from '@mantine/core';
import { IconEyeOff, IconLock, IconUserCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from './ask';

/** A value at a path of the answer: itself, or why it is not shown. Never told by colour alone. */
export function Value({
  account,
  path,
  children,
}: {
  account: Account;
  path: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const code = account.denied.get(path);
  if (code === 'CONSENT_REQUIRED') {
    return (
      <Why
        icon={<IconUserCheck size={12} aria-hidden />}
        word={t('consent')}
        why={t('consentWhy')}
      />
    );
  }
  if (code)
    return (
      <Why icon={<IconLock size={12} aria-hidden />} word={t('denied')} why={t('deniedWhy')} />
    );
  const empty = children === null || children === undefined || children === '';
  if (empty) {
    return (
      <Text span c="dimmed" size="sm">
        {t('unknown')}
      </Text>
    );
  }
  if (!account.masked.has(path)) return <>{children}</>;
  return (
    <>
      {children}{' '}
      <Why icon={<IconEyeOff size={12} aria-hidden />} word={t('masked')} why={t('maskedWhy')} />
    </>
  );
}

function Why({ icon, word, why }: { icon: ReactNode; word: string; why: string }) {
  return (
    <HoverCard width={260} openDelay={150} shadow="md">
      <HoverCard.Target>
        <Badge
          component="button"
          type="button"
          variant="default"
          size="sm"
          leftSection={icon}
          tt="none"
          aria-description={why}
        >
          {word}
        </Badge>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Text size="sm">{why}</Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
