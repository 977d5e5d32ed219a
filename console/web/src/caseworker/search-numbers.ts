import { citizenCheck, passesElevenTest } from '../kit/numbers';

/** What somebody typed: which kind of number it is, and what is wrong with it. */
export type Recognised = {
  kind: 'citizen' | 'entity' | 'case' | 'number' | 'name';
  text: string;
  troubles: Trouble[];
};
/** Words of the room, with what stands in them. */
export type Trouble = { word: string; values?: Record<string, string | number> };

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const HAN = /\p{Script=Han}/u;

export function recognise(typed: string): Recognised | null {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (!text) return null;
  const dense = text.replace(/[\s-]/g, '').toUpperCase();
  const of = (kind: Recognised['kind'], troubles: Trouble[] = [], said = dense): Recognised => ({
    kind,
    text: said,
    troubles,
  });
  if (/^\d{17}[\dX]$/.test(dense)) {
    const troubles = citizenTroubles(dense);
    return troubles.length && creditCheck(dense.slice(0, 17)) === dense[17]
      ? of('entity')
      : of('citizen', troubles);
  }
  if (/^[0-9OIL]{17}[0-9OILX]$/.test(dense)) {
    return of('citizen', [{ word: 'wrongLetters' }]);
  }
  if (/^YC\d{4}[0-9A-F]{12}$/.test(dense)) {
    return of('case', [], `${dense.slice(0, 6)}-${dense.slice(6)}`);
  }
  if (/^[0-9A-Z]{18}$/.test(dense) && !/-/.test(text)) return of('entity', creditTroubles(dense));
  if (/^\d{9}$/.test(dense) && passesElevenTest(dense)) return of('citizen');
  if (/^\d{15}$/.test(dense)) return of('citizen', [{ word: 'wrongFifteen' }]);
  if (/^\d{16,17}X?$|^\d{19,20}$/.test(dense)) {
    return of('citizen', [{ word: 'wrongLength', values: { length: dense.length } }]);
  }
  if (/\d/.test(text) && !HAN.test(text)) return of('number', [], text);
  return of('name', [], text);
}

export function isCitizenNumber(text: string | null | undefined): text is string {
  return !!text && (/^\d{17}[\dX]$/.test(text) || /^\d{9}$/.test(text));
}

function citizenTroubles(number: string): Trouble[] {
  const troubles: Trouble[] = [];
  const year = Number(number.slice(6, 10));
  const month = Number(number.slice(10, 12));
  const day = Number(number.slice(12, 14));
  if (year < 1850 || year > new Date().getFullYear()) {
    troubles.push({ word: 'wrongYear', values: { year: number.slice(6, 10) } });
  }
  if (month < 1 || month > 12) {
    troubles.push({ word: 'wrongMonth', values: { month: number.slice(10, 12) } });
  } else if (day < 1 || day > new Date(year, month, 0).getDate()) {
    troubles.push({ word: 'wrongDay', values: { day: number.slice(12, 14) } });
  }
  const right = citizenCheck(number);
  if (right !== number[17]) {
    troubles.push({ word: 'wrongCheck', values: { right, is: number[17] as string } });
    const swapped = swaps(number);
    if (swapped.length && swapped.length <= 3) {
      const places = swapped.map((at) => `${at}–${at + 1}`).join(', ');
      troubles.push({ word: 'wrongSwap', values: { places } });
    }
  }
  return troubles;
}

/** Places (from 1) where swapping a digit with the next one makes the number right. */
function swaps(number: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < 16; at += 1) {
    const [one, other] = [number[at] as string, number[at + 1] as string];
    if (one === other) continue;
    const tried = number.slice(0, at) + other + one + number.slice(at + 2);
    const month = Number(tried.slice(10, 12));
    const day = Number(tried.slice(12, 14));
    const real = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (real && citizenCheck(tried) === tried[17]) found.push(at + 1);
  }
  return found;
}

function creditTroubles(code: string): Trouble[] {
  const wrong = [...code].findIndex((letter) => !CREDIT_ALPHABET.includes(letter));
  if (wrong >= 0) {
    return [
      { word: 'wrongCreditLetter', values: { letter: code[wrong] as string, at: wrong + 1 } },
    ];
  }
  const right = creditCheck(code.slice(0, 17));
  if (right === code[17]) return [];
  return [{ word: 'wrongCheck', values: { right, is: code[17] as string } }];
}

function creditCheck(body: string): string {
  let weight = 1;
  let total = 0;
  for (const letter of body) {
    total += weight * CREDIT_ALPHABET.indexOf(letter);
    weight = (weight * 3) % 31;
  }
  return CREDIT_ALPHABET[(31 - (total % 31)) % 31] as string;
}
