import { useCallback, useMemo, useRef, useState } from 'react';
import {
  type AnyVariables,
  type CombinedError,
  createClient,
  createRequest,
  fetchExchange,
  type OperationResult,
  useClient,
  useQuery,
} from 'urql';
import type { Purpose, Session } from '../session';
import { ask } from './activity';
import type { Asked } from './asked';

/** What the gateway said is wrong, with its code and the place in the answer. */
export type Problem = { code: string; message: string; path: string };
/** Paths, joined with dots, of what the policy did not show whole. */
export type Account = { problems: Problem[]; masked: Set<string>; denied: Map<string, string> };
export type Answer<Data> = {
  data: Data | undefined;
  loading: boolean;
  account: Account;
  /** The id under which the audit has this look. */
  operation: string;
  again: () => void;
};

const DENIALS = new Set(['FIELD_DENIED', 'CONSENT_REQUIRED']);

/** A client that asks for one purpose, on one basis, in one case. Nothing is kept between them. */
export function clientFor(session: Session, purpose: Purpose, caseNumber: string | null) {
  return createClient({
    url: `${window.location.origin}/graphql`,
    fetch: ask,
    preferGetMethod: false,
    exchanges: [fetchExchange],
    requestPolicy: 'network-only',
    fetchOptions: () => ({
      headers: {
        'Citizengraph-Csrf': session.csrf,
        'Citizengraph-Purpose': purpose.id,
        'Citizengraph-Basis': purpose.bases[0]?.id ?? '',
        ...(caseNumber && { 'Citizengraph-Case': caseNumber }),
      },
    }),
  });
}

/** Ask when shown, and whenever the variables change. */
export function useAsk<Data, Variables extends AnyVariables>(
  operation: Asked<Data, Variables>,
  variables: Variables,
  pause = false,
): Answer<Data> {
  const looked = useRef('');
  const context = useMemo(
    () => ({
      fetch: async (...request: Parameters<typeof fetch>) => {
        const answer = await ask(...request);
        looked.current = answer.headers.get('Citizengraph-Operation') ?? '';
        return answer;
      },
    }),
    [],
  );
  const [result, askAgain] = useQuery<Data, Variables>({
    query: operation.text,
    variables,
    pause,
    context,
  } as Parameters<typeof useQuery<Data, Variables>>[0]);
  const account = useMemo(() => accountOf(result.error, result.extensions), [result]);
  const again = useCallback(() => askAgain({ requestPolicy: 'network-only' }), [askAgain]);
  return {
    data: result.data,
    loading: result.fetching,
    account,
    operation: looked.current,
    again,
  };
}

/** Ask now and wait for the answer: for what a click does. */
export function useAskNow(): <Data, Variables extends AnyVariables>(
  operation: Asked<Data, Variables>,
  variables: Variables,
) => Promise<{ data: Data | undefined; account: Account }> {
  const client = useClient();
  return useCallback(
    async <Data, Variables extends AnyVariables>(
      operation: Asked<Data, Variables>,
      variables: Variables,
    ) => {
      const send = operation.text.startsWith('mutation') ? client.mutation : client.query;
      const result = (await send
        .call(client, operation.text, variables as AnyVariables)
        .toPromise()) as OperationResult<Data>;
      return { data: result.data, account: accountOf(result.error, result.extensions) };
    },
    [client],
  );
}

/** What the gateway answered, byte for byte, and how long it took. */
export type Sent = { status: number; body: unknown; milliseconds: number };

/** Send a text that is not one of the page's own operations, for the same purpose and case. */
export function useSend(): (query: string, variables?: unknown) => Promise<Sent> {
  const client = useClient();
  return useCallback(
    async (query, variables) => {
      const { context } = client.createRequestOperation(
        'query',
        createRequest('{ __typename }', {}),
      );
      const { url, fetchOptions } = context;
      const { headers } =
        (typeof fetchOptions === 'function' ? fetchOptions() : fetchOptions) ?? {};
      const began = performance.now();
      const answer = await ask(url, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const body: unknown = await answer.json();
      return { status: answer.status, body, milliseconds: performance.now() - began };
    },
    [client],
  );
}

/** A step that is taken by a click: send it, and what became of it. */
export function useStep<Data, Variables extends AnyVariables>(operation: Asked<Data, Variables>) {
  const askNow = useAskNow();
  const [sending, setSending] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const send = useCallback(
    async (variables: Variables): Promise<Data | undefined> => {
      setSending(true);
      const { data, account } = await askNow(operation, variables);
      setProblems(account.problems);
      setSending(false);
      return account.problems.length ? undefined : data;
    },
    [askNow, operation],
  );
  const clear = useCallback(() => setProblems([]), []);
  return { send, sending, problems, clear };
}

/** A key by which a step that is sent twice counts once. */
export function stepKey(): string {
  return crypto.randomUUID();
}

export function accountOf(
  error: CombinedError | undefined,
  extensions: Record<string, unknown> | undefined,
): Account {
  const account: Account = { problems: [], masked: new Set(), denied: new Map() };
  for (const path of (extensions?.masked ?? []) as (string | number)[][]) {
    account.masked.add(path.join('.'));
  }
  if (error?.networkError && !error.graphQLErrors.length) {
    account.problems.push({ code: 'UNREACHABLE', message: '', path: '' });
  }
  for (const { message, path, extensions: more } of error?.graphQLErrors ?? []) {
    const code = String(more?.code ?? 'INTERNAL');
    const where = (path ?? []).join('.');
    if (DENIALS.has(code) && where.includes('.')) account.denied.set(where, code);
    else account.problems.push({ code, message, path: where });
  }
  return account;
}
