import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../session';
import { CALLERS, type Catalogue, type Grant, grantText, type Model, type Test } from './cedar';
import { columnKey, useColumnName } from './column';

const MODES = ['clear', 'masked', 'consent', 'filter'];
const MASKS = ['', 'exists-only', 'region-only', 'initials', 'last-four', 'year-only'];

/** A grant put together from what there is, and written into the text. */
export function Builder({
  matrix,
  catalogue,
  cell,
  who,
  onWrite,
}: {
  matrix: Model;
  catalogue: Catalogue;
  cell: string;
  who: string;
  onWrite: (grant: Grant, text: string) => void;
}) {
  const { t, i18n } = useTranslation('policy');
  const say = useLabel();
  const nameOf = useColumnName();
  const chinese = i18n.language === 'zh';
  const [grant, setGrant] = useState<Grant>(() => begun(matrix, cell, who));
  const change = (changes: Partial<Grant>) => setGrant({ ...grant, ...changes });
  const type = catalogue.find(({ name }) => name === grant.type);
  const fields = (type?.fields ?? []).filter(({ modes }) => modes.includes(grant.mode));
  const text = grantText(grant, catalogue);
  const ready = Boolean(grant.fields.length && grant.id && grant.consumer);
  const setTest = (place: number, changes: Partial<Test>) =>
    change({
      tests: grant.tests.map((one, at) => (at === place ? { ...one, ...changes } : one)),
    });
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('column')}
        value={`${grant.consumer}/${grant.purpose}/${grant.basis}`}
        onChange={(event) => {
          const [consumer = '', purpose = '', basis = ''] = event.currentTarget.value.split('/');
          change({ consumer, purpose, basis, id: idOf(consumer, grant.type, grant.fields) });
        }}
        data={matrix.columns.map((column) => ({
          value: columnKey(column),
          label: nameOf(column),
        }))}
      />
      <Group grow align="start">
        <NativeSelect
          label={t('type')}
          value={grant.type}
          onChange={(event) => {
            const next = event.currentTarget.value;
            change({ type: next, fields: [], tests: [], id: idOf(grant.consumer, next, []) });
          }}
          data={catalogue.map(({ name, label, labelZh }) => ({
            value: name,
            label: chinese ? labelZh : label,
          }))}
        />
        <NativeSelect
          label={t('modeOf')}
          value={grant.mode}
          onChange={(event) => change({ mode: event.currentTarget.value, fields: [] })}
          data={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
        />
      </Group>
      <MultiSelect
        label={t('fieldsOf')}
        searchable
        value={[...grant.fields]}
        onChange={(chosen) =>
          change({ fields: chosen, id: idOf(grant.consumer, grant.type, chosen) })
        }
        data={fields.map(({ name, label, labelZh }) => ({
          value: name,
          label: `${chinese ? labelZh : label} (${name})`,
        }))}
      />
      {grant.mode === 'masked' && (
        <NativeSelect
          label={t('mask')}
          value={grant.mask}
          onChange={(event) => change({ mask: event.currentTarget.value })}
          data={MASKS.map((value) => ({ value, label: t(value ? `mask.${value}` : 'ownMask') }))}
        />
      )}
      <fieldset style={{ border: 'none', padding: 0, margin: 0 }}>
        <Text component="legend" size="sm" fw={500}>
          {t('onlyWhere')}
        </Text>
        <Stack gap="xs">
          {grant.tests.map((test, place) => {
            const declared = type?.tests.find(({ name }) => name === test.name);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same test may stand twice
              <Group key={place} gap="xs" align="end" wrap="nowrap">
                <NativeSelect
                  flex={2}
                  aria-label={t('attribute')}
                  value={test.name}
                  onChange={(event) => {
                    const name = event.currentTarget.value;
                    const next = type?.tests.find((one) => one.name === name);
                    setTest(place, {
                      name,
                      kind: kindsOf(next?.type, name)[0] ?? 'yes',
                      value: '',
                    });
                  }}
                  data={(type?.tests ?? []).map(({ name, words }) => ({
                    value: name,
                    label: say(words),
                  }))}
                />
                <NativeSelect
                  flex={1}
                  aria-label={t('comparison')}
                  value={test.kind}
                  onChange={(event) =>
                    setTest(place, { kind: event.currentTarget.value as Test['kind'] })
                  }
                  data={kindsOf(declared?.type, test.name).map((value) => ({
                    value,
                    label: t(`test.${value}`),
                  }))}
                />
                {(test.kind === 'value' || test.kind === 'over') && (
                  <TextInput
                    flex={1}
                    aria-label={t('value')}
                    value={test.value}
                    onChange={(event) => setTest(place, { value: event.currentTarget.value })}
                  />
                )}
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={t('removeTest')}
                  onClick={() => change({ tests: grant.tests.filter((_, at) => at !== place) })}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Group>
            );
          })}
          {Boolean(type?.tests.length) && (
            <Button
              size="xs"
              variant="default"
              w="fit-content"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => {
                const [first] = type?.tests ?? [];
                if (!first) return;
                const kind = kindsOf(first.type, first.name)[0] ?? 'yes';
                change({ tests: [...grant.tests, { name: first.name, kind, value: '' }] });
              }}
            >
              {t('addTest')}
            </Button>
          )}
        </Stack>
      </fieldset>
      <Group grow align="start">
        <TextInput
          type="date"
          label={t('until')}
          description={t('untilHint')}
          value={grant.until}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
        <TextInput
          label={t('policyId')}
          description={t('policyIdHint')}
          value={grant.id}
          onChange={(event) => change({ id: event.currentTarget.value.replaceAll(/[^\w-]/g, '-') })}
        />
      </Group>
      <TextInput
        label={t('grantWhy')}
        value={grant.why}
        onChange={(event) => change({ why: event.currentTarget.value })}
      />
      <Button onClick={() => onWrite(grant, text)} disabled={!ready} w="fit-content">
        {t('writeText')}
      </Button>
    </Stack>
  );
}

function begun(matrix: Model, cell: string, who: string): Grant {
  const [asked = 'Person', field = ''] = cell.split('.');
  const known = asked && asked !== 'Query' && asked !== 'Mutation' ? asked : 'Person';
  const [first] = matrix.columns;
  const key = who || (first ? columnKey(first) : '');
  const [consumer = '', purpose = '', basis = ''] = key.split('/');
  const fields = field ? [field] : [];
  return {
    id: idOf(consumer, known, fields),
    why: '',
    consumer,
    purpose,
    basis,
    type: known || 'Person',
    mode: 'clear',
    mask: '',
    fields,
    tests: [],
    until: '',
    document: '',
  };
}

function idOf(consumer: string, type: string, fields: readonly string[]): string {
  const words = [consumer, type, fields[0] ?? 'new'].join('-');
  return words.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

function kindsOf(type: string | undefined, name: string): Test['kind'][] {
  if (type === 'Int') return ['over', 'value'];
  if (type === 'String') return CALLERS[name] ? ['callers', 'value'] : ['value'];
  return ['yes', 'no'];
}
