// GraphiQL at /graphiql, served whole from this machine; on a development stack with a login.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { developmentLogin } from './login.mjs';
import { send } from './http.mjs';

// Monaco sets style attributes and data: fonts and images; nothing is fetched from elsewhere.
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const PAGE_FILES = {
  '/graphiql': ['graphiql.html', 'text/html'],
  '/graphiql/page.js': ['graphiql.js', 'text/javascript'],
};
const BUNDLE_TYPES = { '.css': 'text/css', '.js': 'text/javascript' };
const BUNDLE_PATHS = ['bundle.css', 'bundle.js', 'editor.js', 'json.js', 'graphql.js'];

/** Maps "METHOD /path" to a function (request, response). */
export function graphiqlPages({ devLogin, examples }) {
  const bundle = lazily(loadBundle);
  const login = devLogin && developmentLogin(devLogin);
  const pages = {
    'GET /': (_, response) => redirect(response, '/graphiql'),
    'GET /graphiql/options.json': (_, response) =>
      send(response, 200, { examples, choices: login?.choices ?? [] }),
  };
  for (const [path, [name, type]] of Object.entries(PAGE_FILES)) {
    const file = join(import.meta.dirname, 'pages', name);
    pages[`GET ${path}`] = async (_, response) => write(response, type, await readFile(file));
  }
  for (const name of BUNDLE_PATHS) {
    const type = BUNDLE_TYPES[name.slice(name.lastIndexOf('.'))];
    pages[`GET /graphiql/${name}`] = async (_, response) =>
      write(response, type, (await bundle())[name], true);
  }
  if (login) pages['POST /graphiql/login'] = login.respond;
  return pages;
}

function redirect(response, location) {
  response.writeHead(302, { Location: location });
  response.end();
}

function write(response, type, content, gzipped = false) {
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': gzipped ? 'max-age=3600' : 'no-cache',
    ...(gzipped && { 'Content-Encoding': 'gzip' }),
  });
  response.end(content);
}

/** The five files of the bundle, gzipped; read in a thread of its own to keep 30 MB out of here. */
function loadBundle() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'bundle.mjs'));
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function lazily(load) {
  let loaded = null;
  return () => {
    loaded ??= load().catch((error) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}
