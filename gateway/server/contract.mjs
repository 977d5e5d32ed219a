// The supergraph of one consumer: what it may not see is @inaccessible, yet the planner keeps it.
import {
  addInaccessibleToUnreachableTypes,
  composeSchemaContract,
  extractLinkImplementations,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import { Kind, visit } from 'graphql';
import { tagVisible, unknownCoordinates } from './visibility.mjs';

const FILTER = { include: new Set(['visible']), exclude: new Set() };

/** {supergraph, publicSdl, errors}: errors are sentences; both texts are null with any. */
export function composeContract(services, visible) {
  const documents = services.map((service) => service.typeDefs);
  const unknown = unknownCoordinates(documents, visible);
  if (unknown.length) return failed(unknown.map((name) => `${name} is in no subgraph.`));
  const wanted = new Set(visible);
  const tagged = services.map((service) => ({
    ...service,
    typeDefs: tagVisible(service.typeDefs, wanted),
  }));
  const result = composeSchemaContract(tagged, FILTER, false);
  if (result.errors) return failed(result.errors.map((error) => error.message));
  return withoutUnreachable(withoutHiddenMembers(result.supergraphDocumentNode));
}

function failed(messages) {
  return { supergraph: null, publicSdl: null, errors: messages };
}

function withoutUnreachable(supergraphDocumentNode) {
  const { resolveImportName } = extractLinkImplementations(supergraphDocumentNode);
  const publicDocumentNode = transformSupergraphToPublicSchema(supergraphDocumentNode);
  const documents = { supergraphDocumentNode, publicDocumentNode };
  const result = addInaccessibleToUnreachableTypes(resolveImportName, documents);
  return { supergraph: result.supergraphSdl, publicSdl: result.publicSdl, errors: [] };
}

/**
 * Unions lose the members that are hidden: the composition library leaves them dangling. One that
 * is hidden as a whole keeps them: the planner knows no union without members.
 */
function withoutHiddenMembers(supergraph) {
  const hidden = new Set();
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && isHidden(node)) hidden.add(node.name.value);
  }
  return visit(supergraph, {
    [Kind.UNION_TYPE_DEFINITION](union) {
      const types = union.types.filter((type) => !hidden.has(type.name.value));
      if (!types.length) return undefined;
      const directives = union.directives.filter((directive) => !namesMember(directive, hidden));
      return types.length === union.types.length ? undefined : { ...union, types, directives };
    },
  });
}

function namesMember(directive, hidden) {
  if (directive.name.value !== 'join__unionMember') return false;
  const member = directive.arguments.find((argument) => argument.name.value === 'member');
  return hidden.has(member?.value.value);
}

function isHidden(node) {
  return node.directives.some((directive) => directive.name.value === 'inaccessible');
}
