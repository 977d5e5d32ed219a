import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { stepKey, useAsk, useStep } from '../kit/ask';
import { today, useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import type { Edge, Node } from '../kit/picture';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import {
  AppealAgainst,
  MyCase,
  type MyCaseQuery,
  MyCases,
  ServiceNames,
  WriteToOffice,
} from './generated';
import labels from './labels.json';
import { useMe } from './me';
import { Division } from './mine';

const Picture = lazy(async () => ({ default: (await import('../kit/picture')).Picture }));

type Case = NonNullable<MyCaseQuery['case']>;
type Part = NonNullable<NonNullable<Case['parts']>['edges'][number]['node']>;
type Service = NonNullable<MyCaseQuery['services']>[number];

export function Cases() {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const named = useLabel();
  const href = useHref();
  const { day } = useDates();
  const number = useMe();
  const [search] = useSearchParams();
  const { data, loading, account, again } = useAsk(MyCases, {
    number,
    after: search.get('after'),
  });
  const services = useAsk(ServiceNames, {}).data?.services ?? [];
  const found = data?.person?.cases;
  const rows = (found?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
  return (
    <Page title={t('cases')} about={t('casesAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && (
        <Rows
          caption={t('cases')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'number',
              title: label('Case', 'number'),
              cell: (one) => (
                <Anchor
                  component={Link}
                  href={href(`/cases/${encodeURIComponent(one.number ?? '')}`)}
                >
                  {one.number}
                </Anchor>
              ),
            },
            {
              key: 'service',
              title: label('Case', 'service'),
              cell: (one) => {
                const service = services.find(({ id }) => id === one.service);
                return service ? named(service.label) : label('CaseKind', one.kind);
              },
            },
            {
              key: 'state',
              title: label('Case', 'state'),
              cell: (one) =>
                one.decision ? label('CaseDecision', one.decision) : label('CaseState', one.state),
            },
            {
              key: 'opened',
              title: label('Case', 'openedDate'),
              cell: (one) => day(one.openedDate),
            },
            { key: 'until', title: label('Case', 'deadline'), cell: (one) => day(one.deadline) },
          ]}
        />
      )}
      {found?.pageInfo.hasNextPage && (
        <Anchor component={Link} href={href('/cases', { after: found.pageInfo.endCursor })}>
          {t('olderCases')}
        </Anchor>
      )}
    </Page>
  );
}

export function OneCase() {
  const { t } = useTranslation('citizen');
  const { number = '' } = useParams();
  const asked = decodeURIComponent(number);
  const { data, loading, account, again } = useAsk(MyCase, { number: asked });
  const found = data?.case;
  const service = data?.services?.find(({ id }) => id === found?.service);
  return (
    <Page title={t('caseTitle', { number: asked })}>
      <Problems problems={account.problems} again={again} />
      {loading && !found && <Waiting />}
      {data && !found && <Text>{t('noSuchCase')}</Text>}
      {found && (
        <>
          <Summary found={found} service={service} />
          <Way found={found} service={service} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Messages found={found} again={again} />
            <Evidence found={found} service={service} />
          </SimpleGrid>
          <Appeal found={found} />
        </>
      )}
    </Page>
  );
}

function Summary({ found, service }: { found: Case; service: Service | undefined }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const named = useLabel();
  const href = useHref();
  const { day } = useDates();
  return (
    <Card withBorder component="section" aria-label={t('whereItStands')}>
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h4">
          {service ? named(service.label) : label('CaseKind', found.kind)}
        </Title>
        <Badge size="lg" tt="none">
          {found.decision ? label('CaseDecision', found.decision) : label('CaseState', found.state)}
        </Badge>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="xs" spacing="xs">
        <Fact title={label('Case', 'openedDate')}>{day(found.openedDate)}</Fact>
        <Fact title={label('Case', 'deadline')}>{day(found.deadline)}</Fact>
        <Fact title={label('Case', 'office')}>
          {found.office && <Division code={found.office} />}
        </Fact>
        <Fact title={label('Case', 'decidedOn')}>{day(found.decidedOn)}</Fact>
      </SimpleGrid>
      {found.grounds && (
        <Text mt="xs">
          {label('Case', 'grounds')}: {found.grounds}
        </Text>
      )}
      {found.appealOf && (
        <Text size="sm" mt="xs">
          {label('Case', 'appealOf')}:{' '}
          <Anchor component={Link} href={href(`/cases/${encodeURIComponent(found.appealOf)}`)}>
            {found.appealOf}
          </Anchor>
        </Text>
      )}
    </Card>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  const { t } = useTranslation('citizen');
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text size="sm">{children || t('notYet')}</Text>
    </div>
  );
}

