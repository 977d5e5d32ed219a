// The composition in force: consumers.json and the supergraphs it names, swapped as a whole.
import { createHash } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createEngine } from './engine.mjs';
import { traceOf } from './errors.mjs';

/**
 * Loads `directory`/consumers.json and again whenever it changes.
 * `borrow(consumer)` gives {policy, engine, purposes, giveBack}, or null for an unknown consumer;
 * an engine that was replaced is disposed of when all who borrowed it have given it back.
 */
export async function compositionStore({ directory, limits, reloadMs, log }) {
  const file = join(directory, 'consumers.json');
  let current = { policy: null, engines: new Map(), consumers: new Map() };
  let loading = Promise.resolve();

  async function reload() {
    try {
      const next = await load(directory, file, limits, current.engines);
      const replaced = [...current.engines].filter(([key]) => !next.engines.has(key));
      current = next;
      for (const [, engine] of replaced) engine.retire();
      log({ level: 'info', event: 'composition', policy: next.policy, engines: next.engines.size });
    } catch (error) {
      const words = error instanceof CompositionError ? error.message : undefined;
      log({ level: 'error', event: 'composition-refused', words, ...traceOf(error) });
    }
  }

  const reloadInTurn = () => (loading = loading.then(reload));
  watchFile(file, { interval: reloadMs }, reloadInTurn);
  await reloadInTurn();
  return {
    borrow: (consumer) => borrow(current, consumer),
    policy: () => current.policy,
    close: () => unwatchFile(file, reloadInTurn),
  };
}

function borrow({ policy, consumers }, consumer) {
  const entry = consumers.get(consumer);
  if (!entry) return null;
  return { policy, purposes: entry.purposes, ...entry.engine.borrow() };
}

class CompositionError extends Error {}

async function load(directory, file, limits, existing) {
  const { policy, subgraphs, consumers: listed } = JSON.parse(await readFile(file, 'utf8'));
  const engines = new Map();
  const consumers = new Map();
  for (const [consumer, { supergraph: name, sha256, purposes }] of Object.entries(listed)) {
    const supergraph = await readSupergraph(directory, name, sha256);
    const key = digest(JSON.stringify([supergraph, subgraphs]));
    const known = engines.get(key) ?? existing.get(key);
    engines.set(key, known ?? shared(await createEngine({ supergraph, subgraphs, limits })));
    consumers.set(consumer, { engine: engines.get(key), purposes });
  }
  return { policy, engines, consumers };
}

/** An engine that counts who uses it. */
function shared(engine) {
  let users = 0;
  let retired = false;
  const disposeIfUnused = () => retired && users === 0 && engine.dispose();
  return {
    borrow() {
      users += 1;
      return { engine, giveBack: () => ((users -= 1), disposeIfUnused()) };
    },
    retire() {
      retired = true;
      disposeIfUnused();
    },
  };
}

/** The text of a supergraph file, only if it is the one that consumers.json was written for. */
async function readSupergraph(directory, name, sha256) {
  const text = await readFile(join(directory, basename(name)), 'utf8');
  if (sha256 && digest(text) !== sha256) {
    throw new CompositionError(`${basename(name)} is not the file that consumers.json names.`);
  }
  return text;
}

const digest = (text) => createHash('sha256').update(text).digest('hex');
