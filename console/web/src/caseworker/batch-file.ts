import { citizenNumberProblem, cleanNumber, type NumberProblem } from '../kit/numbers';

export const ROWS_MAX = 10_000;
export const BYTES_MAX = 5_000_000;
export type BatchRow = { row: number; number: string; problem: NumberProblem | null };
export type Sheet = { cells: string[][]; column: number; header: boolean };

/** A file as text: UTF-8, or what spreadsheets here write (GB 18030). */
export async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The cells of a CSV or a list, and in which column the numbers stand. */
export function sheetOf(text: string): Sheet {
  const cells = parse(text.replace(/^\ufeff/, ''));
  const width = Math.max(0, ...cells.map((row) => row.length));
  let column = 0;
  let best = -1;
  for (let place = 0; place < width; place += 1) {
    const fits = cells.filter((row) => looksLikeNumber(row[place] ?? '')).length;
    if (fits > best) [column, best] = [place, fits];
  }
  const first = cleanNumber(cells[0]?.[column] ?? '');
  return { cells, column, header: Boolean(first) && !/\d/.test(first) };
}

/** The numbers with the row of the file in which each stands; empty rows are left out. */
export function rowsOf({ cells, column, header }: Sheet): BatchRow[] {
  return cells.flatMap((row, place) => {
    if ((header && place === 0) || row.every((cell) => !cell.trim())) return [];
    const number = cleanNumber(row[column] ?? '');
    return [{ row: place + 1, number, problem: citizenNumberProblem(number) }];
  });
}

/** As a file for spreadsheets: nothing in it is taken for a formula. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => cells.map(guarded).join(',');
  return `\ufeff${lines.map(line).join('\r\n')}\r\n`;
}

function guarded(cell: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function looksLikeNumber(cell: string): boolean {
  return /^(\d{17}[\dX]|\d{9})$/.test(cleanNumber(cell));
}

function separatorOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  return ['\t', ';', ','].find((one) => line.includes(one)) ?? ',';
}

function parse(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && !cell) quoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[at + 1] === '\n') at += 1;
      endRow();
    } else cell += letter;
  }
  if (cell || row.length) endRow();
  return rows;
}
