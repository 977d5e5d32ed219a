import { Alert, Button, Card, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useAsk, useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Value } from '../kit/value';
import { saysNothing, Verdict, Words } from './case-actions';
import {
  Confirm,
  Deadline,
  Form,
  PersonLink,
  StepProblems,
  Unsent,
  useDesk,
  useStepKeys,
  useTell,
} from './case-kit';
import { type CaseVerdict, DecidePart, OnePart, type OnePartQuery } from './generated';
import labels from './labels.json';

type Part = NonNullable<OnePartQuery['casePart']>;

/** The part of a case that the caller's department does. The case itself stays closed to it. */
export default function PartPage() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const desk = useDesk();
  const { day } = useDates();
  const [search] = useSearchParams();
  const reference = search.get('reference') ?? '';
  const { data, loading, account, again } = useAsk(OnePart, { reference });
  const part = data?.casePart;
  return (
    <Page
      title={part ? desk.partName(part.service, part.part) : label('CasePart')}
      about={
        <>
          {part && desk.serviceName(part.service)}{' '}
          <Text span ff="monospace" size="sm">
            {reference}
          </Text>
        </>
      }
      aside={part && <Deadline date={part.deadline} closed={part.state === 'DECIDED'} />}
    >
      <Problems problems={[...account.problems, ...desk.problems]} again={again} />
      {loading && !data && <Waiting />}
      {data && !part && !account.problems.length && (
        <Alert variant="light" title={t('noPart')}>
          {t('noPartWhy')}
        </Alert>
      )}
      {part && (
        <Stack maw={760}>
          <Card withBorder component="section" aria-label={label('CasePart', 'subjects')}>
            <Title order={2} size="h4" mb="xs">
              {label('CasePart', 'subjects')}
            </Title>
            <Stack gap="xs">
              {part.subjects?.edges.map(({ node }, place) => {
                const path = `casePart.subjects.edges.${place}.node`;
                return (
                  node && (
                    <div key={node.id}>
                      <Value account={account} path={`${path}.name`}>
                        {node.name && <PersonLink person={node} inCase={null} />}
                      </Value>
                      <Text size="sm" component="div" ff="monospace">
                        <Value account={account} path={`${path}.citizenNumber`}>
                          {node.citizenNumber}
                        </Value>
                      </Text>
                    </div>
                  )
                );
              })}
            </Stack>
          </Card>
          {part.state === 'DECIDED' && (
            <Card withBorder component="section" aria-label={t('outcome')}>
              <Title order={2} size="h4" mb="xs">
                {t('outcome')}
              </Title>
              <Text fw={600}>
                {label('CaseDecision', part.decision)} · {day(part.decidedOn)}
              </Text>
              <Text size="sm">{part.grounds}</Text>
            </Card>
          )}
          <DecideIt part={part} reference={reference} reload={again} />
        </Stack>
      )}
    </Page>
  );
}

function DecideIt({
  part,
  reference,
  reload,
}: {
  part: Part;
  reference: string;
  reload: () => void;
}) {
  const { t } = useTranslation('caseworker');
  const { send, sending, problems, clear } = useStep(DecidePart);
  const keys = useStepKeys();
  const tell = useTell();
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<CaseVerdict | ''>('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  if (part.state === 'DECIDED') return <Unsent text={text} />;
  const submit = () => {
    setTried(true);
    if (verdict && !saysNothing(text)) setAsking(true);
  };
  const decide = async () => {
    if (!verdict || part.version === null) return;
    const asked = { reference, decision: verdict, reason: text, expects: part.version };
    const done = await send({ ...asked, key: keys.of(asked) });
    setAsking(false);
    if (done) {
      setText('');
      tell(t('partDecided'));
      reload();
    }
  };
  return (
    <Card withBorder component="section" aria-label={t('decidePart')}>
      <Title order={2} size="h4" mb="xs">
        {t('decidePart')}
      </Title>
      <Form onSubmit={submit}>
        <Verdict {...{ verdict, setVerdict, tried }} />
        <Words label={t('grounds')} {...{ text, setText, tried }} />
        <StepProblems
          problems={problems}
          reload={() => {
            clear();
            reload();
          }}
        />
        <Button type="submit" w="fit-content">
          {t('decidePart')}…
        </Button>
        <Text size="xs" c="dimmed">
          {t('onVersion', { version: part.version ?? '' })}
        </Text>
      </Form>
      <Confirm
        opened={asking}
        title={t('decidePart')}
        effects={[t('partOnce'), t(`partEffect.${verdict || 'GRANTED'}`)]}
        action={t(`decideNow.${verdict || 'GRANTED'}`)}
        sending={sending}
        onClose={() => setAsking(false)}
        onConfirm={() => void decide()}
      />
    </Card>
  );
}
