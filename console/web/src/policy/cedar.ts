import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';

import type { TextsQuery } from './generated';

export type Model = NonNullable<TextsQuery['policyMatrix']>;
export type Catalogue = NonNullable<TextsQuery['dataCatalogue']>;
const KEYWORDS =
  /^(?:permit|forbid|when|unless|principal|action|resource|context|in|is|has|if|then|else|true|false)\b/;

/** Cedar, as far as colours need it. */
export const cedarLanguage = StreamLanguage.define({
  name: 'cedar',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
    if (stream.match(/^@\w+/)) return 'meta';
    if (stream.match(KEYWORDS)) return 'keyword';
    if (stream.match(/^[A-Z]\w*(?=::)/)) return 'typeName';
    if (stream.match(/^\d+/)) return 'number';
    if (stream.match(/^\w+/)) return 'variableName';
    stream.next();
    return null;
  },
});

/** Every action that can be granted. */
export function actionsOf(catalogue: Catalogue, matrix: Model): Completion[] {
  const modes = new Map<string, readonly string[]>(
    catalogue.flatMap((type) =>
      type.fields.map((field) => [`${type.name}.${field.name}`, field.modes] as const),
    ),
  );
  return matrix.rows.flatMap((row) => {
    const coordinate = row.field ? `${row.type}.${row.field}` : row.type;
    const detail = `${row.label.en} ${row.label.zh}`;
    if (!row.field) return [{ label: `see:${coordinate}`, detail, type: 'constant' }];
    return (modes.get(coordinate) ?? ['clear']).map((mode) => ({
      label: `${mode}:${coordinate}`,
      detail,
      type: 'constant',
    }));
  });
}

