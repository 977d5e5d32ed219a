// From each consumer's schema: the types of the operations of its rooms, and the labels of what it
// can see. `npm run generate` writes, `-- --check` only says what is not up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import { buildASTSchema, isEnumType, isObjectType, parse, print } from 'graphql';

const SOURCE = join(import.meta.dirname, '..', 'src');
const SUPERGRAPHS = join(import.meta.dirname, '..', '..', '..', 'gateway', 'supergraphs');
const SCALARS = {
  Date: 'string',
  DateTime: 'string',
  Time: 'string',
  PartialDate: 'string',
};
const checking = process.argv.includes('--check');
const rooms = readdirSync(SOURCE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(SOURCE, entry.name, 'consumer.json')))
  .map((entry) => entry.name);
let stale = 0;
for (const room of rooms) await generate(join(SOURCE, room));
process.exit(stale ? 1 : 0);

async function generate(folder) {
  const { consumer } = JSON.parse(readFileSync(join(folder, 'consumer.json'), 'utf8'));
  const text = readFileSync(join(SUPERGRAPHS, `${consumer}.graphql`), 'utf8');
  const ast = parse(text, { noLocation: true });
  const schema = buildASTSchema(ast, { assumeValidSDL: true });
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ location: name, document: parse(readFileSync(join(folder, name), 'utf8')) }));
  keep(join(folder, 'labels.json'), `${JSON.stringify(labelsOf(schema), null, 1)}\n`);
  keep(
    join(folder, 'generated.ts'),
    documents.length ? await typed(ast, documents) : 'export {};\n',
  );
}

async function typed(schema, documents) {
  const types = await codegen({
    filename: 'generated.ts',
    schema,
    documents,
    config: {
      scalars: SCALARS,
      enumsAsTypes: true,
      skipTypename: true,
      defaultScalarType: 'unknown',
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
  });
  return `/* Written by \`npm run generate\`. */\nimport { asked } from '../kit/asked';\n\n${types.trim()}\n\n${texts(documents)}`;
}

/** One constant for each operation, with the fragments that it uses. */
function texts(documents) {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.filter((d) => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]),
  );
  const operations = definitions.filter((d) => d.kind === 'OperationDefinition');
  return `${operations
    .map((operation) => {
      const name = operation.name.value;
      const kind = operation.operation === 'query' ? 'Query' : 'Mutation';
      const text = [operation, ...used(operation, fragments)].map(print).join('\n\n');
      return `export const ${name} = asked<${name}${kind}, ${name}${kind}Variables>(\`${text}\`);`;
    })
    .join('\n\n')}\n`;
}

function used(node, fragments, found = new Set()) {
  for (const [, name] of print(node).matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
    if (found.has(fragments.get(name))) continue;
    found.add(fragments.get(name));
    used(fragments.get(name), fragments, found);
  }
  return [...found];
}

/** {Type: {"": [en, zh], field: [en, zh], VALUE: [en, zh]}} from the descriptions. */
function labelsOf(schema) {
  const labels = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isEnumType(type)) || type.name.startsWith('__')) continue;
    if (type.name.includes('join__') || type.name.includes('link__')) continue;
    const members = isEnumType(type) ? type.getValues() : Object.values(type.getFields());
    const found = Object.fromEntries(
      [['', type], ...members.map((member) => [member.name, member])]
        .map(([name, { description }]) => [name, labelOf(description)])
        .filter(([, label]) => label),
    );
    if (Object.keys(found).length) labels[type.name] = found;
  }
  return labels;
}

function labelOf(description) {
  const [en, zh] = (description ?? '').split('\n')[0].split(' · ');
  return zh ? [en, zh.split(/[.:;] |\.$/)[0]] : null;
}

function keep(path, content) {
  const is = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (is === content) return;
  const name = relative(SOURCE, path);
  if (checking) {
    stale += 1;
    console.error(`${name} is not up to date: npm run generate`);
  } else {
    writeFileSync(path, content);
    console.log(`wrote ${name}`);
  }
}
