// Composes subgraphs into one supergraph and one contract per consumer: JSON in, JSON out.
import { text } from 'node:stream/consumers';
import { composeServices } from '@theguild/federation-composition';
import { composeContract } from './contract.mjs';
import { parseSubgraph } from './visibility.mjs';

/** Runs `work`; what it throws or returns as errors is added to `errors` under the consumer. */
function attempt(errors, consumer, work) {
  try {
    const result = work();
    for (const error of result.errors ?? []) errors.push(words(consumer, error));
    return result;
  } catch (error) {
    errors.push(words(consumer, error));
    return null;
  }
}

function words(consumer, error) {
  return { consumer, message: typeof error === 'string' ? error : error.message };
}

function services(subgraphs, errors) {
  return subgraphs.map((subgraph) => ({
    name: subgraph.name,
    url: subgraph.url,
    typeDefs: attempt(errors, null, () => parseSubgraph(subgraph)),
  }));
}

function compose({ subgraphs, consumers }) {
  const errors = [];
  const parsed = services(subgraphs, errors);
  const full = errors.length ? null : attempt(errors, null, () => composeServices(parsed));
  const contracts = {};
  if (errors.length) return { supergraph: null, consumers: contracts, errors };
  for (const [consumer, { visible }] of Object.entries(consumers)) {
    contracts[consumer] = attempt(errors, consumer, () => composeContract(parsed, visible));
    delete contracts[consumer]?.errors;
  }
  return { supergraph: full.supergraphSdl, consumers: contracts, errors };
}

process.stdout.write(JSON.stringify(compose(JSON.parse(await text(process.stdin)))));
