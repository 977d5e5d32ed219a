import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

type Place = { field: FieldNode; type: GraphQLNamedType };

/** Type.field of the model for a path of an answer; null where it is none of this document. */
export function coordinateOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  path: readonly (string | number)[],
): string | null {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  let places: Place[] = [];
  let sets: { set: SelectionSetNode; type: GraphQLNamedType }[] = [];
  const root = schema.getRootType(operation.operation);
  if (root) sets = [{ set: operation.selectionSet, type: root }];
  for (const name of path) {
    if (typeof name === 'number') continue;
    places = sets.flatMap(({ set, type }) => [...fieldsOf(schema, document, set, type, name)]);
    sets = places.flatMap(({ field, type }) => {
      const declared =
        isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : null;
      return declared && field.selectionSet
        ? [{ set: field.selectionSet, type: getNamedType(declared.type) }]
        : [];
    });
  }
  const [place] = places;
  return place ? `${place.type.name}.${place.field.name.value}` : null;
}

/** The fields that answer under a name, in fragments too, with the type that each is of. */
function* fieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  set: SelectionSetNode,
  type: GraphQLNamedType,
  name: string,
): Generator<Place> {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      if ((node.alias ?? node.name).value === name) yield { field: node, type };
      continue;
    }
    const part =
      node.kind === Kind.INLINE_FRAGMENT
        ? node
        : document.definitions.find(
            (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value,
          );
    if (!part || !('selectionSet' in part) || !('typeCondition' in part)) continue;
    const condition = part.typeCondition && schema.getType(part.typeCondition.name.value);
    yield* fieldsOf(schema, document, part.selectionSet, condition ?? type, name);
  }
}
