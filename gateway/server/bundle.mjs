// A thread that unpacks the GraphiQL bundle of @graphql-yoga/render-graphiql into gzipped files.
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';

// The package exports only the whole page with inline scripts, which a strict policy forbids.
const entry = createRequire(import.meta.url).resolve('@graphql-yoga/render-graphiql');
const file = join(dirname(dirname(entry)), 'esm', 'graphiql.js');
const { css, js, editorWorkerService, jsonWorker, graphqlWorker } = await import(
  pathToFileURL(file).href
);

parentPort.postMessage({
  'bundle.css': gzipSync(css),
  'bundle.js': gzipSync(js),
  'editor.js': gzipSync(editorWorkerService),
  'json.js': gzipSync(jsonWorker),
  'graphql.js': gzipSync(graphqlWorker),
});
