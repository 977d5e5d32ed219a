import {
  Button,
  Card,
  Checkbox,
  Code,
  Grid,
  Group,
  List,
  NativeSelect,
  ScrollArea,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAddress } from '../kit/address';
import { useAsk, useStep } from '../kit/ask';
import { today } from '../kit/dates';
import { useHref } from '../kit/href';
import { Page, Waiting } from '../kit/page';
import { Problems } from '../kit/problems';
import { useLabel } from '../session';
import {
  type AccessRequestInput,
  Catalogue,
  type CatalogueQuery,
  OwnConsumers,
  RequestAccess,
} from './generated';

type Type = NonNullable<CatalogueQuery['dataCatalogue']>[number];
type Field = Type['fields'][number];
/** What is asked of a field; a mask of a masked one. */
type Wanted = { mode: string; mask: string };
const MASKS: Record<string, string[]> = {
  String: ['exists-only', 'region-only', 'initials', 'last-four'],
  PartialDate: ['year-only'],
};

export function NewRequest() {
  const { t } = useTranslation('developer');
  const { data, loading, account, again } = useAsk(Catalogue, {});
  return (
    <Page title={t('newRequest')} about={t('newRequestAbout')}>
      <Problems problems={account.problems} again={again} />
      {loading && <Waiting />}
      {data?.dataCatalogue && <Form catalogue={data.dataCatalogue} />}
    </Page>
  );
}

/** Which fields are chosen stands in the address: ?fields=Person.name,Person.birthDate:masked. */
function useChosen(): {
  chosen: Map<string, Wanted>;
  change: (coordinate: string, wanted: Wanted | null) => void;
} {
  const [search, setSearch] = useAddress();
  const text = search.get('fields') ?? '';
  const chosen = useMemo(() => {
    const parts = text.split(',').filter(Boolean);
    return new Map(
      parts.map((part) => {
        const [coordinate = '', mode = 'clear', mask = ''] = part.split(':');
        return [coordinate, { mode, mask }];
      }),
    );
  }, [text]);
  const change = (coordinate: string, wanted: Wanted | null) => {
    const next = new Map(chosen);
    if (wanted) next.set(coordinate, wanted);
    else next.delete(coordinate);
    const written = [...next].map(([name, { mode, mask }]) =>
      [name, ...(mode === 'clear' ? [] : mask ? [mode, mask] : [mode])].join(':'),
    );
    setSearch({ fields: written.length ? written.join(',') : null }, { replace: true });
  };
  return { chosen, change };
}

