// Marks in a subgraph's SDL what one consumer may see: @tag(name: "visible").
import { Kind, parse, print, visit } from 'graphql';

const FEDERATION = 'https://specs.apollo.dev/federation/';
const IMPORTS = ['@tag', '@inaccessible'];
const WITH_MEMBERS = /^(ObjectType|InterfaceType|InputObjectType|EnumType)(Definition|Extension)$/;
const WITHOUT_MEMBERS = /^(ScalarType|UnionType)(Definition|Extension)$/;
const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** Every coordinate of the SDL, with its definition or member node. */
export function* coordinates(document) {
  for (const definition of document.definitions) {
    const name = definition.name?.value;
    if (WITHOUT_MEMBERS.test(definition.kind)) yield [name, definition];
    if (!WITH_MEMBERS.test(definition.kind)) continue;
    yield [name, definition];
    for (const member of definition.fields ?? definition.values ?? []) {
      yield [`${name}.${member.name.value}`, member];
      for (const argument of member.arguments ?? []) {
        yield [`${name}.${member.name.value}(${argument.name.value}:)`, argument];
      }
    }
  }
}

/** The coordinates of `visible` that no subgraph has. */
export function unknownCoordinates(documents, visible) {
  const known = new Set(BUILT_IN);
  for (const document of documents) for (const [name] of coordinates(document)) known.add(name);
  return visible.filter((coordinate) => !known.has(coordinate));
}

/**
 * A copy of the document in which exactly the members named in `visible` carry the tag.
 * A tag on a type with members would be inherited by all of them, so only the members get one.
 */
export function tagVisible(document, visible) {
  const tagged = new Set();
  for (const [coordinate, node] of coordinates(document)) {
    if (visible.has(coordinate) && !WITH_MEMBERS.test(node.kind)) tagged.add(node);
  }
  return visit(document, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE && isFederationLink(node)) return importTag(node);
      const directives = node.directives?.filter((directive) => directive.name.value !== 'tag');
      if (tagged.has(node)) return { ...node, directives: [...directives, visibleTag()] };
      if (directives && directives.length < node.directives.length) return { ...node, directives };
      return undefined;
    },
  });
}

/** Parsed SDL, or an Error that says which subgraph's text is wrong and where. */
export function parseSubgraph({ name, sdl }) {
  let document;
  try {
    document = parse(sdl);
  } catch (error) {
    const place = error.locations?.[0];
    throw new Error(`Subgraph ${name}: line ${place?.line ?? '?'}: ${error.message}`);
  }
  if (!/specs\.apollo\.dev\/federation\/v2/.test(print(document))) {
    throw new Error(`Subgraph ${name}: its schema has no @link to Federation 2.`);
  }
  return document;
}

function isFederationLink(directive) {
  const url = directive.arguments?.find((argument) => argument.name.value === 'url');
  return directive.name.value === 'link' && url?.value.value?.startsWith(FEDERATION);
}

function importTag(link) {
  const given = link.arguments.find((argument) => argument.name.value === 'import');
  const values = given?.value.values ?? [];
  const missing = IMPORTS.filter((name) => !values.some((value) => value.value === name));
  const list = { kind: Kind.LIST, values: [...values, ...missing.map(stringValue)] };
  const imports = { kind: Kind.ARGUMENT, name: nameNode('import'), value: list };
  const others = link.arguments.filter((argument) => argument !== given);
  return { ...link, arguments: [...others, imports] };
}

function visibleTag() {
  const name = { kind: Kind.ARGUMENT, name: nameNode('name'), value: stringValue('visible') };
  return { kind: Kind.DIRECTIVE, name: nameNode('tag'), arguments: [name] };
}

const stringValue = (value) => ({ kind: Kind.STRING, value });
const nameNode = (value) => ({ kind: Kind.NAME, value });
