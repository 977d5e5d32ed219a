import {
  Alert,
  Button,
  Card,
  Group,
  NativeSelect,
  Tabs,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { type Problem, useStep } from '../kit/ask';
import { useLabels } from '../kit/labels';
import { Page } from '../kit/page';
import { Problems } from '../kit/problems';
import { Form } from './case-kit';
import {
  type LicenceKind,
  type LicenceVerdict,
  VerifyLicence,
  VerifyLicenceCode,
} from './generated';
import labels from './labels.json';

const KINDS = Object.keys(labels.LicenceKind).filter(Boolean) as LicenceKind[];
const VERDICTS = {
  VALID: { Icon: IconCircleCheck, color: 'green' },
  NOT_VALID: { Icon: IconCircleX, color: 'red' },
  UNKNOWN: { Icon: IconHelpCircle, color: 'gray' },
} as const;

/** Whether a licence that somebody shows is valid now: by its number and holder, or by its code. */
export default function Verify() {
  const { t } = useTranslation('caseworker');
  const [search, setSearch] = useAddress();
  const by = search.get('by') === 'code' ? 'code' : 'number';
  return (
    <Page title={t('verify')} about={t('verifyAbout')}>
      <Tabs
        maw={640}
        value={by}
        onChange={(value) => setSearch({ by: value === 'code' ? value : null })}
      >
        <Tabs.List mb="md" aria-label={t('verify')}>
          <Tabs.Tab value="number">{t('byLicence')}</Tabs.Tab>
          <Tabs.Tab value="code">{t('byCode')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="number">
          <ByNumber />
        </Tabs.Panel>
        <Tabs.Panel value="code">
          <ByCode />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function ByNumber() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const [number, setNumber] = useState('');
  const [holder, setHolder] = useState('');
  const [kind, setKind] = useState<LicenceKind | ''>('');
  const [tried, setTried] = useState(false);
  const [verdict, setVerdict] = useState<LicenceVerdict | null>(null);
  const { send, sending, problems } = useStep(VerifyLicence);
  const submit = async () => {
    setTried(true);
    setVerdict(null);
    if (!number.trim() || !holder.trim()) return;
    const done = await send({
      number: number.trim(),
      holderNumber: holder.trim().toUpperCase(),
      kind: kind || null,
    });
    setVerdict(done?.verifyLicence ?? null);
  };
  return (
    <Card withBorder>
      <Form onSubmit={() => void submit()}>
        <TextInput
          label={t('licenceNumber')}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={tried && !number.trim() ? t('needed') : undefined}
          autoComplete="off"
          required
        />
        <TextInput
          label={t('holderNumber')}
          description={t('holderNumberHint')}
          value={holder}
          onChange={(event) => setHolder(event.currentTarget.value)}
          error={tried && !holder.trim() ? t('needed') : undefined}
          autoComplete="off"
          required
        />
        <NativeSelect
          label={label('Licence', 'kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as LicenceKind | '')}
          data={[
            { value: '', label: t('anyKind') },
            ...KINDS.map((one) => ({ value: one, label: label('LicenceKind', one) })),
          ]}
        />
        <Text size="xs" c="dimmed">
          {t('guesses')}
        </Text>
        <Answered verdict={verdict} problems={problems} />
        <Button type="submit" loading={sending} w="fit-content">
          {t('verifyNow')}
        </Button>
      </Form>
    </Card>
  );
}

function ByCode() {
  const { t } = useTranslation('caseworker');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [verdict, setVerdict] = useState<LicenceVerdict | null>(null);
  const { send, sending, problems } = useStep(VerifyLicenceCode);
  const submit = async () => {
    setTried(true);
    setVerdict(null);
    const pasted = code.replace(/\s/g, '');
    if (!pasted) return;
    const done = await send({ code: pasted });
    setVerdict(done?.verifyLicenceCode ?? null);
  };
  return (
    <Card withBorder>
      <Form onSubmit={() => void submit()}>
        <Textarea
          label={t('licenceCode')}
          description={t('licenceCodeHint')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={tried && !code.trim() ? t('needed') : undefined}
          minRows={4}
          autosize
          maxRows={10}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          required
        />
        <Answered verdict={verdict} problems={problems} />
        <Button type="submit" loading={sending} w="fit-content">
          {t('verifyNow')}
        </Button>
      </Form>
    </Card>
  );
}

function Answered({ verdict, problems }: { verdict: LicenceVerdict | null; problems: Problem[] }) {
  const { t } = useTranslation('caseworker');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (verdict) box.current?.focus();
  }, [verdict]);
  if (!verdict) return <Problems problems={problems} />;
  const { Icon, color } = VERDICTS[verdict];
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="status"
      variant="outline"
      color={color}
      icon={<Icon aria-hidden />}
    >
      <Group gap="xs">
        <Text fw={700}>{t(`verdict.${verdict}`)}</Text>
      </Group>
      <Text size="sm">{t(`verdictWhy.${verdict}`)}</Text>
    </Alert>
  );
}
