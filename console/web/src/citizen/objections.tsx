import { Alert, Badge, Button, Card, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { REGISTERS, useRegisters } from '../kit/registers';
import { Rows } from '../kit/table';
import { type CreditFragment, MyCreditRecords, ObjectTo } from './generated';
import labels from './labels.json';
import { useMe } from './me';

export function Objections() {
  const { t } = useTranslation('citizen');
  const number = useMe();
  const { data, loading, account, again } = useAsk(MyCreditRecords, { number });
  const person = data?.person;
  const own = recordsOf(person?.creditRecords);
  const companies = (person?.representedEntities?.edges ?? []).flatMap(({ node }) =>
    node ? [{ name: node.name, records: recordsOf(node.creditRecords) }] : [],
  );
  return (
    <Page title={t('objections')} about={t('objectionsAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data && (
        <>
          <Records title={t('aboutMe')} records={own} again={again} />
          {person?.creditRecords?.pageInfo.hasNextPage && <Text>{t('first50')}</Text>}
          {companies.map(({ name, records }) => (
            <Records key={name} title={name ?? ''} records={records} again={again} />
          ))}
        </>
      )}
      <Elsewhere />
    </Page>
  );
}

function recordsOf(
  connection: { edges: { node: CreditFragment | null }[] } | null | undefined,
): CreditFragment[] {
  return (connection?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
}

function Records({
  title,
  records,
  again,
}: {
  title: string;
  records: CreditFragment[];
  again: () => void;
}) {
  const { t } = useTranslation('citizen');
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {!records.length && <Text size="sm">{t('noRecords')}</Text>}
      <Stack gap="sm">
        {records.map((record) => (
          <One key={record.id} record={record} again={again} />
        ))}
      </Stack>
    </section>
  );
}

function One({ record, again }: { record: CreditFragment; again: () => void }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { day } = useDates();
  const { send, sending, problems } = useStep(ObjectTo);
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState(false);
  const [received, setReceived] = useState('');
  const object = async () => {
    const done = await send({ number: record.number ?? '', reason: reason.trim() });
    if (!done?.objectToCreditRecord) return;
    setReceived(done.objectToCreditRecord.receivedOn);
    setOpen(false);
    again();
  };
  const objected = record.objectedOn ?? received;
  return (
    <Card withBorder component="article" aria-label={record.number ?? ''}>
      <Group justify="space-between" align="flex-start">
        <Title order={3} size="h5">
          {label('CreditKind', record.kind)}
        </Title>
        <Badge variant="default" tt="none">
          {label('CreditStanding', record.standing)}
        </Badge>
      </Group>
      <Text size="sm">
        {label('CreditRecord', 'number')}: {record.number} · {label('CreditRecord', 'issuedOn')}:{' '}
        {day(record.issuedOn)}
        {record.shownUntil &&
          ` · ${label('CreditRecord', 'shownUntil')}: ${day(record.shownUntil)}`}
      </Text>
      <Text size="sm">
        {label('CreditRecord', 'issuers')}:{' '}
        {record.issuers?.edges.map(({ node }) => node?.name).join(t('comma')) || '—'}
      </Text>
      {record.basis && (
        <Text size="sm">
          {label('CreditRecord', 'basis')}: {record.basis}
        </Text>
      )}
      {objected && (
        <Alert
          mt="xs"
          role="status"
          variant="light"
          icon={<IconCircleCheck aria-hidden />}
          title={t('objectedOn', { day: day(objected) })}
        >
          {record.objection} {t('objectedAbout')}
        </Alert>
      )}
      {!objected && !open && (
        <Button mt="xs" size="xs" variant="default" w="fit-content" onClick={() => setOpen(true)}>
          {t('object')}
        </Button>
      )}
      {open && (
        <Stack gap="xs" mt="xs">
          <Textarea
            label={t('objectReason')}
            description={t('objectOnce')}
            value={reason}
            autosize
            minRows={2}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Problems problems={problems} />
          <Group gap="xs">
            <Button
              size="xs"
              loading={sending}
              disabled={!reason.trim()}
              onClick={() => void object()}
            >
              {t('sendObjection')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen(false)}>
              {t('shell:cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </Card>
  );
}

const OWNERS = Object.keys(REGISTERS).filter(
  (code) => !['credit', 'credit-objections', 'case', 'one-window', 'emergency'].includes(code),
);

/** Of what is not a credit record, the office that keeps the register decides. */
function Elsewhere() {
  const { t } = useTranslation('citizen');
  const { nameOf, officeOf } = useRegisters();
  return (
    <section aria-label={t('wrong')}>
      <Title order={2} size="h4">
        {t('wrong')}
      </Title>
      <Text size="sm" maw={720}>
        {t('wrongAbout')}
      </Text>
      <Rows
        caption={t('wrongOffices')}
        rows={OWNERS}
        rowKey={(code) => code}
        columns={[
          { key: 'register', title: t('shell:register'), cell: (code) => nameOf(code) },
          { key: 'office', title: t('officeOf'), cell: (code) => officeOf(code) },
        ]}
      />
    </section>
  );
}
