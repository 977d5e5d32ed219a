import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type Label = { en: string; zh: string };
export type Basis = { id: string; label: Label; citation: string };
export type Purpose = { id: string; label: Label; bases: Basis[] };
export type Session = {
  consumer: string;
  label: Label;
  name: string;
  principal: Record<string, string | boolean>;
  purposes: Purpose[];
  csrf: string;
  endsAt: number;
  idleSeconds: number;
};
export type Entrance = {
  consumer: string;
  label: Label;
  accounts: { id: string; title: string }[];
};

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

/** A label in the language of the page. */
export function useLabel(): (label: Label) => string {
  const { i18n } = useTranslation();
  return (label) => (i18n.language === 'zh' ? label.zh : label.en);
}

/** The session: undefined while it is not known, null for nobody. */
export function useKnownSession(): Session | null | undefined {
  const [session, setSession] = useState<Session | null>();
  useEffect(() => {
    fetch('/session')
      .then((answer) => answer.json())
      .then((body: { session: Session | null }) => setSession(body.session))
      .catch(() => setSession(null));
  }, []);
  return session;
}

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** Where to log in, and come back to this page. */
export function loginAddress(consumer: string, account?: string): string {
  const back =
    window.location.pathname === '/' ? '/' : window.location.pathname + window.location.search;
  const query = new URLSearchParams({ consumer, back, ...(account && { account }) });
  return `/login?${query}`;
}

export async function logOut(csrf: string): Promise<void> {
  await fetch('/logout', { method: 'POST', headers: { 'Citizengraph-Csrf': csrf } });
  window.location.assign('/');
}
