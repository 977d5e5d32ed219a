/* Written by `npm run generate`. */
import { asked } from '../kit/asked';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { systemHealth: { at: string, process: string, policy: string, gatewayPolicy: string | null, waitingEvents: number | null, graph: { answers: boolean, ms: number | null }, audit: { answers: boolean, ms: number | null }, parts: Array<{ name: string, state: string, readySince: string | null, restarts: number, memoryBytes: number | null, lastExit: string | null }>, processes: Array<{ process: string, policy: string, number: number, since: string, current: boolean }> } | null };

export type RatesQueryVariables = Exact<{
  minutes: number;
}>;


export type RatesQuery = { requestRates: { process: string, minutes: number, requests: number, perMinute: number, p50Ms: number, p99Ms: number, kinds: Array<{ consumer: string, subgraph: string, requests: number, perMinute: number, p50Ms: number, p99Ms: number }> } | null };

export type FindingsQueryVariables = Exact<{ [key: string]: never; }>;


export type FindingsQuery = { findingCounts: Array<{ kind: string, severity: string, register: string, findings: number, label: { en: string, zh: string } }> | null };

export type RunsQueryVariables = Exact<{
  register?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type RunsQuery = { ingestRuns: { cursor: string | null, runs: Array<{ number: number, kind: string, of: number | null, register: string, format: string, file: string, sha256: string, who: string, state: string, phase: string, deliveredAt: string, startedAt: string, finishedAt: string | null, counts: { read: number, created: number, changed: number, unchanged: number, quarantined: number, withdrawn: number, valuesSetAside: number, facts: number } }> } | null };

export type QuarantineQueryVariables = Exact<{
  run?: number | null | undefined;
  register?: string | null | undefined;
  code?: string | null | undefined;
  state?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type QuarantineQuery = { quarantineEntries: { cursor: string | null, entries: Array<{ id: string, run: number, register: string, file: string, number: number, whole: boolean, state: string, corrections: number, decidedAt: string | null, replayRun: number | null, problems: Array<{ code: string, severity: string, description: string, row: number, field: string | null, label: { en: string, zh: string } }> }> } | null };

export type QuarantineCountsQueryVariables = Exact<{
  run?: number | null | undefined;
  register?: string | null | undefined;
}>;


export type QuarantineCountsQuery = { quarantineCounts: Array<{ code: string, whole: boolean, state: string, entries: number, label: { en: string, zh: string } }> | null };

export type ReplayMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReplayMutation = { replayQuarantined: Array<{ of: number, run: number, replayed: number, failed: number }> | null };

export type ChainQueryVariables = Exact<{ [key: string]: never; }>;


export type ChainQuery = { auditChain: { whole: boolean, complete: boolean, entries: number, records: number, writers: number, checkedTo: string | null, lastEntry: string | null, problems: Array<string>, checkedAt: string } | null };

export const Health = asked<HealthQuery, HealthQueryVariables>(`query Health {
  systemHealth {
    at
    process
    policy
    gatewayPolicy
    graph {
      answers
      ms
    }
    audit {
      answers
      ms
    }
    waitingEvents
    parts {
      name
      state
      readySince
      restarts
      memoryBytes
      lastExit
    }
    processes {
      process
      policy
      number
      since
      current
    }
  }
}`);

export const Rates = asked<RatesQuery, RatesQueryVariables>(`query Rates($minutes: Int!) {
  requestRates(minutes: $minutes) {
    process
    minutes
    requests
    perMinute
    p50Ms
    p99Ms
    kinds {
      consumer
      subgraph
      requests
      perMinute
      p50Ms
      p99Ms
    }
  }
}`);

export const Findings = asked<FindingsQuery, FindingsQueryVariables>(`query Findings {
  findingCounts {
    kind
    label {
      en
      zh
    }
    severity
    register
    findings
  }
}`);

export const Runs = asked<RunsQuery, RunsQueryVariables>(`query Runs($register: String, $after: String) {
  ingestRuns(register: $register, first: 50, after: $after) {
    cursor
    runs {
      number
      kind
      of
      register
      format
      file
      sha256
      who
      state
      phase
      deliveredAt
      startedAt
      finishedAt
      counts {
        read
        created
        changed
        unchanged
        quarantined
        withdrawn
        valuesSetAside
        facts
      }
    }
  }
}`);

export const Quarantine = asked<QuarantineQuery, QuarantineQueryVariables>(`query Quarantine($run: Int, $register: String, $code: String, $state: String, $after: String) {
  quarantineEntries(
    run: $run
    register: $register
    code: $code
    state: $state
    first: 100
    after: $after
  ) {
    cursor
    entries {
      id
      run
      register
      file
      number
      whole
      state
      corrections
      decidedAt
      replayRun
      problems {
        code
        label {
          en
          zh
        }
        severity
        description
        row
        field
      }
    }
  }
}`);

export const QuarantineCounts = asked<QuarantineCountsQuery, QuarantineCountsQueryVariables>(`query QuarantineCounts($run: Int, $register: String) {
  quarantineCounts(run: $run, register: $register) {
    code
    label {
      en
      zh
    }
    whole
    state
    entries
  }
}`);

export const Replay = asked<ReplayMutation, ReplayMutationVariables>(`mutation Replay($ids: [String!]!) {
  replayQuarantined(ids: $ids) {
    of
    run
    replayed
    failed
  }
}`);

export const Chain = asked<ChainQuery, ChainQueryVariables>(`query Chain {
  auditChain {
    whole
    complete
    entries
    records
    writers
    checkedTo
    lastEntry
    problems
    checkedAt
  }
}`);
