import {
  Alert,
  Button,
  Card,
  List,
  NativeSelect,
  Radio,
  Stack,
  Tabs,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { useStep } from '../kit/ask';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import {
  Confirm,
  type Desk,
  Form,
  Held,
  StepProblems,
  Unsent,
  useStepKeys,
  useTell,
} from './case-kit';
import type { Part } from './case-progress';
import {
  type CaseVerdict,
  DecideCase,
  type EvidenceNowQuery,
  HandOver,
  type OneCaseQuery,
  RequestEvidence,
  SendMessage,
} from './generated';
import labels from './labels.json';

/** Where to write what is asked for; a row of the evidence leads there. */
export const EVIDENCE_WORDS = 'evidence-words';
const WORDS_MIN = 4;
const WORDS_MAX = 2000;
const STEPS = ['decide', 'evidence', 'message', 'handOver'] as const;
type File = NonNullable<OneCaseQuery['case']>;
export type Proof = NonNullable<EvidenceNowQuery['evidenceOfCase']>[number];
type Props = {
  number: string;
  file: File;
  parts: Part[];
  proofs: readonly Proof[];
  desk: Desk;
  reload: () => void;
};

/** What can be done in a case that is in hand. What is typed stays while the page does. */
export function CaseActions(props: Props) {
  const { t } = useTranslation('caseworker');
  const [search, setSearch] = useAddress();
  const asked = STEPS.find((step) => step === search.get('do'));
  const [typed, setTyped] = useState<Record<string, string>>({});
  if (props.file.state !== 'OPEN') {
    return Object.entries(typed).map(([step, text]) => <Unsent key={step} text={text} />);
  }
  const typing = (step: string) => ({
    text: typed[step] ?? '',
    setText: (text: string) => setTyped((before) => ({ ...before, [step]: text })),
  });
  return (
    <Card withBorder component="section" aria-label={t('act')}>
      <Title order={2} size="h4" mb="xs">
        {t('act')}
      </Title>
      <Tabs
        value={asked ?? 'decide'}
        onChange={(step) => setSearch({ do: step }, { replace: true })}
      >
        <Tabs.List mb="sm" aria-label={t('act')}>
          {STEPS.map((step) => (
            <Tabs.Tab key={step} value={step}>
              {t(`do.${step}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="decide">
          <Decide {...props} {...typing('decide')} />
        </Tabs.Panel>
        <Tabs.Panel value="evidence">
          <Request {...props} {...typing('evidence')} />
        </Tabs.Panel>
        <Tabs.Panel value="message">
          <Message {...props} {...typing('message')} />
        </Tabs.Panel>
        <Tabs.Panel value="handOver">
          <Hand {...props} {...typing('handOver')} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}

type Typing = { text: string; setText: (text: string) => void };

/** Words that say something: long enough, and not one letter many times. */
export function saysNothing(text: string): boolean {
  const said = text.trim();
  return said.length < WORDS_MIN || new Set(said.toLowerCase()).size < 2;
}

export function Words({
  label,
  description,
  id,
  text,
  setText,
  tried,
}: Typing & { label: string; description?: string; id?: string; tried: boolean }) {
  const { t } = useTranslation('caseworker');
  return (
    <Textarea
      id={id}
      label={label}
      description={description}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      autosize
      minRows={3}
      maxRows={12}
      maxLength={WORDS_MAX}
      error={tried && saysNothing(text) ? t('wordsTooShort', { count: WORDS_MIN }) : undefined}
      required
    />
  );
}

function Message({ number, reload, text, setText }: Props & Typing) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems } = useStep(SendMessage);
  const keys = useStepKeys();
  const tell = useTell();
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (saysNothing(text)) return;
    const asked = { number, text };
    if (await send({ ...asked, key: keys.of(asked) })) {
      keys.done();
      setText('');
      setTried(false);
      tell(t('sent'));
      reload();
    }
  };
  return (
    <Form onSubmit={() => void submit()}>
      <Words
        label={t('messageText')}
        description={t('messageHint')}
        {...{ text, setText, tried }}
      />
      <StepProblems problems={problems} reload={reload} />
      <Button type="submit" loading={sending} w="fit-content">
        {t('send')}
      </Button>
    </Form>
  );
}

function Request({ number, file, proofs, desk, reload, text, setText }: Props & Typing) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { send, sending, problems } = useStep(RequestEvidence);
  const keys = useStepKeys();
  const tell = useTell();
  const [search, setSearch] = useAddress();
  const [tried, setTried] = useState(false);
  const first = proofs.find(({ state }) => state !== 'ON_FILE') ?? proofs[0];
  const chosen =
    proofs.find(({ requirement }) => requirement === search.get('requirement')) ?? first;
  const onFile = problems.some(({ code }) => code === 'ALREADY_ON_FILE');
  const submit = async () => {
    setTried(true);
    if (!chosen || saysNothing(text)) return;
    const asked = { number, requirement: chosen.requirement, text };
    if (await send({ ...asked, key: keys.of(asked) })) {
      keys.done();
      setText('');
      setTried(false);
      tell(t('asked'));
    }
    reload();
  };
  return (
    <Form onSubmit={() => void submit()}>
      <NativeSelect
        label={t('requirement')}
        value={chosen?.requirement ?? ''}
        onChange={(event) => {
          const wanted = event.currentTarget.value;
          setSearch({ requirement: wanted }, { replace: true });
        }}
        data={proofs.map(({ requirement, state }) => ({
          value: requirement,
          label: `${desk.requirementName(file.service, requirement)} (${label('CaseEvidenceState', state)})`,
        }))}
      />
      {chosen && (chosen.state === 'ON_FILE' || onFile) && (
        <Alert variant="light" role="status" title={t('onFile')}>
          {chosen.heldBy ? (
            <Held desk={desk} register={chosen.heldBy} record={chosen.heldRecord} />
          ) : (
            t('recordNotShown')
          )}
        </Alert>
      )}
      <Words
        label={t('evidenceText')}
        id={EVIDENCE_WORDS}
        description={t('evidenceHint')}
        {...{ text, setText, tried }}
      />
      <StepProblems problems={problems} reload={reload} />
      <Button type="submit" loading={sending} w="fit-content">
        {t('do.evidence')}
      </Button>
    </Form>
  );
}

function Hand({ number, reload, text, setText }: Props & Typing) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems } = useStep(HandOver);
  const keys = useStepKeys();
  const tell = useTell();
  const href = useHref();
  const [, go] = useLocation();
  const [worker, setWorker] = useState('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const submit = () => {
    setTried(true);
    if (worker.trim() && !saysNothing(text)) setAsking(true);
  };
  const hand = async () => {
    const asked = { number, toWorker: worker.trim(), reason: text };
    const done = await send({ ...asked, key: keys.of(asked) });
    setAsking(false);
    if (done) {
      tell(t('handedOver', { worker: worker.trim() }));
      go(href('/cases', { case: null }));
    }
  };
  return (
    <Form onSubmit={submit}>
      <TextInput
        label={t('toWorker')}
        value={worker}
        onChange={(event) => setWorker(event.currentTarget.value)}
        error={tried && !worker.trim() ? t('toWorkerMissing') : undefined}
        autoComplete="off"
        maw={260}
        required
      />
      <Words label={t('reason')} {...{ text, setText, tried }} />
      <StepProblems problems={problems} reload={reload} />
      <Button type="submit" w="fit-content">
        {t('do.handOver')}…
      </Button>
      <Confirm
        opened={asking}
        title={t('handOverTo', { worker: worker.trim() })}
        effects={[t('handOverEffect'), t('accessEnds')]}
        action={t('do.handOver')}
        sending={sending}
        onClose={() => setAsking(false)}
        onConfirm={() => void hand()}
      />
    </Form>
  );
}

function Decide({ number, file, parts, proofs, desk, reload, text, setText }: Props & Typing) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems, clear } = useStep(DecideCase);
  const keys = useStepKeys();
  const tell = useTell();
  const href = useHref();
  const [, go] = useLocation();
  const [verdict, setVerdict] = useState<CaseVerdict | ''>('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const open = parts.filter(({ state }) => state !== 'DECIDED');
  const against = [
    ...parts
      .filter(({ decision }) => decision === 'REFUSED')
      .map(({ service, part }) => t('againstPart', { part: desk.partName(service, part) })),
    ...proofs
      .filter(({ state }) => state === 'LAPSED')
      .map(({ requirement }) =>
        t('againstLapsed', { requirement: desk.requirementName(file.service, requirement) }),
      ),
  ];
  const submit = () => {
    setTried(true);
    if (verdict && !saysNothing(text)) setAsking(true);
  };
  const decide = async () => {
    if (!verdict || file.version === null) return;
    const asked = { number, decision: verdict, reason: text, expects: file.version };
    const done = await send({ ...asked, key: keys.of(asked) });
    setAsking(false);
    if (done) {
      setText('');
      tell(t(`decided.${verdict}`));
      go(href(`/cases/${number}`, { case: null }));
      reload();
    }
  };
  return (
    <Form onSubmit={submit}>
      {open.length > 0 && (
        <Alert variant="light" title={t('partsOpen', { count: open.length })}>
          {open.map(({ service, part }) => desk.partName(service, part)).join(t('listed'))}
        </Alert>
      )}
      {against.length > 0 && (
        <Alert variant="light" color="red" title={t('against')}>
          <List size="sm">
            {against.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Verdict {...{ verdict, setVerdict, tried }} refuseOnly={against.length > 0} />
      <Words label={t('grounds')} description={t('groundsHint')} {...{ text, setText, tried }} />
      <StepProblems
        problems={problems}
        reload={() => {
          clear();
          reload();
        }}
      />
      <Button type="submit" w="fit-content" disabled={open.length > 0}>
        {t('do.decide')}…
      </Button>
      <Text size="xs" c="dimmed">
        {t('onVersion', { version: file.version ?? '' })}
      </Text>
      <Confirm
        opened={asking}
        title={t(`confirm.${verdict || 'GRANTED'}`, { service: desk.serviceName(file.service) })}
        effects={[t('closes'), t('accessEnds'), t('appealPossible')]}
        action={t(`decideNow.${verdict || 'GRANTED'}`)}
        sending={sending}
        onClose={() => setAsking(false)}
        onConfirm={() => void decide()}
      />
    </Form>
  );
}

export function Verdict({
  verdict,
  setVerdict,
  tried,
  refuseOnly = false,
}: {
  verdict: CaseVerdict | '';
  setVerdict: (verdict: CaseVerdict) => void;
  tried: boolean;
  refuseOnly?: boolean;
}) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  return (
    <Radio.Group
      label={label('Case', 'decision')}
      value={verdict}
      onChange={(value) => setVerdict(value as CaseVerdict)}
      error={tried && !verdict ? t('verdictMissing') : undefined}
      required
    >
      <Stack gap="xs" mt="xs">
        {(['GRANTED', 'REFUSED'] as const).map((one) => (
          <Radio
            key={one}
            value={one}
            label={label('CaseDecision', one)}
            disabled={refuseOnly && one === 'GRANTED'}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