/** From the application through each department to the decision, as a picture. */
function Way({ found, service }: { found: Case; service: Service | undefined }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const named = useLabel();
  const { day } = useDates();
  const parts = useMemo(
    () => (found.parts?.edges ?? []).flatMap(({ node }) => (node ? [node] : [])),
    [found],
  );
  const { nodes, edges } = useMemo(() => {
    const partOf = (part: Part) => service?.parts.find(({ id }) => id === part.part);
    const told = (part: Part) =>
      part.decision ? label('CaseDecision', part.decision) : label('CasePartState', part.state);
    const made: Node[] = [
      { id: 'in', label: `${t('applied')}\n${day(found.openedDate)}`, kind: 'person' },
      ...parts.map((part, index) => ({
        id: `part ${index}`,
        label: `${named(partOf(part)?.department ?? { en: part.department ?? '', zh: part.department ?? '' })}\n${told(part)}`,
        kind: 'case',
        lit: part.state === 'OPEN' && found.state === 'OPEN',
      })),
      {
        id: 'out',
        label: `${t('decision')}\n${found.decision ? label('CaseDecision', found.decision) : t('notYet')}`,
        kind: 'licence',
        focus: true,
        lit: found.state === 'OPEN' && parts.every(({ state }) => state === 'DECIDED'),
      },
    ];
    const through = parts.length ? parts.map((_, index) => `part ${index}`) : [];
    const drawn: Edge[] = through.length
      ? through.flatMap((id, index): Edge[] => [
          { id: `in ${id}`, from: 'in', to: id, label: '' },
          {
            id: `out ${id}`,
            from: id,
            to: 'out',
            label: '',
            status: parts[index]?.state === 'DECIDED' ? 'proven' : 'consistent',
          },
        ])
      : [{ id: 'in out', from: 'in', to: 'out', label: '' }];
    return { nodes: made, edges: drawn };
  }, [found, service, parts, label, named, day, t]);
  return (
    <Card withBorder component="section" aria-label={t('way')}>
      <Title order={2} size="h4" mb="xs">
        {t('way')}
      </Title>
      <Suspense fallback={<Waiting />}>
        <Picture
          title={t('way')}
          nodes={nodes}
          edges={edges}
          height={300}
          table={
            <Rows
              caption={t('way')}
              rows={parts}
              rowKey={({ reference }, index) => reference ?? String(index)}
              columns={[
                {
                  key: 'department',
                  title: label('CasePart', 'department'),
                  cell: (part) => {
                    const of = service?.parts.find(({ id }) => id === part.part);
                    return of ? `${named(of.department)} · ${named(of.label)}` : part.department;
                  },
                },
                {
                  key: 'state',
                  title: label('CasePart', 'state'),
                  cell: (part) =>
                    part.decision
                      ? label('CaseDecision', part.decision)
                      : label('CasePartState', part.state),
                },
                {
                  key: 'until',
                  title: label('CasePart', 'deadline'),
                  cell: (part) => day(part.deadline),
                },
                {
                  key: 'grounds',
                  title: label('CasePart', 'grounds'),
                  cell: (part) => part.grounds,
                },
              ]}
            />
          }
        />
      </Suspense>
    </Card>
  );
}