function Form({ catalogue }: { catalogue: Type[] }) {
  const { t } = useTranslation('developer');
  const href = useHref();
  const [, go] = useLocation();
  const { chosen, change } = useChosen();
  const { send, sending, problems } = useStep(RequestAccess);
  const label = useLabel();
  const { data } = useAsk(OwnConsumers, {});
  const [search, setSearch] = useAddress();
  const set = (name: string, value: string) => setSearch({ [name]: value }, { replace: true });
  const consumers = data?.ownConsumers ?? [];
  const consumer = consumers.find((one) => one.consumer === search.get('for')) ?? consumers[0];
  const purpose =
    consumer?.purposes.find((one) => one.purpose === search.get('use')) ?? consumer?.purposes[0];
  const basis =
    purpose?.bases.find((one) => one.basis === search.get('basis')) ?? purpose?.bases[0];
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [until, setUntil] = useState('');
  const [rows, setRows] = useState<Record<string, string>>({});
  const types = [...new Set([...chosen.keys()].map((one) => one.split('.')[0] ?? ''))];
  const request: AccessRequestInput = {
    consumer: consumer?.consumer ?? '',
    purpose: purpose?.purpose ?? '',
    basis: basis?.basis ?? '',
    reason: reason.trim(),
    document: document.trim(),
    until: until || null,
    parts: types.map((type) => ({
      type,
      rows: rows[type]?.trim() || null,
      fields: [...chosen]
        .filter(([coordinate]) => coordinate.startsWith(`${type}.`))
        .map(([coordinate, { mode, mask }]) => ({
          name: coordinate.slice(type.length + 1),
          mode,
          mask: mode === 'masked' ? mask : null,
        })),
    })),
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = (await send({ request }))?.requestAccess;
    if (made) go(href('/', { request: String(made.number) }));
  };
  return (
    <Stack component="form" onSubmit={(event: FormEvent) => void submit(event)} gap="md">
      <Browser catalogue={catalogue} chosen={chosen} change={change} />
      <Card withBorder component="section" aria-label={t('chosen')}>
        <Title order={2} size="h4">
          {t('chosen')}
        </Title>
        {!chosen.size && <Text size="sm">{t('nothingChosen')}</Text>}
        {types.map((type) => (
          <OneType
            key={type}
            type={catalogue.find(({ name }) => name === type)}
            name={type}
            chosen={chosen}
            change={change}
            rows={rows[type] ?? ''}
            setRows={(value) => setRows((before) => ({ ...before, [type]: value }))}
          />
        ))}
      </Card>
      <Card withBorder component="section" aria-label={t('whatFor')}>
        <Title order={2} size="h4">
          {t('whatFor')}
        </Title>
        <Grid mt="xs">
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <NativeSelect
              label={t('consumer')}
              value={consumer?.consumer}
              onChange={(event) => set('for', event.currentTarget.value)}
              data={consumers.map((one) => ({ value: one.consumer, label: label(one.label) }))}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <NativeSelect
              label={t('purpose')}
              value={purpose?.purpose}
              onChange={(event) => set('use', event.currentTarget.value)}
              data={(consumer?.purposes ?? []).map((one) => ({
                value: one.purpose,
                label: label(one.label),
              }))}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <NativeSelect
              label={t('basis')}
              description={basis?.citation}
              inputWrapperOrder={['label', 'input', 'description']}
              value={basis?.basis}
              onChange={(event) => set('basis', event.currentTarget.value)}
              data={(purpose?.bases ?? []).map((one) => ({
                value: one.basis,
                label: label(one.label),
              }))}
            />
          </Grid.Col>
          <Grid.Col span={12}>
            <Textarea
              label={t('reason')}
              description={t('reasonAbout')}
              value={reason}
              required
              minLength={10}
              autosize
              minRows={2}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 8 }}>
            <TextInput
              label={t('document')}
              description={t('documentAbout')}
              value={document}
              required
              onChange={(event) => setDocument(event.currentTarget.value)}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <TextInput
              type="date"
              label={t('untilDay')}
              description={t('untilAbout')}
              min={today()}
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
          </Grid.Col>
        </Grid>
        {data && !consumers.length && <Text size="sm">{t('noConsumers')}</Text>}
        <Problems problems={problems} />
        <Button
          mt="sm"
          w="fit-content"
          type="submit"
          loading={sending}
          disabled={!chosen.size || !basis}
        >
          {t('send')}
        </Button>
      </Card>
    </Stack>
  );
}

