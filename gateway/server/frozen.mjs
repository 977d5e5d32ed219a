// Freezes what every object inherits: merging results must never reach it. To be imported last,
// because some libraries, while they load, set members that a frozen prototype forbids to set.

const inherited = [Object.prototype, Array.prototype, Function.prototype];

/** Everything that can be reached from the prototypes: constructors, methods, their members. */
function reachable(roots) {
  const found = new Set(roots);
  for (const object of found) {
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(object))) {
      for (const member of [value, get, set]) if (isObject(member)) found.add(member);
    }
  }
  return found;
}

const isObject = (value) => typeof value === 'function' || (value && typeof value === 'object');

for (const object of reachable(inherited)) Object.freeze(object);
