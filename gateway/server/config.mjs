// gateway.json: what the gateway is told at its start, with defaults for what is left out.
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const REQUIRED = ['composition', 'signingKeyFile', 'jwksUrl', 'refusalsUrl'];
const ADDRESSES = ['jwksUrl', 'refusalsUrl'];

const DEFAULTS = {
  host: '127.0.0.1',
  port: 4000,
  issuer: 'citizengraph-dev-issuer',
  audience: 'citizengraph',
  contextSeconds: 30,
  reloadMs: 100,
  examples: [],
  devLogin: null,
  proofKeysFile: null,
  proofStatusUrl: null,
  credentialStatusUrl: null,
};

const LIMITS = {
  bodyBytesMax: 262_144,
  tokensMax: 2_000,
  depthMax: 24,
  introspectionDepthMax: 16,
  fieldsMax: 2_000,
  aliasesMax: 50,
  subgraphMs: 18_000,
  mutationMs: 20_000,
  operationMs: 25_000,
  refusalMs: 3_000,
  proofStatusMs: 15_000,
};

/** The configuration, or an Error that names the file and the key. */
export async function readConfiguration(file) {
  const given = JSON.parse(await readFile(file, 'utf8'));
  const limits = { ...LIMITS, ...given.limits };
  const configuration = { ...DEFAULTS, ...given, limits };
  for (const problem of problems(configuration)) throw new Error(`${file}: ${problem}`);
  return configuration;
}

function* problems(configuration) {
  const { limits, host, port } = configuration;
  for (const key of REQUIRED) if (!configuration[key]) yield `${key} is missing.`;
  for (const key of ADDRESSES) {
    if (!URL.canParse(configuration[key])) yield `${key} must be an address.`;
  }
  for (const key of ['proofStatusUrl', 'credentialStatusUrl']) {
    const url = configuration[key];
    if (url && !URL.canParse(url)) yield `${key} must be an address.`;
  }
  for (const key of Object.keys(configuration)) {
    const known = REQUIRED.includes(key) || key in DEFAULTS || key === 'limits';
    if (!known) yield `${key} is unknown.`;
  }
  for (const [key, value] of Object.entries(limits)) {
    if (!(key in LIMITS)) yield `limits.${key} is unknown.`;
    if (!Number.isInteger(value) || value < 1) yield `limits.${key} must be a positive integer.`;
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) yield 'port must be 0 to 65535.';
  if (configuration.devLogin && !isLoopback(host)) yield 'devLogin needs a loopback host.';
}

/** Whether the name or address can only be reached from this machine. */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
