// The log: one JSON object a line on standard output; never a variable, document or token.

/** Write one entry; the time is added. */
export function log(entry) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}
