import { useCallback } from 'react';
import { useSearch } from 'wouter';

const KEPT = ['purpose', 'case'];

/** Addresses of other pages, for the same purpose and case; null takes one of them away. */
export function useHref(): (
  path: string,
  query?: Record<string, string | null | undefined>,
) => string {
  const search = useSearch();
  return useCallback(
    (path, query = {}) => {
      const now = new URLSearchParams(search);
      const next = new URLSearchParams();
      for (const name of KEPT) {
        const value = now.get(name);
        if (value && query[name] === undefined) next.set(name, value);
      }
      for (const [name, value] of Object.entries(query)) if (value) next.set(name, value);
      return next.size ? `${path}?${next}` : path;
    },
    [search],
  );
}
