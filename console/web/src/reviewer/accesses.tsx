import {
  Badge,
  Button,
  Code,
  Group,
  Radio,
  SegmentedControl,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { Ago, Moment } from '../kit/moment';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { useLabel } from '../session';
import { Accesses, type AccessesQuery, Looks, Review } from './generated';

type Access = NonNullable<AccessesQuery['emergencyAccesses']>[number];
const SHOWN: Record<string, boolean | null> = { open: false, reviewed: true, all: null };

/** Emergency accesses: who, to whom, why, what was looked at; and whether it was justified. */
export function AccessesPage() {
  const { t } = useTranslation('reviewer');
  const [search, setSearch] = useAddress();
  const shown = search.get('shown') ?? 'open';
  const reviewed = SHOWN[shown] ?? null;
  const { data, loading, account, again } = useAsk(Accesses, { reviewed });
  const set = (name: string, value: string) => setSearch({ [name]: value });
  const found = data?.emergencyAccesses ?? [];
  const chosen = found.find(({ reference }) => reference === search.get('access'));
  return (
    <Page title={t('accesses')} about={t('accessesAbout')}>
      <SegmentedControl
        w="fit-content"
        aria-label={t('shown')}
        value={shown}
        onChange={(value) => set('shown', value)}
        data={Object.keys(SHOWN).map((value) => ({ value, label: t(`shown.${value}`) }))}
      />
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.emergencyAccesses && (
        <Rows
          caption={t('listed', { count: found.length })}
          rows={found}
          rowKey={({ reference }) => reference}
          columns={[
            {
              key: 'reference',
              title: t('reference'),
              cell: ({ reference }) => (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-pressed={reference === chosen?.reference}
                  onClick={() => set('access', reference)}
                >
                  {reference}
                </Button>
              ),
            },
            { key: 'worker', title: t('worker'), cell: ({ worker }) => worker },
            { key: 'reason', title: t('reason'), cell: ({ reason }) => reason },
            {
              key: 'opened',
              title: t('opened'),
              cell: ({ openedAt }) => <Ago at={openedAt} />,
            },
            {
              key: 'state',
              title: t('state'),
              cell: (access) => (
                <Group gap={4}>
                  <Badge variant="default" tt="none">
                    {t(`state.${access.state}`)}
                  </Badge>
                  {access.justified !== null && <Verdict justified={access.justified} />}
                </Group>
              ),
            },
          ]}
        />
      )}
      {chosen && <One key={chosen.reference} access={chosen} again={again} />}
    </Page>
  );
}

function Verdict({ justified }: { justified: boolean }) {
  const { t } = useTranslation('reviewer');
  return (
    <Badge variant="default" tt="none" leftSection={justified ? '✓' : '✗'}>
      {t(justified ? 'justified' : 'notJustified')}
    </Badge>
  );
}

function One({ access, again }: { access: Access; again: () => void }) {
  const { t } = useTranslation('reviewer');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const facts: [string, React.ReactNode][] = [
    ['worker', access.worker],
    ['person', access.person && <Code key="person">{access.person}</Code>],
    ['reason', access.reason],
    ['opened', <Moment key="opened" at={access.openedAt} />],
    ['until', <Moment key="until" at={access.until} />],
    ['verdict', access.justified !== null && <Verdict justified={access.justified} />],
    ['reviewedAt', access.reviewedAt && <Moment key="reviewed" at={access.reviewedAt} />],
    ['words', access.reviewWords],
  ];
  return (
    <Stack gap="sm" component="section" aria-label={access.reference}>
      <Title order={2} size="h4" ref={head} tabIndex={-1}>
        {t('one', { reference: access.reference })}
      </Title>
      <Table variant="vertical" withTableBorder maw={720}>
        <Table.Tbody>
          {facts
            .filter(([, value]) => value)
            .map(([key, value]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w={160}>
                  {t(key)}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {access.state === 'not opened' ? (
        <Text size="sm">{t('neverOpened')}</Text>
      ) : (
        <>
          <Looked reference={access.reference} />
          {access.justified === null && <Decide reference={access.reference} again={again} />}
        </>
      )}
    </Stack>
  );
}

/** Which fields of the person were shown meanwhile; no values. */
function Looked({ reference }: { reference: string }) {
  const { t } = useTranslation('reviewer');
  const say = useLabel();
  const { data, loading, account, again } = useAsk(Looks, { reference });
  const looks = data?.emergencyLooks ?? [];
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('looked')}
      </Title>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.emergencyLooks && !looks.length && <Text size="sm">{t('nothingLooked')}</Text>}
      {looks.length > 0 && (
        <Rows
          caption={t('lookedCaption')}
          rows={looks}
          rowKey={(look, place) => look.operation + place}
          columns={[
            { key: 'at', title: t('at'), width: 170, cell: ({ at }) => <Moment at={at} /> },
            ...(['shown', 'masked', 'denied'] as const).map((outcome) => ({
              key: outcome,
              title: t(`outcome.${outcome}`),
              cell: ({ fields }: (typeof looks)[number]) =>
                fields
                  .filter((field) => field.outcome === outcome)
                  .map((field) => `${say(field.typeLabel)} · ${say(field.label)}`)
                  .join(', '),
            })),
          ]}
        />
      )}
    </Stack>
  );
}

function Decide({ reference, again }: { reference: string; again: () => void }) {
  const { t } = useTranslation('reviewer');
  const review = useStep(Review);
  const [verdict, setVerdict] = useState('');
  const [words, setWords] = useState('');
  const [, setSearch] = useAddress();
  const ready = verdict === 'yes' || (verdict === 'no' && words.trim());
  const send = async () => {
    const justified = verdict === 'yes';
    if (!(await review.send({ reference, justified, words }))) return;
    setSearch({ shown: 'all' });
    again();
  };
  return (
    <Stack gap="xs" maw={720}>
      <Title order={3} size="h5">
        {t('decide')}
      </Title>
      <Text size="sm">{t('decideHint')}</Text>
      <Radio.Group label={t('verdict')} value={verdict} onChange={setVerdict}>
        <Group mt={4}>
          <Radio value="yes" label={t('justified')} />
          <Radio value="no" label={t('notJustified')} />
        </Group>
      </Radio.Group>
      <Textarea
        label={t('words')}
        description={t('wordsHint')}
        required={verdict === 'no'}
        autosize
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Problems problems={review.problems} />
      <Button w="fit-content" disabled={!ready} loading={review.sending} onClick={send}>
        {t('record')}
      </Button>
    </Stack>
  );
}
