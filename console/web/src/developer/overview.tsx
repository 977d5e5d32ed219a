import {
  Anchor,
  Badge,
  Button,
  Card,
  Group,
  NativeSelect,
  Text,
  Textarea,
  Timeline,
  Title,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { Dialog } from '../kit/dialog';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel, useSession } from '../session';
import { OwnConsumers, OwnRequests, type OwnRequestsQuery, WithdrawRequest } from './generated';

type Request = NonNullable<OwnRequestsQuery['ownAccessRequests']>[number];
const STATES = ['open', 'drafted', 'declined', 'withdrawn'];

export function Overview() {
  const { t } = useTranslation('developer');
  const href = useHref();
  const { principal } = useSession();
  const { data, loading, account, again } = useAsk(OwnRequests, {});
  const [search, setSearch] = useAddress();
  const [state, focus] = [search.get('state') ?? '', search.get('request')];
  const all = data?.ownAccessRequests ?? [];
  const shown = all.filter((one) => !state || one.state === state);
  return (
    <Page
      title={t('overview')}
      about={t('overviewAbout', { organisation: principal.organisation ?? '—' })}
      aside={
        <Button
          component={Link}
          href={href('/requests/new')}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {t('newRequest')}
        </Button>
      }
    >
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      <Own />
      {data && (
        <NativeSelect
          w="fit-content"
          label={t('state')}
          value={state}
          onChange={({ currentTarget: { value } }) => setSearch({ state: value })}
          data={[
            { value: '', label: t('anyState') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
      )}
      {data && !shown.length && <Text>{t(all.length ? 'noneOfState' : 'noRequests')}</Text>}
      {shown.map((request) => (
        <One
          key={request.number}
          request={request}
          again={again}
          focus={focus === String(request.number)}
        />
      ))}
    </Page>
  );
}

/** The organisation's consumers: what each may use data for, and for whom it may have proofs. */
function Own() {
  const { t } = useTranslation('developer');
  const label = useLabel();
  const { data, account, again } = useAsk(OwnConsumers, {});
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {data?.ownConsumers?.map((own) => (
        <Card key={own.consumer} withBorder component="section" aria-label={label(own.label)}>
          <Title order={2} size="h4">
            {label(own.label)}{' '}
            <Text span size="sm" c="dimmed" ff="monospace">
              {own.consumer}
            </Text>
          </Title>
          {own.purposes.map((purpose) => (
            <Text size="sm" key={purpose.purpose}>
              {label(purpose.label)}:{' '}
              {purpose.bases.map((one) => `${label(one.label)} (${one.citation})`).join('; ')}
            </Text>
          ))}
          {own.audiences.length > 0 && (
            <Text size="sm">{t('proofsFor', { audiences: own.audiences.join(', ') })}</Text>
          )}
        </Card>
      ))}
    </>
  );
}

function One({ request, again, focus }: { request: Request; again: () => void; focus: boolean }) {
  const { t } = useTranslation('developer');
  const href = useHref();
  const { moment, day } = useDates();
  const [asking, setAsking] = useState(false);
  const named = t('requestTitle', { number: request.number });
  const declined = request.steps.findLast(({ step }) => step === 'declined');
  return (
    <Card
      withBorder
      component="article"
      aria-label={named}
      style={focus ? { borderColor: 'var(--mantine-primary-color-filled)', borderWidth: 2 } : {}}
    >
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h4">
          <Anchor
            component={Link}
            href={href('/', { request: String(request.number) })}
            inherit
            aria-current={focus ? 'true' : undefined}
          >
            {named}
          </Anchor>
        </Title>
        <Badge tt="none" size="lg" variant={request.state === 'open' ? 'filled' : 'default'}>
          {t(`state.${request.state}`)}
        </Badge>
      </Group>
      <Text size="sm">
        {t('forWhat', {
          consumer: request.consumer,
          purpose: request.purpose,
          basis: request.basis,
        })}
      </Text>
      {request.parts.map((part) => (
        <Text size="sm" key={`${part.type} ${part.rows}`} ff="monospace">
          {part.type}:{' '}
          {part.fields
            .map((one) => `${one.name} (${one.mode}${one.mask ? ` ${one.mask}` : ''})`)
            .join(', ')}
          {part.rows && ` · ${part.rows}`}
        </Text>
      ))}
      <Text size="sm">
        {t('reason')}: {request.reason}
      </Text>
      <Text size="sm">
        {t('document')}: {request.document}
        {request.until && ` · ${t('until', { day: day(request.until) })}`}
      </Text>
      {declined?.why && (
        <Text size="sm" fw={600}>
          {t('declinedBecause', { why: declined.why })}
        </Text>
      )}
      <Timeline bulletSize={12} lineWidth={2} mt="sm">
        {request.steps.map((step) => (
          <Timeline.Item key={`${step.step} ${step.at}`}>
            <Text size="sm">
              {t(`step.${step.step}`)} · {moment(step.at)} · {step.by.account}
              {step.version !== null && ` · ${t('version', { number: step.version })}`}
            </Text>
            {step.why && (
              <Text size="sm" c="dimmed">
                {step.why}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
      {request.state === 'open' && (
        <Button mt="xs" size="xs" variant="default" w="fit-content" onClick={() => setAsking(true)}>
          {t('withdraw')}
        </Button>
      )}
      {asking && (
        <Withdraw
          number={request.number}
          close={() => setAsking(false)}
          done={() => {
            setAsking(false);
            again();
          }}
        />
      )}
    </Card>
  );
}

function Withdraw({
  number,
  close,
  done,
}: {
  number: number;
  close: () => void;
  done: () => void;
}) {
  const { t } = useTranslation('developer');
  const { send, sending, problems } = useStep(WithdrawRequest);
  const [why, setWhy] = useState('');
  return (
    <Dialog title={t('withdrawTitle', { number })} close={close}>
      <Textarea
        label={t('why')}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Problems problems={problems} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('shell:cancel')}
        </Button>
        <Button
          loading={sending}
          onClick={async () => {
            if (await send({ number, why: why.trim() })) done();
          }}
        >
          {t('withdraw')}
        </Button>
      </Group>
    </Dialog>
  );
}
