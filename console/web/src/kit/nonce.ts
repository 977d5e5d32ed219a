const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]');
/** What style elements that are made here have to carry. */
export const NONCE = meta?.nonce || meta?.content || '';
