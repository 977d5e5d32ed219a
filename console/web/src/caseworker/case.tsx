import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Grid,
  Group,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import {
  type Icon,
  IconCircleCheck,
  IconFileAlert,
  IconFileUnknown,
  IconMail,
  IconRefresh,
} from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useAddress } from '../kit/address';
import { type Account, useAsk } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Value } from '../kit/value';
import { useLabel } from '../session';
import { CaseActions, EVIDENCE_WORDS, type Proof } from './case-actions';
import { Deadline, type Desk, Held, PersonLink, useDesk } from './case-kit';
import { CaseProgress, type Part } from './case-progress';
import { EvidenceNow, OfficeName, OneCase, type OneCaseQuery } from './generated';
import labels from './labels.json';
import { Take } from './queue';

type File = NonNullable<OneCaseQuery['case']>;
const EVIDENCE_ICONS: Record<string, Icon> = {
  ON_FILE: IconCircleCheck,
  NOT_ON_FILE: IconFileUnknown,
  REQUESTED: IconMail,
  LAPSED: IconFileAlert,
};

/** One case: where it stands, whom it is about, what is on file, and what can be done. */
export default function CasePage() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { number = '' } = useParams<{ number: string }>();
  const desk = useDesk();
  const { data, loading, account, again } = useAsk(OneCase, { number });
  const file = data?.case;
  const waiting = account.denied.has('case.version');
  const inHand = file?.state === 'OPEN' && !waiting && Boolean(file.service);
  const now = useAsk(EvidenceNow, { number }, !inHand);
  const reloadEvidence = now.again;
  const reload = useCallback(() => {
    again();
    if (inHand) reloadEvidence();
  }, [again, inHand, reloadEvidence]);
  const known = file && !(account.denied.has('case.number') || file.number === null);
  const name = file
    ? desk.serviceName(file.service) || label('CaseKind', file.kind) || t('theCase')
    : t('theCase');
  return (
    <Page
      title={name}
      about={
        <Text span ff="monospace" size="sm">
          {number}
        </Text>
      }
      aside={known && <Standing file={file} waiting={waiting} number={number} />}
    >
      <Problems problems={[...account.problems, ...desk.problems]} again={again} />
      {loading && !data && <Waiting />}
      {data && !known && !account.problems.length && (
        <Alert variant="light" title={t('noCase')}>
          <Text size="sm">{t('noCaseWhy')}</Text>
          <Back />
        </Alert>
      )}
      {known && waiting && <Waits number={number} file={file} again={again} />}
      {known && !waiting && (
        <InHand
          {...{ number, file, account, desk, reload, loading }}
          proofs={inHand ? now.data?.evidenceOfCase : undefined}
          evidence={now}
        />
      )}
    </Page>
  );
}

function Back() {
  const { t } = useTranslation('caseworker');
  const href = useHref();
  return (
    <Anchor component={Link} href={href('/cases', { case: null })} size="sm">
      {t('toQueue')}
    </Anchor>
  );
}

function Standing({ file, waiting, number }: { file: File; waiting: boolean; number: string }) {
  const { t } = useTranslation('caseworker');
  const [search, setSearch] = useAddress();
  const closed = file.state === 'CLOSED';
  const working = search.get('case') === number;
  return (
    <Group gap="md">
      <Badge variant="default" size="lg" tt="none">
        {t(closed ? 'stage.closed' : waiting ? 'stage.waiting' : 'stage.inHand')}
      </Badge>
      <Deadline date={file.deadline} closed={closed} />
      {!closed && !waiting && !working && (
        <Button size="xs" variant="default" onClick={() => setSearch({ case: number })}>
          {t('workInCase')}
        </Button>
      )}
    </Group>
  );
}

/** A case of the office's queue: of whom it is is not told yet. */
function Waits({ number, file, again }: { number: string; file: File; again: () => void }) {
  const { t } = useTranslation('caseworker');
  return (
    <Card withBorder maw={640}>
      <Stack gap="sm">
        <Text size="sm">{t('waitsAbout')}</Text>
        {file.appealOf && <Text size="sm">{t('appealOf', { number: file.appealOf })}</Text>}
        <Group>
          <Take number={number} again={again} />
        </Group>
      </Stack>
    </Card>
  );
}

