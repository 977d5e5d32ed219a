/** What was opened last, in the memory of this tab alone: it is gone when the page is loaded anew. */
export type Opened = { path: string; name: string; kind: 'Person' | 'Household' | 'LegalEntity' };

const KEPT_MAX = 12;
let opened: readonly Opened[] = [];

export function noteOpened(one: Opened): void {
  opened = [one, ...opened.filter(({ path }) => path !== one.path)].slice(0, KEPT_MAX);
}

export function recentlyOpened(): readonly Opened[] {
  return opened;
}
