// Names in a document that the merging of results cannot tell from its own.
import { GraphQLError, Kind, visit } from 'graphql';

const KEY = 'id';

/**
 * GraphQL errors for reserved names. The Hive runtime merges results by response key into plain
 * objects, where `constructor` or `__proto__` is a member of all of them, and takes whatever
 * stands under `id` for the entity's key.
 */
export function nameErrors(document) {
  const errors = [];
  const report = (node, words) => errors.push(new GraphQLError(words, { nodes: [node] }));
  const reserve = ({ name }, what) => {
    if (name && isReserved(name.value)) {
      report(name, `The ${what} "${name.value}" is reserved; choose another name.`);
    }
  };
  visit(document, {
    [Kind.FIELD]: (field) => checkResponseKey(field, report),
    [Kind.VARIABLE_DEFINITION]: (definition) => reserve(definition.variable, 'variable'),
    [Kind.FRAGMENT_DEFINITION]: (definition) => reserve(definition, 'fragment'),
    [Kind.OPERATION_DEFINITION]: (definition) => reserve(definition, 'operation'),
  });
  return errors;
}

function checkResponseKey({ alias, name }, report) {
  if (!alias) {
    if (name.value in Object.prototype) {
      report(name, `The name "${name.value}" is reserved; give the field an alias.`);
    }
    return;
  }
  if (isReserved(alias.value)) {
    report(alias, `The alias "${alias.value}" is reserved; choose another alias.`);
  } else if (alias.value === KEY && name.value !== KEY) {
    report(alias, `The alias "${KEY}" is reserved for the field "${KEY}"; choose another alias.`);
  }
}

const isReserved = (name) => name.startsWith('__') || name in Object.prototype;
