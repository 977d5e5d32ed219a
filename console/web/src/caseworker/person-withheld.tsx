import { Anchor, Button, Card, List, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { type Account, useAsk } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Waiting } from '../kit/page';
import { useSession } from '../session';
import { MyRights } from './generated';
import labels from './labels.json';

/** What of this row is not shown whole, and of which rows the policy would show it. */
export function Withheld({
  type,
  root,
  account,
}: {
  type: string;
  root: string;
  account: Account;
}) {
  const { t } = useTranslation('caseworker');
  const { t: shell } = useTranslation();
  const label = useLabels(labels);
  const href = useHref();
  const [asked, setAsked] = useState(false);
  const [search] = useSearchParams();
  const { purposes } = useSession();
  const purpose = search.get('purpose') ?? purposes[0]?.id;
  const { data, loading } = useAsk(MyRights, {}, !asked);
  const own = (path: string) => path.startsWith(`${root}.`) && path.split('.').length === 2;
  const parts = [
    ...[...account.denied].map(([path, code]) => ({
      path,
      word: code === 'CONSENT_REQUIRED' ? 'consent' : 'denied',
    })),
    ...[...account.masked].map((path) => ({ path, word: 'masked' })),
  ].filter(({ path }) => own(path));
  if (!parts.length) return null;
  const why = (field: string): string => {
    if (!data) return '';
    const rights = data.myPermissions.filter(
      (right) =>
        right.type === type &&
        right.field === field &&
        right.purpose === purpose &&
        right.mode !== 'FILTER' &&
        right.condition,
    );
    return rights.length
      ? rights.map(({ mode, condition }) => `${shell(`mode.${mode}`)}: ${condition}`).join('; ')
      : t('withheldNever');
  };
  const groups = new Map<string, { field: string; word: string }[]>();
  for (const { path, word } of parts) {
    const field = path.slice(root.length + 1);
    groups.set(why(field), [...(groups.get(why(field)) ?? []), { field, word }]);
  }
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4" mb="xs">
        {t('withheld', { count: parts.length })}
      </Title>
      <List size="sm" spacing={4}>
        {[...groups].map(([why, fields]) => (
          <List.Item key={why}>
            {fields.map(({ field, word }) => `${label(type, field)} (${shell(word)})`).join(', ')}
            {why && (
              <Text size="xs" c="dimmed">
                {why}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      {loading && asked && <Waiting />}
      <Text size="sm" mt="xs" className="no-print">
        {!asked && (
          <Button size="compact-sm" variant="default" onClick={() => setAsked(true)} mr="xs">
            {t('withheldWhy')}
          </Button>
        )}
        <Anchor component={Link} href={href('/rights')}>
          {t('rights')}
        </Anchor>
      </Text>
    </Card>
  );
}
