export type NumberProblem = 'length' | 'characters' | 'date' | 'check';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const BSN_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** A number as it is asked for: without blanks, with a capital X. */
export function cleanNumber(text: string): string {
  return text.replace(/[\s'’\u200b\ufeff]/g, '').toUpperCase();
}

/** What is wrong with a citizen number: 18 characters of GB 11643, or nine digits (BSN). */
export function citizenNumberProblem(number: string): NumberProblem | null {
  if (number.length === 9) return bsnProblem(number);
  if (number.length !== 18) return 'length';
  if (!/^\d{17}[\dX]$/.test(number)) return 'characters';
  if (!isDay(number.slice(6, 10), number.slice(10, 12), number.slice(12, 14))) return 'date';
  return citizenCheck(number) === number[17] ? null : 'check';
}

function bsnProblem(number: string): NumberProblem | null {
  if (!/^\d{9}$/.test(number)) return 'characters';
  return number !== '000000000' && passesElevenTest(number) ? null : 'check';
}

/** The check character that the first 17 digits of a citizen number ask for (GB 11643). */
export function citizenCheck(number: string): string {
  return CHECKS[weighed(number, WEIGHTS) % 11] as string;
}

/** The eleven test of nine digits. */
export function passesElevenTest(number: string): boolean {
  return weighed(number, BSN_WEIGHTS) % 11 === 0;
}

function weighed(number: string, weights: number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0);
}

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
