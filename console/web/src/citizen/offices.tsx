import { Anchor, Badge, Card, Group, List, NativeSelect, Text, Title } from '@mantine/core';
import { IconEye, IconEyeOff, IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { grouped } from '../kit/grouped';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel, useSession } from '../session';
import { WhoMaySee, type WhoMaySeeQuery } from './generated';

type Seer = NonNullable<WhoMaySeeQuery['whoMaySee']>[number];
type Seen = Seer['fields'][number];

const MODES = {
  CLEAR: { word: 'sees.whole', Icon: IconEye },
  MASKED: { word: 'sees.part', Icon: IconEyeOff },
  CONSENT: { word: 'sees.consent', Icon: IconUserCheck },
};

/** What each office may see of a person, by the policy in force; no record is read for it. */
export function Offices() {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { consumer: own } = useSession();
  const { data, loading, account, again } = useAsk(WhoMaySee, {});
  const [search, setSearch] = useAddress();
  const seers = (data?.whoMaySee ?? []).filter(({ consumer }) => consumer !== own);
  const field = search.get('field') ?? '';
  const fields = new Map(
    seers.flatMap((seer) =>
      seer.fields.map(({ coordinate, label: named }) => [coordinate, label(named)] as const),
    ),
  );
  const shown = seers
    .map((seer) => ({
      ...seer,
      fields: seer.fields.filter(({ coordinate }) => !field || coordinate === field),
    }))
    .filter((seer) => seer.fields.length);
  return (
    <Page title={t('offices')} about={t('officesAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data && (
        <NativeSelect
          w="fit-content"
          label={t('whichFact')}
          value={field}
          onChange={({ currentTarget: { value } }) => setSearch({ field: value })}
          data={[
            { value: '', label: t('everything') },
            ...[...fields].map(([value, named]) => ({ value, label: named })),
          ]}
        />
      )}
      {shown.map((seer) => (
        <Office key={`${seer.consumer} ${seer.purpose} ${seer.basis.basis}`} seer={seer} />
      ))}
      {data && <Text size="sm">{t('othersNothing')}</Text>}
    </Page>
  );
}

/** Fields under the same condition stand together: the condition is read once. */
function Office({ seer }: { seer: Seer }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const href = useHref();
  const named = `${label(seer.consumerLabel)} · ${label(seer.purposeLabel)}`;
  const all = seer.fields.map(({ condition }) => condition.parts.map(label));
  const common = (all[0] ?? []).filter((part) => all.every((parts) => parts.includes(part)));
  const groups = [
    ...grouped(seer.fields, ({ condition }) =>
      condition.parts
        .map(label)
        .filter((part) => !common.includes(part))
        .join('\n'),
    ),
  ].sort(([one], [other]) => one.length - other.length);
  return (
    <Card withBorder component="section" aria-label={named}>
      <Title order={2} size="h4">
        {named}
      </Title>
      <Text size="sm" c="dimmed">
        {label(seer.organisation)} · {label(seer.basis.label)}: {seer.basis.citation}
      </Text>
      <Conditions title={t(common.length ? 'forAllHere' : 'ofEverybody')} parts={common} />
      {groups.map(([key, fields]) => (
        <div key={key}>
          <Group gap={6} mt="sm">
            {fields.map((seen) => (
              <Field key={`${seen.coordinate} ${seen.mode} ${seen.mask}`} seen={seen} />
            ))}
          </Group>
          {key && <Conditions title={t('onlyWhere')} parts={key.split('\n')} />}
        </div>
      ))}
      <Anchor
        component={Link}
        size="sm"
        mt="xs"
        href={href('/looked', { by: seer.consumerLabel.en })}
      >
        {t('whatItSaw')}
      </Anchor>
    </Card>
  );
}

function Conditions({ title, parts }: { title: string; parts: string[] }) {
  return (
    <>
      <Text size="sm" mt={6}>
        {title}
      </Text>
      {parts.length > 0 && (
        <List size="sm">
          {parts.map((part) => (
            <List.Item key={part}>{part}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}

/** What is no field of the model has words of its own. */
const RIGHTS = ['id', 'facts', 'history'];

function Field({ seen }: { seen: Seen }) {
  const { t } = useTranslation('citizen');
  const label = useLabel();
  const { word, Icon } = MODES[seen.mode as keyof typeof MODES];
  const field = seen.coordinate.split('.')[1] ?? '';
  return (
    <Badge
      variant="default"
      tt="none"
      size="lg"
      fw={400}
      leftSection={<Icon size={14} aria-hidden />}
    >
      {RIGHTS.includes(field) ? t(`right.${field}`) : label(seen.label)}
      {seen.mode !== 'CLEAR' && ` (${t(word)})`}
    </Badge>
  );
}
