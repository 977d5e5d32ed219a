// Development only: a token from the development issuer, without the browser seeing a secret.
import { readFile } from 'node:fs/promises';
import { isLoopback } from './config.mjs';
import { send } from './http.mjs';
import { parseJson, readBody } from './request.mjs';

const BODY_BYTES_MAX = 1_000;
const EXTRAS = ['subject', 'district', 'person', 'worker', 'organisation', 'department'];

/** {choices, respond}: a POST of {"choice": index} answers {"headers": {…}} for that choice. */
export function developmentLogin({ tokenUrl, clientsFile, choices }) {
  async function respond(request, response) {
    if (!isSameOrigin(request)) return send(response, 403, { error: 'Only from this page.' });
    const { choice: index } = parseJson(await readBody(request, BODY_BYTES_MAX)) ?? {};
    const choice = Number.isInteger(index) ? choices[index] : undefined;
    if (!choice) return send(response, 400, { error: 'There is no such choice.' });
    const token = await fetchToken(tokenUrl, clientsFile, choice);
    if (!token) return send(response, 502, { error: 'The development issuer gives no token.' });
    return send(response, 200, { headers: headersOf(choice, token) });
  }
  return { choices: choices.map(({ title, consumer }) => ({ title, consumer })), respond };
}

function headersOf({ purpose, basis }, token) {
  return {
    Authorization: `Bearer ${token}`,
    'Citizengraph-Purpose': purpose,
    'Citizengraph-Basis': basis,
  };
}

/** The access token, or null when the issuer cannot be reached or refuses. */
async function fetchToken(tokenUrl, clientsFile, choice) {
  try {
    const clients = JSON.parse(await readFile(clientsFile, 'utf8'));
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: choice.consumer,
      client_secret: clients[choice.consumer],
    });
    for (const extra of EXTRAS) if (choice[extra]) body.set(extra, choice[extra]);
    const signal = AbortSignal.timeout(5_000);
    const answer = await fetch(tokenUrl, { method: 'POST', body, signal });
    return answer.ok ? (await answer.json()).access_token : null;
  } catch {
    return null;
  }
}

/** Neither another site's page nor a name that was pointed at this machine may log in. */
function isSameOrigin({ headers }) {
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const json = (headers['content-type'] ?? '').startsWith('application/json');
  const origin = headers.origin;
  return json && isLoopback(host) && (!origin || origin === `http://${headers.host}`);
}