/** The catalogue by type; ?type= is the one that is read. */
function Browser({
  catalogue,
  chosen,
  change,
}: {
  catalogue: Type[];
  chosen: Map<string, Wanted>;
  change: (coordinate: string, wanted: Wanted | null) => void;
}) {
  const { t, i18n } = useTranslation('developer');
  const chinese = i18n.language === 'zh';
  const [search, setSearch] = useAddress();
  const [wanted, setWanted] = useState('');
  const type = catalogue.find(({ name }) => name === search.get('type')) ?? catalogue[0];
  const named = (one: { label: string; labelZh: string }) => (chinese ? one.labelZh : one.label);
  const look = wanted.trim().toLowerCase();
  const fields = (type?.fields ?? []).filter(({ name, label, labelZh }) =>
    [name, label, labelZh].some((text) => text.toLowerCase().includes(look)),
  );
  return (
    <Card withBorder component="section" aria-label={t('catalogue')}>
      <Title order={2} size="h4">
        {t('catalogue')}
      </Title>
      <Group align="flex-end" mt="xs">
        <NativeSelect
          label={t('shell:type')}
          value={type?.name}
          onChange={({ currentTarget: { value } }) => setSearch({ type: value }, { replace: true })}
          data={catalogue.map((one) => ({ value: one.name, label: `${named(one)} · ${one.name}` }))}
        />
        <TextInput
          label={t('searchFields')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </Group>
      {type && (
        <>
          <Text size="sm" mt="xs">
            {chinese ? type.departmentZh : type.department}
            {!chinese && ` · ${type.description}`}
          </Text>
          <ScrollArea.Autosize
            mah={420}
            mt="xs"
            viewportProps={{ tabIndex: 0, 'aria-label': t('fieldsOf', { type: named(type) }) }}
          >
            <Table verticalSpacing={4} captionSide="top" stickyHeader>
              <Table.Caption>{t('fieldsOf', { type: named(type) })}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('shell:field')}</Table.Th>
                  <Table.Th scope="col">{t('sensitivity')}</Table.Th>
                  <Table.Th scope="col">{t('sharing')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {fields.map((field) => (
                  <Choice
                    key={field.name}
                    field={field}
                    named={named(field)}
                    chosen={chosen.has(`${type.name}.${field.name}`)}
                    choose={(on) =>
                      change(
                        `${type.name}.${field.name}`,
                        on ? { mode: field.modes[0] ?? 'clear', mask: '' } : null,
                      )
                    }
                  />
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea.Autosize>
        </>
      )}
    </Card>
  );
}

function Choice({
  field,
  named,
  chosen,
  choose,
}: {
  field: Field;
  named: string;
  chosen: boolean;
  choose: (on: boolean) => void;
}) {
  const { t, i18n } = useTranslation('developer');
  const never = field.sharing === 'none';
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          checked={chosen}
          disabled={never}
          onChange={(event) => choose(event.currentTarget.checked)}
          label={
            <>
              {named}{' '}
              <Text span size="xs" ff="monospace" c="dimmed">
                {field.name}: {field.type}
              </Text>
            </>
          }
          description={i18n.language === 'zh' ? undefined : field.description}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{field.sensitivity}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={never ? 600 : undefined}>
          {t(`sharing.${field.sharing}`)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function OneType({
  type,
  name,
  chosen,
  change,
  rows,
  setRows,
}: {
  type: Type | undefined;
  name: string;
  chosen: Map<string, Wanted>;
  change: (coordinate: string, wanted: Wanted | null) => void;
  rows: string;
  setRows: (rows: string) => void;
}) {
  const { t, i18n } = useTranslation('developer');
  const chinese = i18n.language === 'zh';
  const label = useLabel();
  const own = [...chosen].filter(([coordinate]) => coordinate.startsWith(`${name}.`));
  return (
    <Stack gap={6} mt="sm">
      <Title order={3} size="h5">
        {(chinese ? type?.labelZh : type?.label) ?? name}
      </Title>
      {own.map(([coordinate, { mode, mask }]) => {
        const field = type?.fields.find((one) => `${name}.${one.name}` === coordinate);
        const called = (chinese ? field?.labelZh : field?.label) ?? coordinate;
        return (
          <Group key={coordinate} gap="xs" align="flex-end">
            <NativeSelect
              size="xs"
              label={t('modeOf', { field: called })}
              value={mode}
              onChange={(event) => change(coordinate, { mode: event.currentTarget.value, mask })}
              data={(field?.modes ?? [mode]).map((value) => ({
                value,
                label: t(`mode.${value}`),
              }))}
            />
            {mode === 'masked' && (
              <NativeSelect
                size="xs"
                label={t('mask')}
                value={mask}
                onChange={(event) => change(coordinate, { mode, mask: event.currentTarget.value })}
                data={['', ...(MASKS[field?.type ?? ''] ?? [])]}
              />
            )}
            <Button size="xs" variant="default" onClick={() => change(coordinate, null)}>
              {t('remove', { field: called })}
            </Button>
          </Group>
        );
      })}
      <TextInput
        label={t('rows')}
        description={t('rowsAbout')}
        value={rows}
        ff="monospace"
        onChange={(event) => setRows(event.currentTarget.value)}
      />
      {type && type.tests.length > 0 && (
        <div>
          <Text size="xs">{t('mayTest')}</Text>
          <List size="xs" listStyleType="none">
            {type.tests.map((test) => (
              <List.Item key={test.name}>
                <Code>resource.{test.name}</Code> {label(test.words)}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}
