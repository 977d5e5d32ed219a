// The gateway: `node main.mjs <gateway.json>`. SIGTERM drains it; it exits within 5 seconds.
import { createServer } from 'node:http';
import { authenticator } from './authenticate.mjs';
import { readConfiguration } from './config.mjs';
import { compositionStore } from './consumers.mjs';
import { signer } from './context.mjs';
import { graphiqlPages } from './graphiql.mjs';
import { requestListener } from './http.mjs';
import { log } from './log.mjs';
import { operationRunner } from './operation.mjs';
import { proofPages } from './proofs.mjs';
import { refusalRecorder } from './refusals.mjs';
import './frozen.mjs';

const DRAIN_MS = 4_000;

async function start(configuration) {
  const { composition, limits, refusalsUrl, reloadMs, host, port } = configuration;
  const sign = await signer(configuration.signingKeyFile, configuration.contextSeconds);
  const store = await compositionStore({ directory: composition, limits, reloadMs, log });
  const authenticate = authenticator(configuration);
  const recordRefusal = refusalRecorder({ refusalsUrl, sign, limits });
  const run = operationRunner({ authenticate, sign, store, recordRefusal, limits, log });
  const pages = { ...graphiqlPages(configuration), ...proofPages(configuration) };
  const server = createServer(requestListener({ run, store, pages, log }));
  server.on('error', (error) => fail(`cannot listen on ${host}:${port}: ${error.code}`));
  server.listen(port, host, () => {
    const { port: bound } = server.address();
    log({ level: 'info', event: 'listening', port: bound });
  });
  stopOnSignal(server, store);
}

function stopOnSignal(server, store) {
  const stop = () => {
    store.close();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(words) {
  log({ level: 'error', event: 'start-failed', words });
  process.exitCode = 1;
  process.exit();
}

start(await readConfiguration(process.argv[2] ?? 'gateway.json').catch((e) => fail(e.message)));
