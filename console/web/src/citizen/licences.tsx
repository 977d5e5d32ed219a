import { Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconQrcode } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { today, useDates } from '../kit/dates';
import { saveFile } from '../kit/files';
import { useLabels } from '../kit/labels';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Rows } from '../kit/table';
import { Shown } from '../kit/token';
import {
  CheckCode,
  LicenceFile,
  type LicenceForm,
  type LicenceVerdict,
  MyLicences,
  type MyLicencesQuery,
  ShowLicence,
} from './generated';
import labels from './labels.json';
import { Source, useMe } from './me';

type Person = NonNullable<MyLicencesQuery['person']>;
type Edge = NonNullable<Person['licences']>['edges'][number];
type Licence = NonNullable<Edge['node']>;

export function Licences() {
  const { t } = useTranslation('citizen');
  const number = useMe();
  const { data, loading, account, again } = useAsk(MyLicences, { number });
  const edges = data?.person?.licences?.edges ?? [];
  return (
    <Page title={t('licences')} about={t('licencesAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && !edges.length && <Text>{t('noLicences')}</Text>}
      {data?.person?.licences?.pageInfo.hasNextPage && <Text>{t('first100')}</Text>}
      {edges.map((edge) => edge.node && <One key={edge.node.id} edge={edge} licence={edge.node} />)}
    </Page>
  );
}

/** ?licence=<number> opens its code. */
function One({ edge, licence }: { edge: Edge; licence: Licence }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { day } = useDates();
  const [search, setSearch] = useAddress();
  const open = search.get('licence') === licence.number;
  const over = licence.expiryDate && licence.expiryDate < today();
  const endless = licence.expiryDate?.startsWith('9999');
  const name = label('LicenceKind', licence.kind);
  const toggle = () => setSearch({ licence: open ? null : (licence.number ?? '') });
  return (
    <Card withBorder component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {name}
          </Title>
          <Text size="sm" ff="monospace">
            {licence.number}
          </Text>
        </div>
        <Badge
          tt="none"
          variant={licence.status === 'VALID' && !over ? 'filled' : 'default'}
          size="lg"
        >
          {over && licence.status === 'VALID'
            ? label('LicenceStatus', 'EXPIRED')
            : label('LicenceStatus', licence.status)}
        </Badge>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs" spacing="xs">
        <Text size="sm">
          {label('Licence', 'issueDate')}: {day(licence.issueDate) || t('shell:unknown')}
        </Text>
        <Text size="sm">
          {label('Licence', 'expiryDate')}:{' '}
          {endless || !licence.expiryDate ? t('noEnd') : day(licence.expiryDate)}
        </Text>
        <Text size="sm">
          {label('Licence', 'issuers')}:{' '}
          {licence.issuers?.edges.map(({ node }) => node?.name).join(t('comma')) ||
            t('shell:unknown')}
        </Text>
      </SimpleGrid>
      <Source register={edge.register} record={edge.record} />
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          onClick={toggle}
          aria-expanded={open}
          leftSection={<IconQrcode size={16} aria-hidden />}
        >
          {t(open ? 'hideCode' : 'showCode')}
        </Button>
        <Download number={licence.number ?? ''} form="PDF" />
        <Download number={licence.number ?? ''} form="JSON" />
      </Group>
      {open && <Code number={licence.number ?? ''} name={name} />}
      <Changes licence={licence} />
    </Card>
  );
}

/** The code for whoever has to see the licence, and what they would learn from it now. */
function Code({ number, name }: { number: string; name: string }) {
  const { t } = useTranslation('citizen');
  const show = useStep(ShowLicence);
  const check = useStep(CheckCode);
  const [shown, setShown] = useState<{ code: string; expiresAt: string }>();
  const [verdict, setVerdict] = useState<LicenceVerdict | null>();
  const { send } = show;
  const make = useCallback(async () => {
    setVerdict(undefined);
    const made = await send({ number });
    if (made?.licenceCode) setShown(made.licenceCode);
  }, [send, number]);
  useEffect(() => {
    void make();
  }, [make]);
  const verify = async () => {
    const told = await check.send({ code: shown?.code ?? '' });
    setVerdict(told?.verifyLicenceCode);
  };
  return (
    <Stack gap="xs" mt="md">
      <Problems problems={[...show.problems, ...check.problems]} />
      {!shown && show.sending && <Waiting />}
      {shown && (
        <>
          <Text size="sm" maw={640}>
            {t('codeTells')}
          </Text>
          <Shown
            token={shown.code}
            title={t('qrOf', { name })}
            expiresAt={shown.expiresAt}
            renew={() => void make()}
            renewing={show.sending}
          />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={check.sending}
              onClick={() => void verify()}
            >
              {t('checkCode')}
            </Button>
            <Text role="status" size="sm" fw={600}>
              {verdict && t(`verdict.${verdict}`)}
            </Text>
          </Group>
        </>
      )}
    </Stack>
  );
}

function Download({ number, form }: { number: string; form: LicenceForm }) {
  const { t } = useTranslation('citizen');
  const { send, sending, problems } = useStep(LicenceFile);
  const load = async () => {
    const file = (await send({ number, form }))?.licenceRendition;
    if (!file) return;
    const content =
      form === 'PDF'
        ? Uint8Array.from(atob(file.content), (one) => one.charCodeAt(0))
        : file.content;
    saveFile(`${number}.${form === 'PDF' ? 'pdf' : 'jwt'}`, file.mediaType, content);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={sending}
        onClick={() => void load()}
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t(`download.${form}`)}
      </Button>
      <Problems problems={problems} />
    </>
  );
}

function Changes({ licence }: { licence: Licence }) {
  const { t } = useTranslation('citizen');
  const label = useLabels(labels);
  const { moment } = useDates();
  const events = (licence.events?.edges ?? []).flatMap(({ node }) => (node ? [node] : []));
  if (!events.length) return null;
  return (
    <Rows
      caption={t('changesOf', { number: licence.number })}
      rows={events}
      rowKey={({ reference }, index) => reference ?? String(index)}
      columns={[
        {
          key: 'at',
          title: label('LicenceEvent', 'changedAt'),
          cell: ({ changedAt }) => changedAt && moment(changedAt),
        },
        {
          key: 'action',
          title: label('LicenceEvent', 'action'),
          cell: ({ action }) => label('LicenceAction', action),
        },
        {
          key: 'reason',
          title: label('LicenceEvent', 'reason'),
          cell: ({ reason }) => reason,
        },
      ]}
    />
  );
}
