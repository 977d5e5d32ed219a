// One operation from the client's request to the body of the response.
import { contextTokens, pinnedClaims } from './context.mjs';
import { withDeadline } from './deadline.mjs';
import { GatewayError, present } from './errors.mjs';
import { statedGrant } from './grant.mjs';
import { hashDocument } from './prepare.mjs';
import { readGraphQLRequest } from './request.mjs';

/** A function (request, id, facts) -> body; `facts` collects what the log line will say. */
export function operationRunner({ authenticate, sign, store, limits, log }) {
  return async (request, id, facts) => {
    const caller = await authenticate(request.headers.authorization);
    facts.consumer = caller.consumer;
    const lease = store.borrow(caller.consumer);
    if (!lease) throw noConsumer(store);
    try {
      const grant = statedGrant(request.headers, lease.purposes);
      const { query, variables, operationName } = await readGraphQLRequest(
        request,
        limits.bodyBytesMax,
      );
      const prepared = lease.engine.prepare(query, operationName);
      const claims = pinnedClaims({
        id,
        caller,
        grant,
        policy: lease.policy,
        operationName: prepared.operation.name?.value,
        operationHash: hashDocument(query),
      });
      const token = contextTokens(sign, claims);
      const logOfOperation = (entry) => log({ operation: id, ...entry });
      const result = await withDeadline(limits.operationMs, (signal) =>
        lease.engine.run(prepared, variables, { token, signal, log: logOfOperation }),
      );
      return responseBody(result, id, facts);
    } finally {
      lease.giveBack();
    }
  };
}

function responseBody({ data, errors }, id, facts) {
  if (!errors?.length) return { data };
  facts.codes = [...new Set(errors.map((error) => error.code))];
  return { errors: errors.map((e) => present(e.code ?? 'INTERNAL', e.message, id, e)), data };
}

function noConsumer(store) {
  if (store.policy() === null) {
    return new GatewayError('INTERNAL', 503, 'The gateway has no composition in force yet.');
  }
  const words = 'The access token belongs to no consumer of this graph.';
  return new GatewayError('UNAUTHENTICATED', 401, words);
}
