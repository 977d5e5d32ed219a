let last = Date.now();

/** Seconds since the server was last asked anything. */
export function idleSeconds(): number {
  return (Date.now() - last) / 1000;
}

/** `fetch`, noted as activity: each request keeps the session alive. */
export function ask(...request: Parameters<typeof fetch>): Promise<Response> {
  last = Date.now();
  return fetch(...request);
}
