// One operation from the client's request to the body of the response.
import { contextTokens, pinnedClaims } from './context.mjs';
import { withDeadline } from './deadline.mjs';
import { GatewayError, present } from './errors.mjs';
import { statedGrant } from './grant.mjs';
import { hashDocument } from './prepare.mjs';
import { checkTexts, readGraphQLRequest } from './request.mjs';
import { rejectDenials } from './strict.mjs';

const NAME = /^[_A-Za-z]\w{0,127}$/;

/** A function (request, id, facts) -> body; `facts` collects what the log line will say. */
export function operationRunner({ authenticate, sign, store, recordRefusal, limits, log }) {
  return async (request, id, facts) => {
    const caller = await authenticate(request.headers.authorization);
    facts.consumer = caller.consumer;
    const lease = store.borrow(caller.consumer);
    if (!lease) throw noConsumer(store);
    try {
      const grant = statedGrant(request.headers, lease.purposes);
      const asked = await readGraphQLRequest(request, limits.bodyBytesMax);
      const operationHash = hashDocument(asked.query);
      const pinned = { id, caller, grant, policy: lease.policy, operationHash };
      const pin = (operationName, strict = false) =>
        pinnedClaims({ ...pinned, operationName, strict });
      const logOfOperation = (entry) => log({ operation: id, ...entry });
      const serve = { engine: lease.engine, asked, pin, sign, limits, log: logOfOperation };
      const result = await served(serve).catch(async (error) => {
        if (!(error instanceof GatewayError)) throw error;
        await recordRefusal(pin(plainName(asked.operationName)), error, logOfOperation);
        throw error;
      });
      return responseBody(result, id, facts);
    } finally {
      lease.giveBack();
    }
  };
}

/** {data, errors, masked} of the operation; a GatewayError when it is refused as a whole. */
async function served({ engine, asked, pin, sign, limits, log }) {
  checkTexts(asked);
  const prepared = engine.prepare(asked.query, asked.operationName);
  const token = contextTokens(sign, pin(prepared.operation.name?.value, prepared.strict));
  const result = await withDeadline(limits.operationMs, (signal) =>
    engine.run(prepared, asked.variables, { token, signal, log }),
  );
  if (prepared.strict) rejectDenials(result);
  return result;
}

/** The name as the client gave it, if it is one: of a refused document it is all there is. */
const plainName = (name) => (NAME.test(name ?? '') ? name : null);

function responseBody({ data, errors, masked }, id, facts) {
  const extensions = masked?.length && data ? { extensions: { masked } } : {};
  if (!errors?.length) return { data, ...extensions };
  facts.codes = [...new Set(errors.map((error) => error.code))];
  const presented = errors.map((e) => present(e.code ?? 'INTERNAL', e.message, id, e));
  return { errors: presented, data, ...extensions };
}

function noConsumer(store) {
  if (store.policy() === null) {
    return new GatewayError('INTERNAL', 503, 'The gateway has no composition in force yet.');
  }
  const words = 'The access token belongs to no consumer of this graph.';
  return new GatewayError('UNAUTHENTICATED', 401, words);
}
