import {
  Anchor,
  Badge,
  Button,
  Card,
  Code,
  Group,
  List,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { useHref } from '../kit/href';
import { Moment } from '../kit/moment';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Decline, DraftFrom, Requests, type RequestsQuery } from './generated';

type Asked = NonNullable<RequestsQuery['accessRequests']>[number];

export function RequestsPage() {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const shown = search.get('shown') ?? 'open';
  const { data, loading, account, again } = useAsk(Requests, {});
  const found = (data?.accessRequests ?? []).filter(
    ({ state }) => shown === 'all' || state === 'open',
  );
  return (
    <Page title={t('requests')} about={t('requestsAbout')}>
      <SegmentedControl
        w="fit-content"
        aria-label={t('shownRequests')}
        value={shown}
        onChange={(value) => setSearch({ shown: value })}
        data={[
          { value: 'open', label: t('openRequests') },
          { value: 'all', label: t('allRequests') },
        ]}
      />
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data && !found.length && <Text size="sm">{t('noRequests')}</Text>}
      {found.map((asked) => (
        <One key={asked.number} asked={asked} again={again} />
      ))}
    </Page>
  );
}

function One({ asked, again }: { asked: Asked; again: () => void }) {
  const { t } = useTranslation('policy');
  const href = useHref();
  const [, navigate] = useLocation();
  const [words, setWords] = useState('');
  const [declining, setDeclining] = useState(false);
  const decline = useStep(Decline);
  const draft = useStep(DraftFrom);
  const { number, state } = asked;
  return (
    <Card withBorder component="section" aria-label={t('requestNumber', { number })}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('requestNumber', { number })}
          </Title>
          <Badge variant="default" tt="none">
            {t(`request.${state}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {asked.consumer} · {asked.purpose} · {asked.basis}
        </Text>
        <Text>{asked.reason}</Text>
        <Text size="sm">
          {t('document')}: {asked.document}
          {asked.until && ` · ${t('until')}: ${asked.until}`}
        </Text>
        <List size="sm">
          {asked.parts.map((part) => (
            <List.Item key={part.type + part.rows}>
              {part.fields.map(({ name, mode, mask }) => (
                <Code key={name + mode} me={4}>
                  {part.type}.{name} ({t(`mode.${mode}`)}
                  {mask && `: ${t(`mask.${mask}`)}`})
                </Code>
              ))}
              {part.rows && (
                <>
                  {t('ofRows')} <Code>{part.rows}</Code>
                </>
              )}
            </List.Item>
          ))}
        </List>
        <Text size="xs" c="dimmed">
          {asked.by.name} {asked.by.organisation && `(${asked.by.organisation})`}
        </Text>
        {asked.steps.map(({ step, at, by, why, version }) => (
          <Text size="xs" key={step + at}>
            {t(`request.${step}`)} · {by.name} · <Moment at={at} /> {why}{' '}
            {version && (
              <Anchor size="xs" component={Link} href={href(`/versions/${version}`)}>
                {t('aboutVersion', { number: version })}
              </Anchor>
            )}
          </Text>
        ))}
        <Problems problems={[...decline.problems, ...draft.problems]} />
        {state === 'open' && (
          <>
            {declining && (
              <Textarea
                label={t('declineWhy')}
                required
                autosize
                minRows={2}
                value={words}
                onChange={(event) => setWords(event.currentTarget.value)}
              />
            )}
            <Group gap="xs">
              <Button
                size="xs"
                loading={draft.sending}
                onClick={async () => {
                  const made = await draft.send({ number });
                  const version = made?.draftFromAccessRequest?.number;
                  if (version) navigate(href(`/versions/${version}`));
                }}
              >
                {t('draftFrom')}
              </Button>
              <Button
                size="xs"
                variant="default"
                loading={decline.sending}
                disabled={declining && !words.trim()}
                onClick={async () => {
                  if (!declining) setDeclining(true);
                  else if (await decline.send({ number, why: words })) again();
                }}
              >
                {t('decline')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Card>
  );
}
