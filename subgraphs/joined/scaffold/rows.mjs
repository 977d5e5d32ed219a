// The register's rows, in a SQLite file of its own. Whatever keeps them can stand here instead.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const TABLES = JSON.parse(readFileSync(new URL('tables.json', import.meta.url), 'utf8'));

/** A function that gives one entity, or null, for each key, in order. */
export function entities(file) {
  const database = new DatabaseSync(file);
  for (const { table, key, columns } of TABLES) {
    const names = [key, ...columns].map((name) => `"${name}"`);
    database.exec(`CREATE TABLE IF NOT EXISTS "${table}" (${names.join(', ')})`);
    database.exec(`CREATE INDEX IF NOT EXISTS "${table}_${key}" ON "${table}" ("${key}")`);
  }

  function held({ table, key, columns }, number) {
    const names = columns.map((name) => `"${name}"`).join(', ');
    const rows = database.prepare(`SELECT ${names} FROM "${table}" WHERE "${key}" = ?`);
    return rows.all(number);
  }

  return (representations) =>
    representations.map((asked) => {
      const tables = TABLES.filter(({ of }) => of === asked.__typename);
      const found = tables.map((table) => [table.field, held(table, asked[table.key])]);
      if (!found.some(([, rows]) => rows.length)) return null;
      return { ...asked, ...Object.fromEntries(found) };
    });
}