function Messages({ found, again }: { found: Case; again: () => void }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { moment } = useDates();
  const { send, sending, problems } = useStep(WriteToOffice);
  const [text, setText] = useState('');
  const [key, setKey] = useState(stepKey);
  const messages = (found.messages?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
  const write = async () => {
    if (!(await send({ key, number: found.number ?? '', text: text.trim() }))) return;
    setText('');
    setKey(stepKey());
    again();
  };
  return (
    <Card withBorder component="section" aria-label={label('Case', 'messages')}>
      <Title order={2} size="h4">
        {label('Case', 'messages')}
      </Title>
      <Stack gap="xs" mt="xs">
        {!messages.length && <Text size="sm">{t('noMessages')}</Text>}
        {messages.map((message) => (
          <Card key={message.reference} withBorder padding="xs" component="article">
            <Text size="xs" c="dimmed">
              {label('CaseParty', message.sender)} · {message.sentAt && moment(message.sentAt)}
            </Text>
            <Text style={{ whiteSpace: 'pre-wrap' }}>{message.text}</Text>
          </Card>
        ))}
        {found.messages?.pageInfo.hasNextPage && <Text size="sm">{t('first100')}</Text>}
        {found.state === 'OPEN' && (
          <>
            <Textarea
              label={t('write')}
              value={text}
              autosize
              minRows={2}
              onChange={(event) => {
                setText(event.currentTarget.value);
                setKey(stepKey());
              }}
            />
            <Problems problems={problems} />
            <Button
              w="fit-content"
              loading={sending}
              disabled={!text.trim()}
              onClick={() => void write()}
            >
              {t('send')}
            </Button>
          </>
        )}
      </Stack>
    </Card>
  );
}

function Evidence({ found, service }: { found: Case; service: Service | undefined }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const named = useLabel();
  const rows = (found.evidence?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
  return (
    <Card withBorder component="section" aria-label={label('Case', 'evidence')}>
      <Title order={2} size="h4">
        {label('Case', 'evidence')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('evidenceAbout')}
      </Text>
      <Rows
        caption={label('Case', 'evidence')}
        rows={rows}
        rowKey={({ reference }, index) => reference ?? String(index)}
        columns={[
          {
            key: 'requirement',
            title: label('CaseEvidence', 'requirement'),
            cell: (one) => {
              const of = service?.requirements.find(({ id }) => id === one.requirement);
              return of ? named(of.label) : one.requirement;
            },
          },
          {
            key: 'state',
            title: label('CaseEvidence', 'state'),
            cell: (one) => label('CaseEvidenceState', one.state),
          },
        ]}
      />
    </Card>
  );
}

/** Only while there is an appeal to make. */
function Appeal({ found }: { found: Case }) {
  const { t } = useTranslation('citizen');
  const href = useHref();
  const [, go] = useLocation();
  const { day } = useDates();
  const { send, sending, problems } = useStep(AppealAgainst);
  const [reason, setReason] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reason is another appeal
  const key = useMemo(stepKey, [reason]);
  if (found.state !== 'CLOSED' || !found.appealUntil || found.appealOf) return null;
  if (found.appealUntil < today()) {
    return <Alert variant="light">{t('appealOver', { day: day(found.appealUntil) })}</Alert>;
  }
  const appeal = async () => {
    const done = await send({ key, number: found.number ?? '', reason: reason.trim() });
    if (done?.appeal) go(href(`/cases/${encodeURIComponent(done.appeal.number)}`));
  };
  return (
    <Card withBorder component="section" aria-label={t('appeal')}>
      <Title order={2} size="h4">
        {t('appeal')}
      </Title>
      <Text size="sm">{t('appealAbout', { day: day(found.appealUntil) })}</Text>
      <Textarea
        label={t('appealReason')}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Problems problems={problems} />
      <Button
        mt="xs"
        w="fit-content"
        loading={sending}
        disabled={!reason.trim()}
        onClick={() => void appeal()}
      >
        {t('appeal')}
      </Button>
    </Card>
  );
}
