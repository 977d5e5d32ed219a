// Paths at which a masked value stands, from a subgraph's response to the client's.
//
// The Hive runtime drops the extensions of subgraphs, and moves the paths of their errors to every
// place of the client's response that they concern. So a masked path travels as an error does, and
// is taken out of the errors again behind the plan.
const MASKED = Symbol('masked');

/** Notes to travel among the errors: one for each path in `extensions.masked`. */
export function maskedPaths(extensions) {
  const paths = Array.isArray(extensions?.masked) ? extensions.masked : [];
  return paths.filter(isPath).map((path) => ({ code: MASKED, message: '', path }));
}

/** {errors, masked}: the verdicts that are errors, and the paths of those that are notes. */
export function withoutNotes(verdicts) {
  const errors = verdicts.filter(({ code }) => code !== MASKED);
  const masked = verdicts.filter(({ code }) => code === MASKED).map(({ path }) => path);
  return { errors, masked: distinct(masked) };
}

const distinct = (paths) => [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
const isSegment = (part) => typeof part === 'string' || Number.isInteger(part);
const isPath = (path) => Array.isArray(path) && path.length > 0 && path.every(isSegment);
