// Bounds on a GraphQL document, checked before it is validated and planned.
import { Kind } from 'graphql';
import { GatewayError } from './errors.mjs';

const INTROSPECTION = new Set(['__schema', '__type']);
const NOTHING = { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0 };

/** Throws QUERY_TOO_DEEP or QUERY_TOO_LARGE; fragments count as often as they are spread. */
export function checkLimits(document, limits) {
  const measure = measurer(document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      checkOperation(measure(definition.selectionSet), limits);
    }
  }
}

function checkOperation(size, limits) {
  within('QUERY_TOO_DEEP', 'levels deep', size.depth, limits.depthMax);
  const deepest = limits.introspectionDepthMax;
  within('QUERY_TOO_DEEP', 'levels deep in introspection', size.introspectionDepth, deepest);
  within('QUERY_TOO_LARGE', 'fields', size.fields, limits.fieldsMax);
  within('QUERY_TOO_LARGE', 'aliases', size.aliases, limits.aliasesMax);
}

function within(code, unit, value, most) {
  if (value <= most) return;
  throw new GatewayError(code, 400, `The document has ${value} ${unit}; at most ${most} may be.`);
}

/** A function from selection set to size; a fragment in a cycle counts as nothing. */
function measurer(document) {
  const fragments = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const measured = new Map();
  const measureSet = (set) => (set?.selections ?? []).map(measureOne).reduce(beside, NOTHING);

  function measureFragment(name) {
    if (!measured.has(name)) {
      measured.set(name, NOTHING);
      measured.set(name, measureSet(fragments.get(name)?.selectionSet));
    }
    return measured.get(name);
  }

  function measureOne(node) {
    if (node.kind === Kind.FRAGMENT_SPREAD) return measureFragment(node.name.value);
    const inner = measureSet(node.selectionSet);
    return node.kind === Kind.FIELD ? around(node, inner) : inner;
  }

  return measureSet;
}

/** The size of a field with what it selects. */
function around(field, inner) {
  const fields = inner.fields + 1;
  const aliases = inner.aliases + (field.alias ? 1 : 0);
  if (INTROSPECTION.has(field.name.value)) {
    return { depth: 1, introspectionDepth: inner.depth + 1, fields, aliases };
  }
  return { ...inner, depth: inner.depth + 1, fields, aliases };
}

function beside(left, right) {
  return {
    depth: Math.max(left.depth, right.depth),
    introspectionDepth: Math.max(left.introspectionDepth, right.introspectionDepth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
  };
}