function InHand({
  number,
  file,
  account,
  desk,
  reload,
  loading,
  proofs,
  evidence,
}: {
  number: string;
  file: File;
  account: Account;
  desk: Desk;
  reload: () => void;
  loading: boolean;
  proofs: readonly Proof[] | null | undefined;
  evidence: { loading: boolean; account: Account; again: () => void };
}) {
  const { t } = useTranslation('caseworker');
  const parts = nodesOf(file.parts);
  const kept = nodesOf(file.evidence).map((paper) => ({
    reference: paper.reference ?? '',
    requirement: paper.requirement ?? '',
    state: paper.state ?? '',
    heldBy: paper.heldBy,
    heldRecord: paper.heldRecord,
  }));
  const shown = proofs ?? kept;
  return (
    <Grid>
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack>
          <Concerned file={file} account={account} number={number} />
          <Section title={t('progress')}>
            <CaseProgress file={file} parts={parts} desk={desk} />
          </Section>
          <Outcome file={file} />
          {file.service && (
            <Section title={t('caseEvidence')}>
              <Problems problems={evidence.account.problems} again={evidence.again} />
              {evidence.loading && !proofs ? (
                <Waiting />
              ) : (
                <Evidence proofs={shown} file={file} desk={desk} />
              )}
            </Section>
          )}
          {!file.service && file.state === 'OPEN' && (
            <Alert variant="light">{t('handledElsewhere')}</Alert>
          )}
          {desk.service(file.service) && (
            <CaseActions {...{ number, file, parts, desk, reload }} proofs={shown} />
          )}
          {parts.length > 0 && <Parts parts={parts} desk={desk} />}
          {file.service && <Messages file={file} desk={desk} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack>
          <Particulars file={file} />
          {file.service && <History file={file} />}
          <Button
            variant="default"
            size="xs"
            w="fit-content"
            loading={loading}
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={reload}
          >
            {t('loadAgain')}
          </Button>
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function nodesOf<Node>(
  connection: { edges: readonly { node: Node | null }[] } | null | undefined,
): Node[] {
  return connection?.edges.flatMap(({ node }) => node ?? []) ?? [];
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {children}
    </Card>
  );
}

/** How it was decided, and until when an appeal is possible. */
function Outcome({ file }: { file: File }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { day } = useDates();
  if (!file.decision && !file.appealOf) return null;
  return (
    <Section title={t('outcome')}>
      {file.decision && (
        <>
          <Text fw={600}>
            {label('CaseDecision', file.decision)} · {day(file.decidedOn)}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {file.grounds}
          </Text>
          {file.appealUntil && (
            <Text size="sm" c="dimmed">
              {t('appealUntil', { date: day(file.appealUntil) })}
            </Text>
          )}
        </>
      )}
      {file.appealOf && (
        <>
          <Text size="sm">{t('appealOf', { number: file.appealOf })}</Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {file.appealGrounds}
          </Text>
        </>
      )}
      {file.decision && (
        <Alert variant="light" mt="xs">
          {t('accessEnded')}
        </Alert>
      )}
    </Section>
  );
}

function Evidence({ proofs, file, desk }: { proofs: readonly Proof[]; file: File; desk: Desk }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const words = useLabel();
  const href = useHref();
  const held = proofs.filter(({ state }) => state === 'ON_FILE');
  return (
    <>
      <Text size="sm" mb="xs">
        {t('evidenceCount', { count: held.length, of: proofs.length })}
      </Text>
      <Rows
        caption={t('evidenceAbout')}
        rows={proofs}
        rowKey={({ reference }) => reference}
        columns={[
          {
            key: 'requirement',
            title: label('CaseEvidence', 'requirement'),
            cell: ({ requirement }) => desk.requirementName(file.service, requirement),
          },
          {
            key: 'state',
            title: label('CaseEvidence', 'state'),
            cell: ({ state }) => <EvidenceState state={state} />,
          },
          {
            key: 'record',
            title: label('CaseEvidence', 'heldRecord'),
            cell: ({ state, requirement, heldBy, heldRecord }) => {
              if (heldBy) return <Held desk={desk} register={heldBy} record={heldRecord} />;
              if (state === 'ON_FILE') return t('recordNotShown');
              const paper = desk.requirement(file.service, requirement)?.replaces;
              return (
                <Stack gap={2} align="flex-start">
                  {paper && (
                    <Text size="sm">
                      {t('bring', { paper: words(paper.label), issuer: words(paper.issuer) })}
                    </Text>
                  )}
                  {paper && (
                    <Text size="xs" c="dimmed">
                      {words(paper.obtain)}
                    </Text>
                  )}
                  {file.state === 'OPEN' && state !== 'REQUESTED' && (
                    <Anchor
                      component={Link}
                      size="sm"
                      href={href(`/cases/${file.number}`, { do: 'evidence', requirement })}
                      onClick={() =>
                        requestAnimationFrame(() =>
                          document.getElementById(EVIDENCE_WORDS)?.focus(),
                        )
                      }
                    >
                      {t('do.evidence')}
                    </Anchor>
                  )}
                </Stack>
              );
            },
          },
        ]}
      />
    </>
  );
}

function EvidenceState({ state }: { state: string }) {
  const label = useLabels(labels);
  const Icon = EVIDENCE_ICONS[state] ?? IconFileUnknown;
  return (
    <Group gap={6} wrap="nowrap">
      <Icon
        size={18}
        aria-hidden
        style={{ flexShrink: 0 }}
        color={state === 'ON_FILE' ? 'var(--mantine-color-green-filled)' : undefined}
      />
      <Text size="sm" fw={500} style={{ whiteSpace: 'nowrap' }}>
        {label('CaseEvidenceState', state)}
      </Text>
    </Group>
  );
}

function Parts({ parts, desk }: { parts: Part[]; desk: Desk }) {
  const label = useLabels(labels);
  const { day } = useDates();
  return (
    <Section title={label('Case', 'parts')}>
      <Rows
        caption={label('Case', 'parts')}
        rows={parts}
        rowKey={({ reference }) => reference ?? ''}
        columns={[
          {
            key: 'part',
            title: label('CasePart', 'part'),
            cell: ({ service, part }) => (
              <>
                {desk.partName(service, part)}
                <Text size="xs" c="dimmed">
                  {desk.department(service, part)}
                </Text>
              </>
            ),
          },
          {
            key: 'state',
            title: label('CasePart', 'state'),
            width: 130,
            cell: ({ state, decision }) =>
              decision ? label('CaseDecision', decision) : label('CasePartState', state),
          },
          {
            key: 'deadline',
            title: label('CasePart', 'deadline'),
            width: 150,
            cell: ({ deadline, state }) => (
              <Deadline date={deadline} closed={state === 'DECIDED'} />
            ),
          },
          {
            key: 'grounds',
            title: label('CasePart', 'grounds'),
            cell: ({ grounds, decidedOn }) => (
              <>
                {grounds}
                <Text size="xs" c="dimmed">
                  {day(decidedOn)}
                </Text>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Messages({ file, desk }: { file: File; desk: Desk }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { moment } = useDates();
  const messages = nodesOf(file.messages).sort((a, b) =>
    (a.sentAt ?? '').localeCompare(b.sentAt ?? ''),
  );
  return (
    <Section title={label('Case', 'messages')}>
      {file.messages?.pageInfo.hasNextPage && <Text size="sm">{t('firstHundred')}</Text>}
      {!messages.length && (
        <Text size="sm" c="dimmed">
          {t('noMessages')}
        </Text>
      )}
      <Stack gap="xs">
        {messages.map(({ reference, sender, text, sentAt, requirement }) => (
          <Card
            key={reference}
            withBorder
            p="xs"
            ml={sender === 'OFFICE' ? 'xl' : 0}
            mr={sender === 'OFFICE' ? 0 : 'xl'}
          >
            <Text size="xs" c="dimmed">
              {label('CaseParty', sender)} · {moment(sentAt)}
              {requirement && ` · ${desk.requirementName(file.service, requirement)}`}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text}
            </Text>
          </Card>
        ))}
      </Stack>
    </Section>
  );
}

/** Whom it concerns, each with the way to their page as this case shows them. */
function Concerned({ file, account, number }: { file: File; account: Account; number: string }) {
  const label = useLabels(labels);
  const inCase = file.state === 'OPEN' ? number : null;
  return (
    <Section title={label('Case', 'subjects')}>
      <Group gap="xl" align="flex-start">
        {file.subjects?.edges.map(({ node, role }, place) => {
          const path = `case.subjects.edges.${place}.node`;
          return (
            node && (
              <div key={node.id}>
                {role && (
                  <Text size="xs" c="dimmed">
                    {label('CaseRole', role)}
                  </Text>
                )}
                <Value account={account} path={`${path}.name`}>
                  {node.name && <PersonLink person={node} inCase={inCase} />}
                </Value>
                <Text size="sm" ff="monospace" component="div">
                  <Value account={account} path={`${path}.citizenNumber`}>
                    {node.citizenNumber}
                  </Value>
                </Text>
              </div>
            )
          );
        })}
        {nodesOf(file.entities).map(({ id, name, creditCode, status }) => (
          <div key={id}>
            <Text size="xs" c="dimmed">
              {label('Case', 'entities')}
            </Text>
            <Text size="sm" fw={500}>
              {name}
            </Text>
            <Text size="sm" ff="monospace">
              {creditCode}
            </Text>
            <Text size="xs" c="dimmed">
              {label('LegalEntityStatus', status)}
            </Text>
          </div>
        ))}
      </Group>
    </Section>
  );
}

function Particulars({ file }: { file: File }) {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { day } = useDates();
  const office = useAsk(OfficeName, { code: file.office ?? '' }, !file.office);
  const name = office.data?.division?.name;
  const lines: [string, ReactNode][] = [
    [label('Case', 'number'), file.number],
    [label('Case', 'openedDate'), day(file.openedDate)],
    [label('Case', 'deadline'), day(file.deadline)],
    [label('Case', 'closedDate'), day(file.closedDate)],
    [label('Case', 'office'), file.office && `${name ?? ''} ${file.office}`],
    [
      label('Case', 'assignees'),
      nodesOf(file.assignees)
        .map(({ code }) => code)
        .join(', '),
    ],
    [label('Case', 'version'), file.version],
  ];
  return (
    <Section title={t('particulars')}>
      <Table
        withRowBorders={false}
        verticalSpacing={2}
        captionSide="top"
        aria-label={t('particulars')}
      >
        <Table.Tbody>
          {lines
            .filter(([, value]) => value !== '' && value !== null && value !== undefined)
            .map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400} c="dimmed">
                  {name}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function History({ file }: { file: File }) {
  const { t, i18n } = useTranslation('caseworker');
  const label = useLabels(labels);
  const { moment } = useDates();
  const steps = nodesOf(file.steps).sort((a, b) =>
    (b.takenAt ?? '').localeCompare(a.takenAt ?? ''),
  );
  const operation = (name: string | null) =>
    i18n.exists(`caseworker:done.${name}`) ? t(`done.${name}`) : name;
  return (
    <Section title={label('Case', 'steps')}>
      {file.steps?.pageInfo.hasNextPage && <Text size="sm">{t('firstHundred')}</Text>}
      <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <li key={step.reference}>
            <Text size="sm" fw={500}>
              {operation(step.operation)}
            </Text>
            <Text size="xs" c="dimmed">
              {moment(step.takenAt)}
              {step.worker && ` · ${step.worker}`}
            </Text>
            {step.words && (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {step.words}
              </Text>
            )}
          </li>
        ))}
      </Stack>
    </Section>
  );
}