/** What may stand at the cursor: names of the catalogue and of the contracts. */
export function completeCedar(catalogue: Catalogue, matrix: Model) {
  const actions = actionsOf(catalogue, matrix);
  const named = (values: Iterable<string>, type: string): Completion[] =>
    [...new Set(values)].sort().map((label) => ({ label, type }));
  const consumers = named(
    matrix.columns.map(({ consumer }) => consumer),
    'class',
  );
  const purposes = named(
    matrix.columns.map(({ purpose }) => purpose),
    'constant',
  );
  const bases = named(
    matrix.columns.map(({ basis }) => basis),
    'constant',
  );
  const callers = named(
    matrix.columns.flatMap(({ caller }) => caller),
    'property',
  );
  const types = named(
    catalogue.map(({ name }) => name),
    'class',
  );
  const tests = [
    ...new Map(
      catalogue.flatMap(({ tests: found }) =>
        found.map(({ name, words }) => [
          name,
          { label: name, detail: `${words.en} ${words.zh}`, type: 'property' },
        ]),
      ),
    ).values(),
  ];
  const plain: Completion[] = [
    ...['permit', 'forbid', 'when', 'unless', 'principal', 'action', 'resource', 'context'],
    ...['has', 'is', 'in', '@id("")', '@until("")', '@review("")', '@basis("")', '@mask("")'],
  ].map((label) => ({ label, type: 'keyword' }));
  const places: [RegExp, Completion[]][] = [
    [/Consumer::"[\w-]*$/, consumers],
    [/Action::"[\w:./-]*$/, actions],
    [/context\.purpose\s*==\s*"[\w-]*$/, purposes],
    [/context\.basis\s*==\s*"[\w-]*$/, bases],
    [/context\.\w*$/, named(['purpose', 'basis'], 'property')],
    [/principal(?:\.|\s+has\s+)\w*$/, callers],
    [/resource\s+is\s+\w*$/, types],
    [/resource\.\w*$/, tests],
  ];
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const place = places.find(([pattern]) => pattern.test(before));
    const word = /[\w:./@-]*$/.exec(before)?.[0] ?? '';
    if (place) {
      const last = place[0].source.includes('"')
        ? before.lastIndexOf('"')
        : Math.max(before.lastIndexOf('.'), before.lastIndexOf(' '));
      return { from: line.from + last + 1, options: place[1], validFor: /^[\w:./-]*$/ };
    }
    if (!word && !context.explicit) return null;
    return { from: context.pos - word.length, options: plain };
  };
}

export type Test = {
  name: string;
  kind: 'yes' | 'no' | 'callers' | 'value' | 'over';
  value: string;
};
export type Grant = {
  id: string;
  why: string;
  consumer: string;
  purpose: string;
  basis: string;
  type: string;
  mode: string;
  mask: string;
  fields: readonly string[];
  tests: readonly Test[];
  until: string;
  document: string;
};
/** Which attribute of the caller a row's is compared with. */
export const CALLERS: Record<string, string> = {
  district: 'district',
  subjectDistrict: 'district',
  relativeDistrict: 'district',
  office: 'district',
  department: 'department',
  citizenNumber: 'person',
  person: 'person',
  subject: 'person',
  relative: 'person',
};

/** The grant that the builder says, as Cedar text. */
export function grantText(grant: Grant, catalogue: Catalogue): string {
  const type = catalogue.find(({ name }) => name === grant.type);
  const needed = new Set<string>();
  const tests = grant.tests.map((test) => {
    const declared = type?.tests.find(({ name }) => name === test.name);
    for (const name of declared?.caller ?? []) needed.add(name);
    const resource = `resource.${test.name}`;
    const caller = CALLERS[test.name];
    if (test.kind === 'callers' && caller) {
      needed.add(caller);
      return `${resource} == principal.${caller}`;
    }
    if (test.kind === 'value') {
      const values = test.value.split(/[\s,,]+/).filter(Boolean);
      return values.length > 1
        ? `[${values.map(quoted).join(', ')}].contains(${resource})`
        : `${resource} == ${quoted(values[0] ?? '')}`;
    }
    if (test.kind === 'over') return `${resource} > ${Number(test.value) || 0}`;
    return test.kind === 'no' ? `!${resource}` : resource;
  });
  const when = [
    `context.purpose == ${quoted(grant.purpose)}`,
    ...(grant.basis ? [`context.basis == ${quoted(grant.basis)}`] : []),
    ...[...needed].map((name) => `principal has ${name}`),
    ...tests,
  ];
  const actions = grant.fields.map((field) => quoted(`${grant.mode}:${grant.type}.${field}`));
  const [first = ''] = actions;
  return [
    ...(grant.why ? [`// ${grant.why.replaceAll(/\s+/g, ' ')}`] : []),
    `@id(${quoted(grant.id)})`,
    ...(grant.document ? [`@basis(${quoted(grant.document)})`] : []),
    ...(grant.until ? [`@until(${quoted(grant.until)})`] : []),
    ...(grant.mode === 'masked' && grant.mask ? [`@mask(${quoted(grant.mask)})`] : []),
    'permit (',
    `  principal == Consumer::${quoted(grant.consumer)},`,
    actions.length > 1
      ? `  action in\n    [${actions.map((one) => `Action::${one}`).join(',\n     ')}],`
      : `  action == Action::${first},`,
    '  resource',
    ')',
    'when',
    '{',
    `  ${when.join(' &&\n  ')}`,
    '};',
    '',
  ].join('\n');
}

/** The text with the policy of that id put in place of what it has, else at its end. */
export function withPolicy(text: string, id: string, policy: string): string {
  const place = placeOf(text, id);
  if (place) return text.slice(0, place[0]) + policy.trimEnd() + text.slice(place[1]);
  return `${text.trimEnd()}${text.trim() ? '\n\n' : ''}${policy}`;
}

/** From the comment above the policy to its semicolon. */
export function placeOf(text: string, id: string): [number, number] | null {
  const at = text.indexOf(`@id(${quoted(id)})`);
  if (at < 0) return null;
  let from = text.lastIndexOf('\n', at) + 1;
  for (;;) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    const line = text.slice(before, from).trim();
    if (from === 0 || !(line.startsWith('//') || line.startsWith('@'))) break;
    from = before;
  }
  const end = endOf(text, at);
  return [from, end];
}

/** Behind the semicolon of the policy that begins here; strings and comments do not count. */
function endOf(text: string, from: number): number {
  const tokens = /\/\/[^\n]*|"(?:\\.|[^"\\])*"|;/g;
  tokens.lastIndex = from;
  for (let found = tokens.exec(text); found; found = tokens.exec(text))
    if (found[0] === ';') return found.index + 1;
  return text.length;
}

export function lineOf(text: string, id: string): number {
  const place = placeOf(text, id);
  return place ? text.slice(0, place[0]).split('\n').length : 1;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
