import {
  Anchor,
  Badge,
  Code,
  Group,
  List,
  ScrollArea,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const FOUND_MAX = 60;
type Declared = {
  name: string;
  description?: string | null;
  type: GraphQLOutputType | GraphQLInputType;
  args?: readonly { name: string; type: GraphQLInputType }[];
};

/** What there is to ask, searched and read; `shown` is the type that is looked at. */
export function SchemaDocs({
  schema,
  shown,
  show,
}: {
  schema: GraphQLSchema;
  shown: string | null;
  show: (type: string | null) => void;
}) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const type = shown ? schema.getType(shown) : undefined;
  const found = wanted.trim() ? searched(schema, wanted.trim().toLowerCase()) : [];
  return (
    <Stack gap="xs">
      <TextInput
        label={t('searchSchema')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={560} viewportProps={{ tabIndex: 0, 'aria-label': t('schema') }}>
        {wanted.trim() ? (
          <Stack gap={6}>
            <Text size="sm" role="status">
              {t('foundInSchema', { count: found.length })}
            </Text>
            <List size="sm" listStyleType="none">
              {found.slice(0, FOUND_MAX).map(({ of, field, description }) => (
                <List.Item key={`${of}.${field}`}>
                  <TypeLink
                    name={of}
                    show={(name) => {
                      setWanted('');
                      show(name);
                    }}
                  />
                  {field && <Code>.{field}</Code>} <Described text={description} short />
                </List.Item>
              ))}
            </List>
            {found.length > FOUND_MAX && (
              <Text size="sm">{t('notListed', { count: found.length - FOUND_MAX })}</Text>
            )}
          </Stack>
        ) : type ? (
          <OneType type={type} show={show} />
        ) : (
          <Roots schema={schema} show={show} />
        )}
      </ScrollArea.Autosize>
    </Stack>
  );
}

function Roots({ schema, show }: { schema: GraphQLSchema; show: (type: string | null) => void }) {
  const { t } = useTranslation();
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .filter((type) => !/(Connection|Edge)$/.test(type.name));
  return (
    <Stack gap="xs">
      {[schema.getQueryType(), schema.getMutationType()].map(
        (root) => root && <OneType key={root.name} type={root} show={show} />,
      )}
      <Title order={2} size="h5">
        {t('types')}
      </Title>
      <Group gap="xs">
        {types.map(({ name }) => (
          <TypeLink key={name} name={name} show={show} />
        ))}
      </Group>
    </Stack>
  );
}

function OneType({ type, show }: { type: GraphQLNamedType; show: (type: string | null) => void }) {
  const { t } = useTranslation();
  const fields: Declared[] =
    isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {type.name}
        </Title>
        <Anchor component="button" type="button" size="sm" onClick={() => show(null)}>
          {t('wholeSchema')}
        </Anchor>
      </Group>
      <Described text={type.description} />
      {isUnionType(type) && (
        <Group gap="xs">
          {type.getTypes().map(({ name }) => (
            <TypeLink key={name} name={name} show={show} />
          ))}
        </Group>
      )}
      {isEnumType(type) && (
        <List size="sm">
          {type.getValues().map(({ name, description }) => (
            <List.Item key={name}>
              <Code>{name}</Code> <Described text={description} short />
            </List.Item>
          ))}
        </List>
      )}
      {fields.map((field) => (
        <div key={field.name}>
          <Group gap={6}>
            <Code>{field.name}</Code>
            <TypeLink
              name={getNamedType(field.type as GraphQLOutputType).name}
              text={String(field.type)}
              show={show}
            />
          </Group>
          <Described text={field.description} />
          {field.args && field.args.length > 0 && (
            <Group gap={4} ml="md">
              {field.args.map((argument) => (
                <Badge key={argument.name} variant="default" tt="none" ff="monospace">
                  {argument.name}: {String(argument.type)}
                </Badge>
              ))}
            </Group>
          )}
        </div>
      ))}
    </Stack>
  );
}

function TypeLink({
  name,
  text = name,
  show,
}: {
  name: string;
  text?: string;
  show: (type: string) => void;
}) {
  return (
    <Anchor component="button" type="button" size="sm" ff="monospace" onClick={() => show(name)}>
      {text}
    </Anchor>
  );
}

/** "Label · 标签. Words.": the label of the page's language first. */
function Described({ text, short = false }: { text?: string | null; short?: boolean }) {
  const { i18n } = useTranslation();
  if (!text) return null;
  const [en = '', rest = ''] = text.split(' · ');
  const dot = rest.indexOf('. ');
  const [zh, more] =
    dot < 0 ? [rest.replace(/\.$/, ''), ''] : [rest.slice(0, dot), rest.slice(dot + 2)];
  const label = rest ? (i18n.language === 'zh' ? `${zh} · ${en}` : `${en} · ${zh}`) : en;
  return (
    <Text size="sm" span={short}>
      {label}
      {!short && more && (
        <Text span size="sm" c="dimmed" lang="en">
          {' '}
          {more}
        </Text>
      )}
    </Text>
  );
}

type Hit = { of: string; field: string; description: string | null | undefined };

function searched(schema: GraphQLSchema, wanted: string): Hit[] {
  const hits: Hit[] = [];
  const fits = (name: string, description: string | null | undefined) =>
    name.toLowerCase().includes(wanted) || (description ?? '').toLowerCase().includes(wanted);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || /(Connection|Edge)$/.test(type.name)) continue;
    if (fits(type.name, type.description)) {
      hits.push({ of: type.name, field: '', description: type.description });
    }
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const { name, description } of Object.values(type.getFields())) {
      if (fits(name, description)) hits.push({ of: type.name, field: name, description });
    }
  }
  return hits;
}
