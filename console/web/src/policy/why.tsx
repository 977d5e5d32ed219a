import { Alert, Button, Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../kit/address';
import { useAsk } from '../kit/ask';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { Explanation } from './cell';
import { columnKey, useColumnName } from './column';
import { Denials, Explain, type ExplainedFragment, WhoSees } from './generated';
import { FieldInput } from './where';

/**
 * Why a field is shown or denied: of a field and a consumer (?coordinate=&for=&goal=&basis=), or all
 * that an operation of the audit was denied (?operation=).
 */
export function WhyPage() {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useAddress();
  const set = (changes: Record<string, string>) => setSearch(changes);
  const operation = search.get('operation') ?? '';
  const [sought, setSought] = useState(operation);
  return (
    <Page title={t('why')} about={t('whyAbout')}>
      <Group align="end" gap="xs">
        <TextInput
          label={t('operation')}
          description={t('operationHint')}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          w={360}
          maw="100%"
        />
        <Button
          variant="default"
          onClick={() => set({ operation: sought.trim(), coordinate: '', for: '' })}
        >
          {t('explainOperation')}
        </Button>
      </Group>
      {operation ? <OfOperation operation={operation} /> : <OfField search={search} set={set} />}
    </Page>
  );
}

function OfField({
  search,
  set,
}: {
  search: URLSearchParams;
  set: (changes: Record<string, string>) => void;
}) {
  const { t } = useTranslation('policy');
  const nameOf = useColumnName();
  const coordinate = search.get('coordinate') ?? '';
  const [typed, setTyped] = useState(coordinate);
  const asked = { coordinate, number: null };
  const { data, account } = useAsk(WhoSees, asked, !coordinate);
  const who = [search.get('for'), search.get('goal'), search.get('basis')].join('/');
  const columns = data?.policyMatrix?.columns ?? [];
  const chosen = columns.find((column) => columnKey(column) === who);
  return (
    <Stack>
      <Group align="start">
        <FieldInput
          value={typed}
          onChange={(value) => {
            setTyped(value);
            if (/^\w+\.\w+$/.test(value)) set({ coordinate: value });
          }}
        />
        {columns.length > 0 && (
          <NativeSelect
            label={t('column')}
            description={t('columnHint')}
            value={chosen ? who : ''}
            onChange={(event) => {
              const [consumer = '', goal = '', basis = ''] = event.currentTarget.value.split('/');
              set({ for: consumer, goal, basis });
            }}
            data={[
              { value: '', label: t('choose') },
              ...columns.map((column) => ({ value: columnKey(column), label: nameOf(column) })),
            ]}
          />
        )}
      </Group>
      <Problems problems={account.problems} />
      {chosen && <One coordinate={coordinate} {...keyOf(chosen)} />}
    </Stack>
  );
}

function keyOf({ consumer, purpose, basis }: { consumer: string; purpose: string; basis: string }) {
  return { consumer, purpose, basis };
}

function One(asked: { coordinate: string; consumer: string; purpose: string; basis: string }) {
  const { data, loading, account, again } = useAsk(Explain, { ...asked, number: null });
  return (
    <>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.policyExplanation && <Block explained={data.policyExplanation} />}
    </>
  );
}

function OfOperation({ operation }: { operation: string }) {
  const { t } = useTranslation('policy');
  const { data, loading, account, again } = useAsk(Denials, { operation });
  const found = data?.policyDenials ?? [];
  return (
    <Stack>
      <Problems problems={account.problems} again={again} />
      {loading && !data && <Waiting />}
      {data?.policyDenials && !found.length && <Alert variant="light">{t('noDenials')}</Alert>}
      {found.map((explained) => (
        <Block key={explained.coordinate + explained.consumer} explained={explained} />
      ))}
    </Stack>
  );
}

function Block({ explained }: { explained: ExplainedFragment }) {
  const { coordinate, consumer, purpose } = explained;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {coordinate} · {consumer} · {purpose}
      </Title>
      <Explanation explained={explained} />
    </Stack>
  );
}
