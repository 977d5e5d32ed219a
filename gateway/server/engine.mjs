// One consumer's supergraph served by the Hive gateway runtime with its Rust query planner.
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { execute } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { internal, traceOf } from './errors.mjs';
import { withoutNotes } from './masked.mjs';
import { invalidQuery, preparer } from './prepare.mjs';
import { asksNothing } from './root.mjs';
import { withStrict } from './strict.mjs';
import { subgraphTransport, verdictOf } from './transport.mjs';

/** {prepare, run, dispose} over the supergraph; `subgraphs` maps a name to its address. */
export async function createEngine({ supergraph, subgraphs, limits }) {
  const runtime = createGatewayRuntime({
    supergraph: () => supergraph,
    unifiedGraphHandler,
    transports: { http: subgraphTransport(limits) },
    transportEntries: locations(subgraphs),
    logging: false,
    requestId: false,
    maskedErrors: false,
    subgraphErrors: false,
    graphiql: false,
    landingPage: false,
  });
  const schema = withStrict(await runtime.getSchema());
  const prepare = preparer(schema, limits);
  const run = (prepared, variables, operation) =>
    runOperation({ runtime, schema, prepared, variables, operation });
  return { prepare, run, dispose: () => runtime.dispose() };
}

function locations(subgraphs) {
  return Object.fromEntries(
    Object.entries(subgraphs).map(([name, location]) => [name, { location }]),
  );
}

/**
 * {data, errors, masked}; an error is {code, message, path}, masked a list of paths.
 * Throws QUERY_INVALID for bad variables.
 */
async function runOperation({ runtime, schema, prepared, variables, operation }) {
  const { document, operation: definition, introspection } = prepared;
  const checked = getVariableValues(schema, definition.variableDefinitions ?? [], variables);
  if (checked.errors) throw invalidQuery(checked.errors);
  const operationName = definition.name?.value;
  if (introspection || asksNothing(schema, prepared, checked.coerced)) {
    return execute({ schema, document, variableValues: variables, operationName });
  }
  try {
    return await runPlan({ runtime, schema, document, variables, operationName, operation });
  } catch (error) {
    return { data: null, errors: [internal(operation.log, traceOf(error))] };
  }
}

async function runPlan({ runtime, schema, document, variables, operationName, operation }) {
  const { execute: executePlan, contextFactory } = runtime.getEnveloped({ operation });
  const contextValue = await contextFactory();
  const result = await executePlan({
    schema,
    document,
    variableValues: variables,
    operationName,
    contextValue,
  });
  const verdicts = (result.errors ?? []).map((error) => known(error, operation));
  return { data: result.data ?? null, ...withoutNotes(verdicts) };
}

/** Errors that the transport has judged keep their verdict; all others are the planner's own. */
function known(error, operation) {
  const verdict = verdictOf(error);
  if (verdict) return { ...verdict, path: error.path };
  return internal(operation.log, traceOf(error), error);
}
