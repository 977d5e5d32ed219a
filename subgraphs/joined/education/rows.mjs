// The certificates of the education department, in its own tables, columns and codes.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

// GB/T 4658-2006
const LEVELS = {
  11: 'DOCTOR',
  14: 'MASTER',
  21: 'BACHELOR',
  31: 'JUNIOR_COLLEGE',
  41: 'SECONDARY_VOCATIONAL',
  61: 'SENIOR_SECONDARY',
  71: 'JUNIOR_SECONDARY',
};
const FORMS = { Q: 'FULL_TIME', F: 'PART_TIME' };
const ROWS = `
  SELECT zsbh AS number, xlcc, xxxs, byyx AS school, zy AS major, rxrq AS enrolledOn, byrq AS graduatedOn
  FROM xlzs WHERE gmsfhm = ? ORDER BY byrq, zsbh`;

const certificate = ({ xlcc, xxxs, ...row }) => ({ ...row, level: LEVELS[xlcc], form: FORMS[xxxs] });

/** A function that gives one entity, or null, for each key, in order. */
export function entities(file) {
  let known = '';
  let rows;

  /** The statement on the file as it is now: a delivery replaces it. */
  function statement() {
    const { ino, mtimeMs } = statSync(file);
    if (known !== `${ino} ${mtimeMs}`) {
      rows = new DatabaseSync(file, { readOnly: true }).prepare(ROWS);
      known = `${ino} ${mtimeMs}`;
    }
    return rows;
  }

  return (representations) =>
    representations.map((asked) => {
      const found = statement().all(asked.citizenNumber);
      if (!found.length) return null;
      return { ...asked, educationCertificates: found.map(certificate) };
    });
}
