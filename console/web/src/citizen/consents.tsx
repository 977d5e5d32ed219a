import { Alert, Badge, Button, Card, Group, List, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { Dialog } from '../kit/dialog';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import {
  GiveConsent,
  GivenConsents,
  type GivenConsentsQuery,
  WhoAsks,
  type WhoAsksQuery,
  WithdrawConsent,
} from './generated';
import { type Named, useMyPeople, useWhose } from './me';

type Asking = NonNullable<WhoAsksQuery['consentRequests']>[number];
type Person = NonNullable<GivenConsentsQuery['person']>;
type Consent = NonNullable<NonNullable<Person['consents']>['edges'][number]['node']>;
type Step = { asking: Asking; consent: Consent | undefined };

export function Consents() {
  const { t } = useTranslation('citizen');
  const people = useMyPeople();
  const { whose, choice } = useWhose(people);
  return (
    <Page title={t('consents')} about={t('consentsAbout')}>
      {choice && <Group>{choice}</Group>}
      {!people.loading && (
        <Agreements key={whose.number} whose={whose} own={whose.number === people.me.number} />
      )}
    </Page>
  );
}

function Agreements({ whose, own }: { whose: Named; own: boolean }) {
  const { t } = useTranslation('citizen');
  const asked = useAsk(WhoAsks, {});
  const given = useAsk(GivenConsents, { number: whose.number });
  const [step, setStep] = useState<Step>();
  const [done, setDone] = useState('');
  const consents = (given.data?.person?.consents?.edges ?? []).flatMap(({ node }) =>
    node ? [node] : [],
  );
  const standing = (asking: Asking) =>
    consents.find(
      (one) =>
        one.consumer === asking.consumer && one.purpose === asking.purpose && !one.withdrawnOn,
    );
  const requests = asked.data?.consentRequests ?? [];
  return (
    <>
      <Problems problems={asked.account.problems} again={asked.again} />
      <Problems problems={given.account.problems} again={given.again} />
      {(asked.loading || given.loading) && <Waiting />}
      {done && (
        <Alert role="status" color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
          {done}
        </Alert>
      )}
      <Title order={2} size="h4">
        {t('whoAsks')}
      </Title>
      {asked.data && !requests.length && <Text>{t('nobodyAsks')}</Text>}
      {given.data &&
        requests.map((asking) => (
          <Request
            key={`${asking.consumer} ${asking.purpose}`}
            asking={asking}
            consent={standing(asking)}
            act={() => setStep({ asking, consent: standing(asking) })}
          />
        ))}
      {given.data && <History consents={consents} asked={requests} />}
      {step && (
        <Confirm
          step={step}
          whose={whose}
          own={own}
          close={() => setStep(undefined)}
          finish={(words) => {
            setStep(undefined);
            setDone(words);
            given.again();
          }}
        />
      )}
    </>
  );
}

function Request({
  asking,
  consent,
  act,
}: {
  asking: Asking;
  consent: Consent | undefined;
  act: () => void;
}) {
  const { t, i18n } = useTranslation('citizen');
  const label = useLabel();
  const { day } = useDates();
  return (
    <Card withBorder component="section" aria-label={label(asking.consumerLabel)}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={3} size="h5">
            {label(asking.consumerLabel)}
          </Title>
          <Text size="sm">
            {t('asksFor', {
              organisation: label(asking.organisation),
              purpose: label(asking.purposeLabel),
            })}
          </Text>
          {i18n.language === 'en' && <Text size="sm">{asking.purposeDescription}</Text>}
        </div>
        <Badge variant={consent ? 'filled' : 'default'} tt="none">
          {consent ? t('agreed', { day: day(consent.givenOn) }) : t('notAgreed')}
        </Badge>
      </Group>
      <Text size="sm" fw={500} mt="sm">
        {t('wouldSee')}
      </Text>
      <List size="sm">
        {asking.fields.map((field) => (
          <List.Item key={field.coordinate}>
            {label(field.label)}
            {i18n.language === 'en' && field.description && (
              <Text span size="sm" c="dimmed">
                {' '}
                – {field.description}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed" mt="xs">
        {asking.bases
          .map(({ label: basis, citation }) => `${label(basis)}: ${citation}`)
          .join('; ')}
      </Text>
      <Text size="sm" mt="xs">
        {t('howLong')}
      </Text>
      <Button mt="sm" w="fit-content" variant={consent ? 'default' : 'filled'} onClick={act}>
        {t(consent ? 'withdraw' : 'agree')}
      </Button>
    </Card>
  );
}

function Confirm({
  step: { asking, consent },
  whose,
  own,
  close,
  finish,
}: {
  step: Step;
  whose: Named;
  own: boolean;
  close: () => void;
  finish: (words: string) => void;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const give = useStep(GiveConsent);
  const withdraw = useStep(WithdrawConsent);
  const words = {
    who: label(asking.consumerLabel),
    purpose: label(asking.purposeLabel),
    whose: own ? t('yours') : whose.name,
    fields: asking.fields.map((field) => label(field.label)).join(t('comma')),
  };
  const act = async () => {
    const done = consent?.reference
      ? await withdraw.send({ reference: consent.reference })
      : await give.send({
          consumer: asking.consumer,
          purpose: asking.purpose,
          number: own ? null : whose.number,
        });
    if (done) finish(t(consent ? 'withdrawn' : 'given', words));
  };
  return (
    <Dialog title={t(consent ? 'withdrawTitle' : 'agreeTitle')} close={close}>
      <Text>{t(consent ? 'withdrawWords' : 'agreeWords', words)}</Text>
      <Problems problems={[...give.problems, ...withdraw.problems]} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('shell:cancel')}
        </Button>
        <Button
          onClick={() => void act()}
          loading={give.sending || withdraw.sending}
          data-autofocus
        >
          {t(consent ? 'withdraw' : 'agree')}
        </Button>
      </Group>
    </Dialog>
  );
}

function History({ consents, asked }: { consents: Consent[]; asked: Asking[] }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { day } = useDates();
  if (!consents.length) return null;
  const of = (consent: Consent) =>
    asked.find(
      ({ consumer, purpose }) => consumer === consent.consumer && purpose === consent.purpose,
    );
  return (
    <Rows
      caption={t('allConsents')}
      rows={consents}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'who',
          title: t('whom'),
          cell: (one) => {
            const asking = of(one);
            return asking ? label(asking.consumerLabel) : one.consumer;
          },
        },
        {
          key: 'purpose',
          title: t('shell:purpose'),
          cell: (one) => {
            const asking = of(one);
            return asking ? label(asking.purposeLabel) : one.purpose;
          },
        },
        { key: 'given', title: t('givenOn'), cell: ({ givenOn }) => day(givenOn) },
        {
          key: 'withdrawn',
          title: t('withdrawnOn'),
          cell: ({ withdrawnOn }) => (withdrawnOn ? day(withdrawnOn) : t('stands')),
        },
        { key: 'reference', title: t('referenceNumber'), cell: ({ reference }) => reference },
      ]}
    />
  );
}
