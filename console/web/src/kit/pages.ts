import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnyVariables } from 'urql';
import { type Problem, useAskNow } from './ask';
import type { Asked } from './asked';

type Part<Row> = { rows: readonly Row[]; cursor: string | null };
export type Pages<Row> = {
  rows: Row[];
  loading: boolean;
  problems: Problem[];
  /** Fetch the next page; undefined when there is none. */
  more: (() => void) | undefined;
  /** From the first page on. */
  again: () => void;
};

/** Rows page by page, one behind the other. The operation has a variable `after`. */
export function usePages<Data, Variables extends AnyVariables & { after?: string | null }, Row>(
  operation: Asked<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  part: (data: Data) => Part<Row>,
): Pages<Row> {
  const askNow = useAskNow();
  const [known, setKnown] = useState<{ rows: Row[]; cursor: string | null }>({
    rows: [],
    cursor: null,
  });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [loading, setLoading] = useState(true);
  const key = JSON.stringify(variables);
  const latest = useRef({ part, turn: 0 });
  latest.current.part = part;
  const fetchPage = useCallback(
    async (after: string | null) => {
      const turn = ++latest.current.turn;
      setLoading(true);
      const asked = { ...JSON.parse(key), after } as Variables;
      const { data, account } = await askNow(operation, asked);
      if (turn !== latest.current.turn) return;
      setProblems(account.problems);
      if (data) {
        const { rows, cursor } = latest.current.part(data);
        setKnown((before) => ({ rows: after ? [...before.rows, ...rows] : [...rows], cursor }));
      }
      setLoading(false);
    },
    [askNow, operation, key],
  );
  useEffect(() => {
    void fetchPage(null);
  }, [fetchPage]);
  const more = known.cursor && !loading ? () => void fetchPage(known.cursor) : undefined;
  return { rows: known.rows, loading, problems, more, again: () => void fetchPage(null) };
}
