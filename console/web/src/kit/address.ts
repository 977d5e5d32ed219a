import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

type Changes = Record<string, string | null | undefined>;

/** What the address says behind `?`, and how some of it is changed: nothing takes a part away. */
export function useAddress(): [
  URLSearchParams,
  (changes: Changes, options?: { replace?: boolean }) => void,
] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (changes: Changes, options?: { replace?: boolean }) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      }, options),
    [setSearch],
  );
  return [search, change];
}
