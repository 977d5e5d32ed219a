// What an operation selects at its root, in the cases that the planner answers wrongly.
import { Kind, visit } from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';

/**
 * The document with each `__typename` at the root in a fragment of its own. Where one stands before
 * a fragment, Hive takes the whole operation for introspection and answers null without asking.
 */
export function withTypenameApart(document) {
  const apart = (operation) => ({
    ...operation,
    selectionSet: {
      ...operation.selectionSet,
      selections: operation.selectionSet.selections.map((node) =>
        node.name?.value === '__typename' ? inFragment(node) : node,
      ),
    },
  });
  return visit(document, { [Kind.OPERATION_DEFINITION]: apart });
}

const inFragment = (node) => ({
  kind: Kind.INLINE_FRAGMENT,
  selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
});

/** Whether @skip and @include leave nothing but type names to ask for. Hive has no plan for that. */
export function asksNothing(schema, { document, operation }, variables) {
  const fragments = { __proto__: null };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const root = schema.getRootType(operation.operation);
  const fields = collectFields(schema, fragments, variables, root, operation.selectionSet);
  return [...fields.values()].every(([node]) => node.name.value === '__typename');
}
