/* Written by `npm run generate`. */
import { asked } from '../kit/asked';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What is granted of a field. */
export type PermissionMode =
  /** That a row exists. */
  | 'SEE'
  /** The whole value. */
  | 'CLEAR'
  /** What the mask leaves of it. */
  | 'MASKED'
  /** The whole value, where the person consented. */
  | 'CONSENT'
  /** To filter and sort by it. */
  | 'FILTER';

export type AccessesQueryVariables = Exact<{
  reviewed?: boolean | null | undefined;
}>;


export type AccessesQuery = { emergencyAccesses: Array<{ reference: string, worker: string | null, person: string | null, reason: string | null, openedAt: string | null, until: string | null, state: string, justified: boolean | null, reviewedAt: string | null, reviewWords: string | null }> | null };

export type ReviewMutationVariables = Exact<{
  reference: string;
  justified: boolean;
  words: string;
}>;


export type ReviewMutation = { reviewEmergencyAccess: { reference: string, state: string, justified: boolean | null } | null };

export type LooksQueryVariables = Exact<{
  reference: string;
}>;


export type LooksQuery = { emergencyLooks: Array<{ operation: string, at: string, fields: Array<{ coordinate: string, outcome: string, typeLabel: { en: string, zh: string }, label: { en: string, zh: string } }> }> | null };

export type AuditRecordsQueryVariables = Exact<{
  consumer?: string | null | undefined;
  outcome?: string | null | undefined;
  operation?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditRecordsQuery = { auditRecords: { cursor: string | null, records: Array<{ id: string, at: string, operation: string, operationName: string | null, subgraph: string, consumer: string, subject: string, purpose: string, basis: string, case: string | null, policy: string, outcome: string, records: number, rows: Array<{ type: string, record: string, shown: Array<string>, masked: Array<string>, denied: Array<string> }> }> } | null };

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { myPermissions: Array<{ purpose: string, basis: string, type: string, field: string | null, mode: PermissionMode, mask: string | null, condition: string | null, missing: string | null }> };

export const Accesses = asked<AccessesQuery, AccessesQueryVariables>(`query Accesses($reviewed: Boolean) {
  emergencyAccesses(reviewed: $reviewed) {
    reference
    worker
    person
    reason
    openedAt
    until
    state
    justified
    reviewedAt
    reviewWords
  }
}`);

export const Review = asked<ReviewMutation, ReviewMutationVariables>(`mutation Review($reference: String!, $justified: Boolean!, $words: String!) {
  reviewEmergencyAccess(
    reference: $reference
    justified: $justified
    words: $words
  ) {
    reference
    state
    justified
  }
}`);

export const Looks = asked<LooksQuery, LooksQueryVariables>(`query Looks($reference: String!) {
  emergencyLooks(reference: $reference) {
    operation
    at
    fields {
      coordinate
      outcome
      typeLabel {
        en
        zh
      }
      label {
        en
        zh
      }
    }
  }
}`);

export const AuditRecords = asked<AuditRecordsQuery, AuditRecordsQueryVariables>(`query AuditRecords($consumer: String, $outcome: String, $operation: String, $after: String) {
  auditRecords(
    consumer: $consumer
    outcome: $outcome
    operation: $operation
    first: 50
    after: $after
  ) {
    cursor
    records {
      id
      at
      operation
      operationName
      subgraph
      consumer
      subject
      purpose
      basis
      case
      policy
      outcome
      records
      rows {
        type
        record
        shown
        masked
        denied
      }
    }
  }
}`);

export const MyRights = asked<MyRightsQuery, MyRightsQueryVariables>(`query MyRights {
  myPermissions {
    purpose
    basis
    type
    field
    mode
    mask
    condition
    missing
  }
}`);
