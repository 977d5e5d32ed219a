import {
  Alert,
  Button,
  Card,
  Grid,
  Group,
  List,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconAlertOctagon, IconClockHour4 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useStep } from '../kit/ask';
import { useDates } from '../kit/dates';
import { useHref } from '../kit/href';
import { citizenNumberProblem, cleanNumber } from '../kit/numbers';
import { Page } from '../kit/page';
import { Problems } from '../kit/problems';
import { Confirm, Form } from './case-kit';
import { OpenEmergencyAccess } from './generated';

const REASON_MIN = 10;
const REASON_MAX = 1000;
const MINUTES = [15, 30, 60, 120, 240];
type Opened = { number: string; reference: string; openedAt: string; until: string };

/** Access to one person without a case, for a short time and with a reason. */
export default function Emergency() {
  const { t } = useTranslation('caseworker');
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(60);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { send, sending, problems } = useStep(OpenEmergencyAccess);
  const cleaned = cleanNumber(number);
  const numberProblem = citizenNumberProblem(cleaned);
  const said = reason.trim();
  const reasonWrong = said.length < REASON_MIN || new Set(said).size < 2;
  const submit = () => {
    setTried(true);
    if (!numberProblem && !reasonWrong) setAsking(true);
  };
  const open = async () => {
    const done = await send({ citizenNumber: cleaned, reason: said, minutes });
    setAsking(false);
    if (done?.openEmergencyAccess) {
      setOpened({ number: cleaned, ...done.openEmergencyAccess });
      setReason('');
      setTried(false);
    }
  };
  return (
    <Page title={t('emergency')} about={t('emergencyAbout')}>
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack>
            {opened && <Access opened={opened} />}
            <Card withBorder>
              <Form onSubmit={submit}>
                <TextInput
                  label={t('numberOf.person')}
                  value={number}
                  onChange={(event) => setNumber(event.currentTarget.value)}
                  error={tried && numberProblem ? t(`number.${numberProblem}`) : undefined}
                  autoComplete="off"
                  spellCheck={false}
                  required
                />
                <Textarea
                  label={t('emergencyReason')}
                  description={t('emergencyReasonHint')}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                  error={
                    tried && reasonWrong ? t('wordsTooShort', { count: REASON_MIN }) : undefined
                  }
                  autosize
                  minRows={3}
                  maxLength={REASON_MAX}
                  required
                />
                <NativeSelect
                  label={t('howLong')}
                  w="fit-content"
                  value={String(minutes)}
                  onChange={(event) => setMinutes(Number(event.currentTarget.value))}
                  data={MINUTES.map((count) => ({
                    value: String(count),
                    label: t('minutes', { count }),
                  }))}
                />
                <Problems problems={problems} />
                <Button
                  type="submit"
                  color="red.9"
                  w="fit-content"
                  leftSection={<IconAlertOctagon size={18} aria-hidden />}
                >
                  {t('openAccess')}…
                </Button>
              </Form>
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Card withBorder component="section" aria-label={t('emergencyWhat')}>
            <Title order={2} size="h4" mb="xs">
              {t('emergencyWhat')}
            </Title>
            <List size="sm" spacing="xs">
              {['opens', 'notOpens', 'ends', 'noticed', 'reviewed', 'told'].map((line) => (
                <List.Item key={line}>{t(`emergency.${line}`)}</List.Item>
              ))}
            </List>
          </Card>
        </Grid.Col>
      </Grid>
      <Confirm
        opened={asking}
        title={t('openAccess')}
        effects={[
          t('emergencyConfirm', { number: cleaned, count: minutes }),
          t('emergency.noticed'),
          t('emergency.reviewed'),
          t('emergency.told'),
        ]}
        action={t('openAccess')}
        sending={sending}
        onClose={() => setAsking(false)}
        onConfirm={() => void open()}
      />
    </Page>
  );
}

function Access({ opened }: { opened: Opened }) {
  const { t } = useTranslation('caseworker');
  const { moment } = useDates();
  const href = useHref();
  return (
    <Alert
      role="status"
      variant="light"
      title={t('accessOpen', { until: moment(opened.until) })}
      icon={<IconClockHour4 aria-hidden />}
    >
      <Stack gap="xs">
        <Text size="sm">{t('accessReference', { reference: opened.reference })}</Text>
        <Group>
          <Button component={Link} href={href(`/persons/${opened.number}`, { case: null })}>
            {t('toPerson')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
