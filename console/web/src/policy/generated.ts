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

/** What the author says of a version · 起草说明 */
export type PolicyStatementInput = {
  reason: string;
  document: string;
  validFrom?: string | null | undefined;
  validTo?: string | null | undefined;
  review?: string | null | undefined;
};

/** One file of a version; its content null takes it away · 策略文本 */
export type PolicyTextInput = {
  path: string;
  content?: string | null | undefined;
};

export type AuditRecordsQueryVariables = Exact<{
  consumer?: string | null | undefined;
  outcome?: string | null | undefined;
  operation?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditRecordsQuery = { auditRecords: { cursor: string | null, records: Array<{ id: string, at: string, operation: string, operationName: string | null, subgraph: string, consumer: string, subject: string, purpose: string, basis: string, case: string | null, policy: string, outcome: string, records: number, rows: Array<{ type: string, record: string, shown: Array<string>, masked: Array<string>, denied: Array<string> }> }> } | null };

export type TextsQueryVariables = Exact<{
  number?: number | null | undefined;
}>;


export type TextsQuery = { policyVersion: { number: number, state: string, hash: string, reason: string, document: string, validFrom: string | null, validTo: string | null, review: string | null, texts: Array<{ path: string, content: string }> } | null, policyMatrix: { columns: Array<{ consumer: string, purpose: string, basis: string, citation: string, caller: Array<string>, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basisLabel: { en: string, zh: string } }>, rows: Array<{ type: string, field: string | null, label: { en: string, zh: string } }> } | null, dataCatalogue: Array<{ name: string, label: string, labelZh: string, tests: Array<{ name: string, type: string, caller: Array<string>, words: { en: string, zh: string } }>, fields: Array<{ name: string, label: string, labelZh: string, type: string, sensitivity: string, sharing: string, modes: Array<string> }> }> | null };

export type CheckQueryVariables = Exact<{
  texts: Array<PolicyTextInput> | PolicyTextInput;
  base?: number | null | undefined;
  operations: number;
}>;


export type CheckQuery = { policyCheck: { problems: Array<{ level: string, code: string, path: string | null, line: number | null, column: number | null, policy: string | null, words: string }>, readings: Array<{ policy: string, effect: string, path: string, line: number, consumers: Array<string>, until: string | null, review: string | null, document: string | null, words: { en: string, zh: string } }>, difference: { cells: number, text: string, counts: Array<{ consumer: string, kind: string, cells: number }>, changes: Array<{ consumer: string, purpose: string, basis: string, mode: string, coordinate: string | null, kind: string, policies: Array<string>, whenBefore: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, whenAfter: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, example: { shownBefore: boolean, shownAfter: boolean, holds: Array<{ en: string, zh: string }>, fails: Array<{ en: string, zh: string }> } | null }> } | null, replay: { operations: number, affected: number, differing: Array<{ consumer: string, purpose: string, operation: string | null, hash: string, count: number, outcome: string, because: Array<string> }> } | null } | null };

export type DraftMutationVariables = Exact<{
  statement: PolicyStatementInput;
  texts: Array<PolicyTextInput> | PolicyTextInput;
}>;


export type DraftMutation = { draftPolicy: { number: number, state: string, findings: Array<{ level: string, words: string }> } | null };

export type EditMutationVariables = Exact<{
  number: number;
  statement: PolicyStatementInput;
  texts: Array<PolicyTextInput> | PolicyTextInput;
}>;


export type EditMutation = { editPolicy: { number: number, state: string, findings: Array<{ level: string, words: string }> } | null };

export type MatrixQueryVariables = Exact<{
  number?: number | null | undefined;
}>;


export type MatrixQuery = { policyMatrix: { number: number, columns: Array<{ consumer: string, purpose: string, basis: string, citation: string, caller: Array<string>, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basisLabel: { en: string, zh: string } }>, rows: Array<{ type: string, field: string | null, sensitivity: string, typeLabel: { en: string, zh: string }, label: { en: string, zh: string }, cells: Array<{ column: number, granted: Array<{ mode: string, mask: string | null, condition: number }> }> }>, conditions: Array<{ never: boolean, parts: Array<{ en: string, zh: string }> }> } | null };

export type WhoSeesQueryVariables = Exact<{
  coordinate: string;
  number?: number | null | undefined;
}>;


export type WhoSeesQuery = { policyMatrix: { number: number, columns: Array<{ consumer: string, purpose: string, basis: string, citation: string, caller: Array<string>, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basisLabel: { en: string, zh: string } }>, rows: Array<{ type: string, field: string | null, sensitivity: string, typeLabel: { en: string, zh: string }, label: { en: string, zh: string }, cells: Array<{ column: number, granted: Array<{ mode: string, mask: string | null, condition: number }> }> }>, conditions: Array<{ never: boolean, parts: Array<{ en: string, zh: string }> }> } | null, policySeers: Array<{ consumer: string, purpose: string, basis: string, mode: string, policies: Array<string> }> | null };

export type WholeMatrixFragment = { number: number, columns: Array<{ consumer: string, purpose: string, basis: string, citation: string, caller: Array<string>, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basisLabel: { en: string, zh: string } }>, rows: Array<{ type: string, field: string | null, sensitivity: string, typeLabel: { en: string, zh: string }, label: { en: string, zh: string }, cells: Array<{ column: number, granted: Array<{ mode: string, mask: string | null, condition: number }> }> }>, conditions: Array<{ never: boolean, parts: Array<{ en: string, zh: string }> }> };

export type ExplainQueryVariables = Exact<{
  coordinate: string;
  consumer: string;
  purpose: string;
  basis: string;
  number?: number | null | undefined;
}>;


export type ExplainQuery = { policyExplanation: { coordinate: string, consumer: string, purpose: string, basis: string, outcome: string, missing: string | null, shown: { never: boolean, parts: Array<{ en: string, zh: string }> }, masked: Array<{ mask: string, condition: { never: boolean, parts: Array<{ en: string, zh: string }> } }>, withConsent: { never: boolean, parts: Array<{ en: string, zh: string }> }, reasons: Array<{ policy: string, effect: string, actions: Array<string>, ended: string | null, place: string, document: string | null, when: { never: boolean, parts: Array<{ en: string, zh: string }> }, words: { en: string, zh: string } | null }> } | null };

export type DenialsQueryVariables = Exact<{
  operation: string;
}>;


export type DenialsQuery = { policyDenials: Array<{ coordinate: string, consumer: string, purpose: string, basis: string, outcome: string, missing: string | null, shown: { never: boolean, parts: Array<{ en: string, zh: string }> }, masked: Array<{ mask: string, condition: { never: boolean, parts: Array<{ en: string, zh: string }> } }>, withConsent: { never: boolean, parts: Array<{ en: string, zh: string }> }, reasons: Array<{ policy: string, effect: string, actions: Array<string>, ended: string | null, place: string, document: string | null, when: { never: boolean, parts: Array<{ en: string, zh: string }> }, words: { en: string, zh: string } | null }> }> | null };

export type ExplainedFragment = { coordinate: string, consumer: string, purpose: string, basis: string, outcome: string, missing: string | null, shown: { never: boolean, parts: Array<{ en: string, zh: string }> }, masked: Array<{ mask: string, condition: { never: boolean, parts: Array<{ en: string, zh: string }> } }>, withConsent: { never: boolean, parts: Array<{ en: string, zh: string }> }, reasons: Array<{ policy: string, effect: string, actions: Array<string>, ended: string | null, place: string, document: string | null, when: { never: boolean, parts: Array<{ en: string, zh: string }> }, words: { en: string, zh: string } | null }> };

export type SaidFragment = { never: boolean, parts: Array<{ en: string, zh: string }> };

export type ReadFragment = { policy: string, effect: string, path: string, line: number, consumers: Array<string>, until: string | null, review: string | null, document: string | null, words: { en: string, zh: string } };

export type CoordinatesQueryVariables = Exact<{ [key: string]: never; }>;


export type CoordinatesQuery = { dataCatalogue: Array<{ name: string, label: string, labelZh: string, fields: Array<{ name: string, label: string, labelZh: string }> }> | null };

export type ColumnFragment = { consumer: string, purpose: string, basis: string, citation: string, caller: Array<string>, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basisLabel: { en: string, zh: string } };

export type RequestsQueryVariables = Exact<{ [key: string]: never; }>;


export type RequestsQuery = { accessRequests: Array<{ number: number, state: string, consumer: string, purpose: string, basis: string, reason: string, document: string, until: string | null, by: { name: string, account: string, organisation: string | null }, parts: Array<{ type: string, rows: string | null, fields: Array<{ name: string, mode: string, mask: string | null }> }>, steps: Array<{ step: string, at: string, why: string | null, version: number | null, by: { name: string, account: string, organisation: string | null } }> }> | null };

export type DeclineMutationVariables = Exact<{
  number: number;
  why: string;
}>;


export type DeclineMutation = { declineAccessRequest: { number: number, state: string } | null };

export type DraftFromMutationVariables = Exact<{
  number: number;
}>;


export type DraftFromMutation = { draftFromAccessRequest: { number: number, state: string } | null };

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { myPermissions: Array<{ purpose: string, basis: string, type: string, field: string | null, mode: PermissionMode, mask: string | null, condition: string | null, missing: string | null }> };

export type VersionsQueryVariables = Exact<{ [key: string]: never; }>;


export type VersionsQuery = { policyVersions: Array<{ number: number, state: string, hash: string, reason: string, document: string, createdAt: string, author: { name: string, account: string, organisation: string | null }, approver: { name: string, account: string, organisation: string | null } | null }> | null };

export type OneVersionQueryVariables = Exact<{
  number?: number | null | undefined;
}>;


export type OneVersionQuery = { policyVersion: { validFrom: string | null, validTo: string | null, review: string | null, parent: string | null, request: number | null, number: number, state: string, hash: string, reason: string, document: string, createdAt: string, steps: Array<{ step: string, at: string, hash: string, why: string | null, by: { name: string, account: string, organisation: string | null } }>, findings: Array<{ level: string, code: string, where: string, policy: string | null, words: string }>, possible: Array<{ step: string, rule: string | null, words: string | null }>, author: { name: string, account: string, organisation: string | null }, approver: { name: string, account: string, organisation: string | null } | null } | null, policyVersions: Array<{ number: number, hash: string, state: string }> | null };

export type VersionFragment = { number: number, state: string, hash: string, reason: string, document: string, createdAt: string, author: { name: string, account: string, organisation: string | null }, approver: { name: string, account: string, organisation: string | null } | null };

export type ActorFragment = { name: string, account: string, organisation: string | null };

export type DifferenceQueryVariables = Exact<{
  to: number;
  since?: number | null | undefined;
}>;


export type DifferenceQuery = { policyDifference: { cells: number, text: string, counts: Array<{ consumer: string, kind: string, cells: number }>, changes: Array<{ consumer: string, purpose: string, basis: string, mode: string, coordinate: string | null, kind: string, policies: Array<string>, whenBefore: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, whenAfter: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, example: { shownBefore: boolean, shownAfter: boolean, holds: Array<{ en: string, zh: string }>, fails: Array<{ en: string, zh: string }> } | null }> } | null };

export type DifferingFragment = { cells: number, text: string, counts: Array<{ consumer: string, kind: string, cells: number }>, changes: Array<{ consumer: string, purpose: string, basis: string, mode: string, coordinate: string | null, kind: string, policies: Array<string>, whenBefore: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, whenAfter: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, example: { shownBefore: boolean, shownAfter: boolean, holds: Array<{ en: string, zh: string }>, fails: Array<{ en: string, zh: string }> } | null }> };

export type ChangingFragment = { consumer: string, purpose: string, basis: string, mode: string, coordinate: string | null, kind: string, policies: Array<string>, whenBefore: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, whenAfter: { never: boolean, parts: Array<{ en: string, zh: string }> } | null, example: { shownBefore: boolean, shownAfter: boolean, holds: Array<{ en: string, zh: string }>, fails: Array<{ en: string, zh: string }> } | null };

export type ReplayQueryVariables = Exact<{
  to: number;
  since?: number | null | undefined;
}>;


export type ReplayQuery = { policyReplay: { operations: number, affected: number, differing: Array<{ consumer: string, purpose: string, operation: string | null, hash: string, count: number, outcome: string, because: Array<string> }> } | null };

export type ReplayedFragment = { operations: number, affected: number, differing: Array<{ consumer: string, purpose: string, operation: string | null, hash: string, count: number, outcome: string, because: Array<string> }> };

export type ReadingsQueryVariables = Exact<{
  number?: number | null | undefined;
}>;


export type ReadingsQuery = { policyReadings: Array<{ policy: string, effect: string, path: string, line: number, consumers: Array<string>, until: string | null, review: string | null, document: string | null, words: { en: string, zh: string } }> | null };

export type ApproveMutationVariables = Exact<{
  number: number;
  hash: string;
  why: string;
}>;


export type ApproveMutation = { approvePolicy: { number: number, state: string } | null };

export type ActivateMutationVariables = Exact<{
  number: number;
  why: string;
}>;


export type ActivateMutation = { activatePolicy: { processes: number, behind: number, lastMs: number | null, gatewayMs: number | null, version: { number: number, state: string } } | null };

export type RollBackMutationVariables = Exact<{
  number: number;
  reason: string;
}>;


export type RollBackMutation = { rollBackPolicy: { processes: number, behind: number, lastMs: number | null, gatewayMs: number | null, version: { number: number, state: string } } | null };

export type ActivatedFragment = { processes: number, behind: number, lastMs: number | null, gatewayMs: number | null, version: { number: number, state: string } };

export type ProcessesQueryVariables = Exact<{ [key: string]: never; }>;


export type ProcessesQuery = { policyProcesses: Array<{ process: string, policy: string, number: number, appliedAt: string }> | null };

export type EndingQueryVariables = Exact<{ [key: string]: never; }>;


export type EndingQuery = { policyReadings: Array<{ policy: string, path: string, consumers: Array<string>, until: string | null, review: string | null, document: string | null }> | null };

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

export const Texts = asked<TextsQuery, TextsQueryVariables>(`query Texts($number: Int) {
  policyVersion(number: $number) {
    number
    state
    hash
    reason
    document
    validFrom
    validTo
    review
    texts {
      path
      content
    }
  }
  policyMatrix(number: $number) {
    columns {
      ...Column
    }
    rows {
      type
      field
      label {
        en
        zh
      }
    }
  }
  dataCatalogue {
    name
    label
    labelZh
    tests {
      name
      type
      caller
      words {
        en
        zh
      }
    }
    fields {
      name
      label
      labelZh
      type
      sensitivity
      sharing
      modes
    }
  }
}

fragment Column on PolicyColumn {
  consumer
  consumerLabel {
    en
    zh
  }
  organisation {
    en
    zh
  }
  purpose
  purposeLabel {
    en
    zh
  }
  basis
  basisLabel {
    en
    zh
  }
  citation
  caller
}`);

export const Check = asked<CheckQuery, CheckQueryVariables>(`query Check($texts: [PolicyTextInput!]!, $base: Int, $operations: Int!) {
  policyCheck(texts: $texts, base: $base, first: 200, operations: $operations) {
    problems {
      level
      code
      path
      line
      column
      policy
      words
    }
    readings {
      ...Read
    }
    difference {
      ...Differing
    }
    replay {
      ...Replayed
    }
  }
}

fragment Read on PolicyReading {
  policy
  effect
  path
  line
  consumers
  until
  review
  document
  words {
    en
    zh
  }
}

fragment Differing on PolicyDifference {
  cells
  counts {
    consumer
    kind
    cells
  }
  changes {
    ...Changing
  }
  text
}

fragment Changing on PolicyChange {
  consumer
  purpose
  basis
  mode
  coordinate
  kind
  policies
  whenBefore {
    ...Said
  }
  whenAfter {
    ...Said
  }
  example {
    holds {
      en
      zh
    }
    fails {
      en
      zh
    }
    shownBefore
    shownAfter
  }
}

fragment Said on PolicyCondition {
  never
  parts {
    en
    zh
  }
}

fragment Replayed on PolicyReplay {
  operations
  affected
  differing {
    consumer
    purpose
    operation
    hash
    count
    outcome
    because
  }
}`);

export const Draft = asked<DraftMutation, DraftMutationVariables>(`mutation Draft($statement: PolicyStatementInput!, $texts: [PolicyTextInput!]!) {
  draftPolicy(statement: $statement, texts: $texts) {
    number
    state
    findings {
      level
      words
    }
  }
}`);

export const Edit = asked<EditMutation, EditMutationVariables>(`mutation Edit($number: Int!, $statement: PolicyStatementInput!, $texts: [PolicyTextInput!]!) {
  editPolicy(number: $number, statement: $statement, texts: $texts) {
    number
    state
    findings {
      level
      words
    }
  }
}`);

export const Matrix = asked<MatrixQuery, MatrixQueryVariables>(`query Matrix($number: Int) {
  policyMatrix(number: $number) {
    ...WholeMatrix
  }
}

fragment WholeMatrix on PolicyMatrix {
  number
  columns {
    ...Column
  }
  rows {
    type
    field
    typeLabel {
      en
      zh
    }
    label {
      en
      zh
    }
    sensitivity
    cells {
      column
      granted {
        mode
        mask
        condition
      }
    }
  }
  conditions {
    never
    parts {
      en
      zh
    }
  }
}

fragment Column on PolicyColumn {
  consumer
  consumerLabel {
    en
    zh
  }
  organisation {
    en
    zh
  }
  purpose
  purposeLabel {
    en
    zh
  }
  basis
  basisLabel {
    en
    zh
  }
  citation
  caller
}`);

export const WhoSees = asked<WhoSeesQuery, WhoSeesQueryVariables>(`query WhoSees($coordinate: String!, $number: Int) {
  policyMatrix(number: $number, coordinate: $coordinate) {
    ...WholeMatrix
  }
  policySeers(coordinate: $coordinate, number: $number) {
    consumer
    purpose
    basis
    mode
    policies
  }
}

fragment WholeMatrix on PolicyMatrix {
  number
  columns {
    ...Column
  }
  rows {
    type
    field
    typeLabel {
      en
      zh
    }
    label {
      en
      zh
    }
    sensitivity
    cells {
      column
      granted {
        mode
        mask
        condition
      }
    }
  }
  conditions {
    never
    parts {
      en
      zh
    }
  }
}

fragment Column on PolicyColumn {
  consumer
  consumerLabel {
    en
    zh
  }
  organisation {
    en
    zh
  }
  purpose
  purposeLabel {
    en
    zh
  }
  basis
  basisLabel {
    en
    zh
  }
  citation
  caller
}`);

export const Explain = asked<ExplainQuery, ExplainQueryVariables>(`query Explain($coordinate: String!, $consumer: String!, $purpose: String!, $basis: String!, $number: Int) {
  policyExplanation(
    coordinate: $coordinate
    consumer: $consumer
    purpose: $purpose
    basis: $basis
    number: $number
  ) {
    ...Explained
  }
}

fragment Explained on PolicyExplanation {
  coordinate
  consumer
  purpose
  basis
  outcome
  shown {
    ...Said
  }
  masked {
    mask
    condition {
      ...Said
    }
  }
  withConsent {
    ...Said
  }
  missing
  reasons {
    policy
    effect
    actions
    ended
    place
    document
    when {
      ...Said
    }
    words {
      en
      zh
    }
  }
}

fragment Said on PolicyCondition {
  never
  parts {
    en
    zh
  }
}`);

export const Denials = asked<DenialsQuery, DenialsQueryVariables>(`query Denials($operation: String!) {
  policyDenials(operation: $operation) {
    ...Explained
  }
}

fragment Explained on PolicyExplanation {
  coordinate
  consumer
  purpose
  basis
  outcome
  shown {
    ...Said
  }
  masked {
    mask
    condition {
      ...Said
    }
  }
  withConsent {
    ...Said
  }
  missing
  reasons {
    policy
    effect
    actions
    ended
    place
    document
    when {
      ...Said
    }
    words {
      en
      zh
    }
  }
}

fragment Said on PolicyCondition {
  never
  parts {
    en
    zh
  }
}`);

export const Coordinates = asked<CoordinatesQuery, CoordinatesQueryVariables>(`query Coordinates {
  dataCatalogue {
    name
    label
    labelZh
    fields {
      name
      label
      labelZh
    }
  }
}`);

export const Requests = asked<RequestsQuery, RequestsQueryVariables>(`query Requests {
  accessRequests {
    number
    state
    consumer
    purpose
    basis
    reason
    document
    until
    by {
      ...Actor
    }
    parts {
      type
      rows
      fields {
        name
        mode
        mask
      }
    }
    steps {
      step
      at
      why
      version
      by {
        ...Actor
      }
    }
  }
}

fragment Actor on PolicyActor {
  name
  account
  organisation
}`);

export const Decline = asked<DeclineMutation, DeclineMutationVariables>(`mutation Decline($number: Int!, $why: String!) {
  declineAccessRequest(number: $number, why: $why) {
    number
    state
  }
}`);

export const DraftFrom = asked<DraftFromMutation, DraftFromMutationVariables>(`mutation DraftFrom($number: Int!) {
  draftFromAccessRequest(number: $number) {
    number
    state
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

export const Versions = asked<VersionsQuery, VersionsQueryVariables>(`query Versions {
  policyVersions {
    ...Version
  }
}

fragment Version on PolicyVersion {
  number
  state
  hash
  reason
  document
  createdAt
  author {
    ...Actor
  }
  approver {
    ...Actor
  }
}

fragment Actor on PolicyActor {
  name
  account
  organisation
}`);

export const OneVersion = asked<OneVersionQuery, OneVersionQueryVariables>(`query OneVersion($number: Int) {
  policyVersion(number: $number) {
    ...Version
    validFrom
    validTo
    review
    parent
    request
    steps {
      step
      at
      hash
      why
      by {
        ...Actor
      }
    }
    findings {
      level
      code
      where
      policy
      words
    }
    possible {
      step
      rule
      words
    }
  }
  policyVersions {
    number
    hash
    state
  }
}

fragment Version on PolicyVersion {
  number
  state
  hash
  reason
  document
  createdAt
  author {
    ...Actor
  }
  approver {
    ...Actor
  }
}

fragment Actor on PolicyActor {
  name
  account
  organisation
}`);

export const Difference = asked<DifferenceQuery, DifferenceQueryVariables>(`query Difference($to: Int!, $since: Int) {
  policyDifference(to: $to, since: $since, first: 500) {
    ...Differing
  }
}

fragment Differing on PolicyDifference {
  cells
  counts {
    consumer
    kind
    cells
  }
  changes {
    ...Changing
  }
  text
}

fragment Changing on PolicyChange {
  consumer
  purpose
  basis
  mode
  coordinate
  kind
  policies
  whenBefore {
    ...Said
  }
  whenAfter {
    ...Said
  }
  example {
    holds {
      en
      zh
    }
    fails {
      en
      zh
    }
    shownBefore
    shownAfter
  }
}

fragment Said on PolicyCondition {
  never
  parts {
    en
    zh
  }
}`);

export const Replay = asked<ReplayQuery, ReplayQueryVariables>(`query Replay($to: Int!, $since: Int) {
  policyReplay(to: $to, since: $since) {
    ...Replayed
  }
}

fragment Replayed on PolicyReplay {
  operations
  affected
  differing {
    consumer
    purpose
    operation
    hash
    count
    outcome
    because
  }
}`);

export const Readings = asked<ReadingsQuery, ReadingsQueryVariables>(`query Readings($number: Int) {
  policyReadings(number: $number) {
    ...Read
  }
}

fragment Read on PolicyReading {
  policy
  effect
  path
  line
  consumers
  until
  review
  document
  words {
    en
    zh
  }
}`);

export const Approve = asked<ApproveMutation, ApproveMutationVariables>(`mutation Approve($number: Int!, $hash: String!, $why: String!) {
  approvePolicy(number: $number, hash: $hash, why: $why) {
    number
    state
  }
}`);

export const Activate = asked<ActivateMutation, ActivateMutationVariables>(`mutation Activate($number: Int!, $why: String!) {
  activatePolicy(number: $number, why: $why) {
    ...Activated
  }
}

fragment Activated on PolicyActivation {
  version {
    number
    state
  }
  processes
  behind
  lastMs
  gatewayMs
}`);

export const RollBack = asked<RollBackMutation, RollBackMutationVariables>(`mutation RollBack($number: Int!, $reason: String!) {
  rollBackPolicy(number: $number, reason: $reason) {
    ...Activated
  }
}

fragment Activated on PolicyActivation {
  version {
    number
    state
  }
  processes
  behind
  lastMs
  gatewayMs
}`);

export const Processes = asked<ProcessesQuery, ProcessesQueryVariables>(`query Processes {
  policyProcesses {
    process
    policy
    number
    appliedAt
  }
}`);

export const Ending = asked<EndingQuery, EndingQueryVariables>(`query Ending {
  policyReadings {
    policy
    path
    consumers
    until
    review
    document
  }
}`);
