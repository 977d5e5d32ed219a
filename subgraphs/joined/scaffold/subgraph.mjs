// A Federation 2 subgraph out of its SDL and a function that finds entities.
import { buildSchema, graphql, Kind, parse } from 'graphql';

const FEDERATION = `
  directive @link(url: String!, as: String, for: String, import: [String]) repeatable on SCHEMA
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  scalar _Any
  type _Service { sdl: String! }
  type Query { _service: _Service!  _entities(representations: [_Any!]!): [_Entity]! }
`;

/** Types with a key: what `_entities` may be asked for. */
function keyed(sdl) {
  return parse(sdl)
    .definitions.filter((d) => d.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter((d) => d.directives.some((directive) => directive.name.value === 'key'))
    .map((d) => d.name.value);
}

/** A function that answers operations; `entities` gives one entity, or null, for each key. */
export function subgraph(sdl, entities) {
  const union = `union _Entity = ${keyed(sdl).join(' | ')}`;
  const schema = buildSchema(`${sdl}\n${FEDERATION}\n${union}`, { assumeValidSDL: true });
  const rootValue = {
    _service: { sdl },
    _entities: ({ representations }) => entities(representations),
  };
  return ({ query, variables, operationName }) =>
    graphql({ schema, source: query, rootValue, variableValues: variables, operationName });
}
