import { useLabel } from '../session';
import type { ColumnFragment, WholeMatrixFragment } from './generated';

export type Matrix = WholeMatrixFragment;
export type MatrixColumn = ColumnFragment;
export type MatrixRow = Matrix['rows'][number];

/** Consumer, purpose and basis, as they stand in an address. */
export function columnKey({ consumer, purpose, basis }: MatrixColumn): string {
  return `${consumer}/${purpose}/${basis}`;
}

export function coordinateOf({ type, field }: MatrixRow): string {
  return field ? `${type}.${field}` : type;
}

export function useColumnName(): (column: MatrixColumn) => string {
  const say = useLabel();
  return (column) => `${say(column.consumerLabel)} · ${say(column.purposeLabel)}`;
}
