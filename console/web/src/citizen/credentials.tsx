import {
  Alert,
  Button,
  Card,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepKey, useAsk, useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { Dialog } from '../kit/dialog';
import { saveFile } from '../kit/files';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import {
  IssueCredential,
  MyCredentials,
  type MyCredentialsQuery,
  type ProvableQuestion,
  RevokeCredential,
} from './generated';
import labels from './labels.json';
import { type MyPeople, useMyPeople } from './me';

type Credential = NonNullable<MyCredentialsQuery['credentials']>[number];
const QUESTIONS = Object.keys(labels.ProvableQuestion).filter(Boolean) as ProvableQuestion[];
const OTHER = 'other';
const DAYS_MAX = 30;

/** What the holder keeps in a wallet of their own: the console never sees its private key. */
export function Credentials() {
  const { t } = useTranslation('citizen');
  const people = useMyPeople();
  const { data, loading, account, again } = useAsk(MyCredentials, {});
  const [asking, setAsking] = useState<Credential>();
  return (
    <Page title={t('credentials')} about={t('credentialsAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.credentials && <Listed credentials={data.credentials} revoke={setAsking} />}
      {!people.loading && <Issue people={people} done={again} />}
      {asking && (
        <Revoke
          credential={asking}
          close={() => setAsking(undefined)}
          done={() => {
            setAsking(undefined);
            again();
          }}
        />
      )}
    </Page>
  );
}

function Listed({
  credentials,
  revoke,
}: {
  credentials: Credential[];
  revoke: (credential: Credential) => void;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { moment } = useDates();
  return (
    <Rows
      caption={t('credentials')}
      rows={credentials}
      rowKey={({ reference }) => reference}
      columns={[
        { key: 'words', title: t('credentialTells'), cell: ({ words }) => label(words) },
        { key: 'issued', title: t('issuedAt'), cell: ({ issuedAt }) => moment(issuedAt) },
        { key: 'expires', title: t('expiresAt'), cell: ({ expiresAt }) => moment(expiresAt) },
        {
          key: 'standing',
          title: t('standing'),
          cell: ({ standing, revocation }) => (
            <>
              {t(`standing.${standing}`)}
              {revocation && (
                <Text size="sm">
                  {moment(revocation.at)}: {label(revocation.words)}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'revoke',
          title: t('step'),
          cell: (credential) =>
            credential.standing === 'VALID' && (
              <Button size="xs" variant="default" onClick={() => revoke(credential)}>
                {t('revoke')}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Revoke({
  credential,
  close,
  done,
}: {
  credential: Credential;
  close: () => void;
  done: () => void;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { send, sending, problems } = useStep(RevokeCredential);
  const act = async () => {
    if (await send({ reference: credential.reference })) done();
  };
  return (
    <Dialog title={t('revokeTitle')} close={close}>
      <Text>{label(credential.words)}</Text>
      <Text size="sm">{t('revokeAbout')}</Text>
      <Problems problems={problems} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('shell:cancel')}
        </Button>
        <Button loading={sending} onClick={() => void act()}>
          {t('revoke')}
        </Button>
      </Group>
    </Dialog>
  );
}

function Issue({ people, done }: { people: MyPeople; done: () => void }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { send, sending, problems } = useStep(IssueCredential);
  const [question, setQuestion] = useState<ProvableQuestion>('isParentOf');
  const [other, setOther] = useState(people.wards[0]?.number ?? OTHER);
  const [number, setNumber] = useState('');
  const [holderKey, setHolderKey] = useState('');
  const [days, setDays] = useState<number | string>(7);
  const [issued, setIssued] = useState('');
  const of = other === OTHER ? number.trim() : other;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content is another request
  const key = useMemo(stepKey, [question, of, holderKey, days]);
  const issue = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = { key, question, of: { citizenNumber: of }, holderKey, days: Number(days) };
    const made = (await send(wanted))?.issueCredential;
    if (!made) return;
    saveFile(`${made.reference}.sd-jwt`, 'application/dc+sd-jwt', made.credential);
    setIssued(made.reference);
    done();
  };
  return (
    <Card withBorder component="form" onSubmit={(event) => void issue(event)}>
      <Title order={2} size="h4">
        {t('issue')}
      </Title>
      <Stack mt="xs">
        <Group align="flex-end">
          <NativeSelect
            label={t('iAm')}
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value as ProvableQuestion)}
            data={QUESTIONS.map((value) => ({ value, label: t(`question.${value}`) }))}
          />
          <NativeSelect
            label={t('ofWhom')}
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
            data={[
              ...people.wards.map((one) => ({ value: one.number, label: one.name })),
              { value: OTHER, label: t('byNumber') },
            ]}
          />
          {other === OTHER && (
            <TextInput
              label={label('Person', 'citizenNumber')}
              value={number}
              required
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          )}
          <NumberInput label={t('days')} value={days} onChange={setDays} min={1} max={DAYS_MAX} />
        </Group>
        <Textarea
          label={t('holderKey')}
          description={t('holderKeyAbout')}
          value={holderKey}
          required
          rows={3}
          onChange={(event) => setHolderKey(event.currentTarget.value)}
        />
        <Problems problems={problems} />
        {issued && (
          <Alert role="status" variant="light" icon={<IconCircleCheck aria-hidden />}>
            {t('issued', { reference: issued })}
          </Alert>
        )}
        <Button type="submit" w="fit-content" loading={sending}>
          {t('issue')}
        </Button>
      </Stack>
    </Card>
  );
}
