import {
  Alert,
  Autocomplete,
  Button,
  Card,
  Group,
  NativeSelect,
  Radio,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { type Problem, useAsk, useAskNow } from '../kit/ask';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { claimsOf, Shown } from '../kit/token';
import { useLabel } from '../session';
import {
  type LicenceKind,
  type ProvableQuestion,
  ProveAge,
  ProveLicence,
  type ProvenFragment,
  ProveRelationship,
  ProveRepresentation,
  ProveResidence,
  WhoAsks,
} from './generated';
import labels from './labels.json';
import { type MyPeople, useMyPeople } from './me';

const KINDS = ['relationship', 'age', 'residence', 'licence', 'representation'] as const;
type Kind = (typeof KINDS)[number];
const QUESTIONS = Object.keys(labels.ProvableQuestion).filter(Boolean) as ProvableQuestion[];
const LICENCES = Object.keys(labels.LicenceKind).filter(Boolean) as LicenceKind[];
const AGES = [14, 16, 18, 60];
const OTHER = 'other';

export function Proofs() {
  const { t } = useTranslation('citizen');
  const people = useMyPeople();
  const [search, setSearch] = useAddress();
  const kind = KINDS.find((one) => one === search.get('kind')) ?? 'relationship';
  const [proof, setProof] = useState<ProvenFragment>();
  const choose = (value: string) => {
    setProof(undefined);
    setSearch({ kind: value });
  };
  return (
    <Page title={t('proofs')} about={t('proofsAbout')}>
      <Radio.Group label={t('whatToProve')} value={kind} onChange={choose}>
        <Group mt={6}>
          {KINDS.map((one) => (
            <Radio key={one} value={one} label={t(`prove.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      {people.loading && <Waiting />}
      {!people.loading && <Form key={kind} kind={kind} people={people} made={setProof} />}
      {proof && <Made proof={proof} />}
    </Page>
  );
}

/** Each kind asks for what it needs, and says what the audience will and will not learn. */
function Form({
  kind,
  people,
  made,
}: {
  kind: Kind;
  people: MyPeople;
  made: (proof: ProvenFragment | undefined) => void;
}) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { me, wards, companies } = people;
  const [question, setQuestion] = useState<ProvableQuestion>('isParentOf');
  const [person, setPerson] = useState(me.number);
  const [other, setOther] = useState(wards[0]?.number ?? OTHER);
  const [otherNumber, setOtherNumber] = useState('');
  const [years, setYears] = useState(18);
  const [district, setDistrict] = useState('');
  const [licence, setLicence] = useState<LicenceKind>('RESIDENT_IDENTITY_CARD');
  const [company, setCompany] = useState(companies[0]?.number ?? '');
  const [audience, setAudience] = useState('');
  const [nonce, setNonce] = useState('');
  const [problems, setProblems] = useState<Problem[]>([]);
  const [sending, setSending] = useState(false);
  const ask = useAskNow();
  const audiences = useAudiences();
  const subject = { citizenNumber: person };
  const to = { audience: audience.trim(), nonce: nonce.trim() };
  const send = async () => {
    const of = { citizenNumber: other === OTHER ? otherNumber.trim() : other };
    if (kind === 'relationship') {
      return ask(ProveRelationship, { question, person: subject, of, ...to });
    }
    if (kind === 'age') return ask(ProveAge, { person: subject, atLeast: years, ...to });
    if (kind === 'residence') {
      return ask(ProveResidence, { person: subject, district: district.trim(), ...to });
    }
    if (kind === 'licence') {
      const ofCompany = companies.some(({ number }) => number === person);
      const holder = ofCompany ? { entity: person } : { person: subject };
      return ask(ProveLicence, { ...holder, kind: licence, ...to });
    }
    return ask(ProveRepresentation, { person: subject, entity: company.trim(), ...to });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const { data, account } = await send();
    setProblems(account.problems);
    made(data?.proof ?? undefined);
    setSending(false);
  };
  const own = [{ value: me.number, label: t('myself') }];
  const named = wards.map(({ number, name }) => ({ value: number, label: name }));
  const owned = companies.map(({ number, name }) => ({ value: number, label: name }));
  return (
    <Card withBorder component="form" onSubmit={(event) => void submit(event)}>
      <Stack>
        {kind === 'relationship' && (
          <Group align="flex-end">
            <NativeSelect
              label={t('subject')}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
              data={[...own, ...named]}
            />
            <NativeSelect
              label={t('isWhat')}
              value={question}
              onChange={(event) => setQuestion(event.currentTarget.value as ProvableQuestion)}
              data={QUESTIONS.map((value) => ({ value, label: t(`question.${value}`) }))}
            />
            <NativeSelect
              label={t('ofWhom')}
              value={other}
              onChange={(event) => setOther(event.currentTarget.value)}
              data={[...named, ...own, { value: OTHER, label: t('byNumber') }]}
            />
            {other === OTHER && (
              <TextInput
                label={label('Person', 'citizenNumber')}
                value={otherNumber}
                required
                onChange={(event) => setOtherNumber(event.currentTarget.value)}
              />
            )}
          </Group>
        )}
        {kind === 'age' && (
          <NativeSelect
            w="fit-content"
            label={t('atLeast')}
            value={String(years)}
            onChange={(event) => setYears(Number(event.currentTarget.value))}
            data={AGES.map((age) => ({ value: String(age), label: t('years', { age }) }))}
          />
        )}
        {kind === 'residence' && (
          <Group align="flex-end">
            <NativeSelect
              label={t('who')}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
              data={[...own, ...named]}
            />
            <TextInput
              label={t('division')}
              description={t('divisionAbout')}
              value={district}
              required
              pattern="[0-9]{2}([0-9]{2}){0,2}"
              inputMode="numeric"
              onChange={(event) => setDistrict(event.currentTarget.value)}
            />
          </Group>
        )}
        {kind === 'licence' && (
          <Group align="flex-end">
            <NativeSelect
              label={t('who')}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
              data={[...own, ...owned]}
            />
            <NativeSelect
              label={label('Licence', 'kind')}
              value={licence}
              onChange={(event) => setLicence(event.currentTarget.value as LicenceKind)}
              data={LICENCES.map((value) => ({ value, label: label('LicenceKind', value) }))}
            />
          </Group>
        )}
        {kind === 'representation' &&
          (companies.length ? (
            <NativeSelect
              w="fit-content"
              label={t('company')}
              value={company}
              onChange={(event) => setCompany(event.currentTarget.value)}
              data={owned}
            />
          ) : (
            <TextInput
              maw={320}
              label={label('LegalEntity', 'creditCode')}
              value={company}
              required
              onChange={(event) => setCompany(event.currentTarget.value)}
            />
          ))}
        <Group align="flex-start">
          <Autocomplete
            label={t('audience')}
            description={t('audienceAbout')}
            value={audience}
            onChange={setAudience}
            data={audiences}
            required
            maw={320}
          />
          <div>
            <TextInput
              label={t('nonce')}
              description={t('nonceAbout')}
              value={nonce}
              required
              pattern="[A-Za-z0-9_\-]{8,128}"
              maw={320}
              onChange={(event) => setNonce(event.currentTarget.value)}
            />
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => setNonce(crypto.randomUUID())}
            >
              {t('makeNonce')}
            </Button>
          </div>
        </Group>
        <Text size="sm" maw={720}>
          {t(`tells.${kind}`)} {t('tellsNot')}
        </Text>
        <Problems problems={problems} />
        <Button type="submit" w="fit-content" loading={sending}>
          {t('makeProof')}
        </Button>
      </Stack>
    </Card>
  );
}

/** Those who ask for consents are those whom one has to do with; others can be written in. */
function useAudiences(): { value: string; label: string }[] {
  const { data } = useAsk(WhoAsks, {});
  const seen = new Map((data?.consentRequests ?? []).map(({ consumer }) => [consumer, consumer]));
  return [...seen].map(([value]) => ({ value, label: value }));
}

type Claims = {
  words?: { en: string; zh: string };
  aud?: string;
  claim?: Record<string, unknown>;
};

function Made({ proof }: { proof: ProvenFragment }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { words, aud, claim = {} } = claimsOf(proof.token) as Claims;
  const open = claim.answer === 'NOT_DETERMINABLE';
  return (
    <Card withBorder component="section" aria-label={t('theProof')}>
      <Title order={2} size="h4">
        {t('theProof')}
      </Title>
      <Text fw={600} role="status">
        {words && label(words)}
      </Text>
      <Text size="sm" mb="sm">
        {t('proofFor', { audience: aud, reference: proof.reference })}
      </Text>
      {open && (
        <Alert variant="light" color="yellow" mb="sm">
          {t('proofOpen')}
        </Alert>
      )}
      <Shown token={proof.token} title={t('qrOfProof')} expiresAt={proof.expiresAt} />
    </Card>
  );
}
