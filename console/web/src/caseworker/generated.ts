/* Written by `npm run generate`. */
import { asked } from '../kit/asked';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Kind of case · 办件类型 */
export type CaseKind =
  /** household registration · 户籍登记 */
  | 'HOUSEHOLD_REGISTRATION'
  /** change of residence · 居住变更 */
  | 'RESIDENCE'
  /** marriage registration · 婚姻登记 */
  | 'MARRIAGE'
  /** social assistance · 社会救助 */
  | 'SUPPORT';

/** State of a case · 办理状态 */
export type CaseState =
  /** open · 办理中 */
  | 'OPEN'
  /** closed · 已办结 */
  | 'CLOSED';

/** Decision · 办理结果 */
export type CaseDecision =
  /** granted · 准予 */
  | 'GRANTED'
  /** refused · 不予 */
  | 'REFUSED';

/** State of evidence · 证明状态 */
export type CaseEvidenceState =
  /** on file · 已在库 */
  | 'ON_FILE'
  /** not on file · 不在库 */
  | 'NOT_ON_FILE'
  /** requested from the applicant · 待补交 */
  | 'REQUESTED'
  /** no longer on file · 已失效 */
  | 'LAPSED';

/** Party of a case · 办件一方 */
export type CaseParty =
  /** office · 受理机构 */
  | 'OFFICE'
  /** applicant · 申请人 */
  | 'APPLICANT';

/** Direction. */
export type OrderDirection =
  /** Ascending */
  | 'ASC'
  /** Descending */
  | 'DESC';

/** State of a part · 环节状态 */
export type CasePartState =
  /** open · 办理中 */
  | 'OPEN'
  /** decided · 已决定 */
  | 'DECIDED';

/** Role in a case · 当事人角色 */
export type CaseRole =
  /** applicant · 申请人 */
  | 'APPLICANT'
  /** child · 子女 */
  | 'CHILD'
  /** partner · 对方当事人 */
  | 'PARTNER'
  /** deceased · 被继承人 */
  | 'DECEASED';

/** Status of a legal entity · 登记状态 */
export type LegalEntityStatus =
  /** active · 存续 */
  | 'ACTIVE'
  /** dissolved · 注销 */
  | 'DISSOLVED'
  /** licence revoked · 吊销 */
  | 'REVOKED';

/** What became of one item of a bulk look-up. */
export type LookupCode =
  /** Exactly one row. */
  | 'FOUND'
  /** No row. */
  | 'NOT_FOUND'
  /** More than one row: look it up by id. */
  | 'AMBIGUOUS';

/** Kind of licence · 证照类型 */
export type LicenceKind =
  /** resident identity card · 居民身份证 */
  | 'RESIDENT_IDENTITY_CARD'
  /** marriage certificate · 结婚证 */
  | 'MARRIAGE_CERTIFICATE'
  /** medical certificate of birth · 出生医学证明 */
  | 'BIRTH_CERTIFICATE'
  /** driving licence · 机动车驾驶证 */
  | 'DRIVING_LICENCE'
  /** teacher qualification · 教师资格证 */
  | 'TEACHER_QUALIFICATION'
  /** real-estate certificate · 不动产权证书 */
  | 'PROPERTY_CERTIFICATE'
  /** business licence · 营业执照 */
  | 'BUSINESS_LICENCE'
  /** food business licence · 食品经营许可证 */
  | 'FOOD_BUSINESS_LICENCE';

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

/** How a case or a part is decided · 办理结果 */
export type CaseVerdict =
  | 'GRANTED'
  | 'REFUSED';

/** What a verification tells · 核验结果 */
export type LicenceVerdict =
  | 'VALID'
  | 'NOT_VALID'
  | 'UNKNOWN';

/** What is known of a requirement · 就绪状态 */
export type ReadinessState =
  /** On file · 已具备 */
  | 'SATISFIED'
  /** Told once the person consents · 经授权可核验 */
  | 'WITH_CONSENT'
  /** Not on file · 缺失 */
  | 'MISSING'
  /** The registers leave it open, or you may not know it · 无法核验 */
  | 'UNKNOWN';

/** Tests on fields; all must hold. */
export type CaseFilter = {
  /** Case number · 办件编号 */
  number?: StringEqualsInTest | null | undefined;
  /** Kind · 办件类型 */
  kind?: CaseKindEqualsTest | null | undefined;
  /** State · 办理状态 */
  state?: CaseStateEqualsTest | null | undefined;
  /** Opened · 受理日期 */
  openedDate?: PartialDateFromToTest | null | undefined;
  /** Deadline · 办理期限 */
  deadline?: PartialDateFromToTest | null | undefined;
  /** Service · 政务服务事项 */
  service?: StringEqualsTest | null | undefined;
  /** Responsible office · 受理机构区划 */
  office?: StringEqualsTest | null | undefined;
  /** At least one of these. */
  any?: Array<CaseFilter> | null | undefined;
};

/** Tests on one field. */
export type CaseKindEqualsTest = {
  /** Equal to. */
  equals?: CaseKind | null | undefined;
};

/** Tests on fields; all must hold. */
export type CasePartFilter = {
  /** Reference · 环节编号 */
  reference?: StringEqualsTest | null | undefined;
  /** Department · 协办部门 */
  department?: StringEqualsTest | null | undefined;
  /** State · 状态 */
  state?: CasePartStateEqualsTest | null | undefined;
  /** Deadline · 办理期限 */
  deadline?: PartialDateFromToTest | null | undefined;
  /** At least one of these. */
  any?: Array<CasePartFilter> | null | undefined;
};

/** Tests on one field. */
export type CasePartStateEqualsTest = {
  /** Equal to. */
  equals?: CasePartState | null | undefined;
};

/** Tests on one field. */
export type CaseStateEqualsTest = {
  /** Equal to. */
  equals?: CaseState | null | undefined;
};

/** Tests on one field. */
export type PartialDateFromToTest = {
  /** At or after. */
  from?: string | null | undefined;
  /** At or before. */
  to?: string | null | undefined;
};

/** Tests on one field. */
export type StringEqualsInTest = {
  /** Equal to. */
  equals?: string | null | undefined;
  /** One of. */
  in?: Array<string> | null | undefined;
};

/** Tests on one field. */
export type StringEqualsTest = {
  /** Equal to. */
  equals?: string | null | undefined;
};

export type DeskWordsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskWordsQuery = { services: Array<{ id: string, citation: string, deadlineDays: number, other: string | null, label: { en: string, zh: string }, description: { en: string, zh: string }, department: { en: string, zh: string }, basis: { en: string, zh: string }, applicant: { en: string, zh: string }, parts: Array<{ id: string, days: number, label: { en: string, zh: string }, department: { en: string, zh: string } }>, requirements: Array<{ id: string, eligibility: boolean, label: { en: string, zh: string }, replaces: { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } } | null }> }> | null, registers: { edges: Array<{ node: { code: string | null, name: string | null } | null }> } | null };

export type PaperFragment = { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } };

export type CaseQueueQueryVariables = Exact<{
  where: CaseFilter;
  first: number;
  after?: string | null | undefined;
  direction: OrderDirection;
  closed: boolean;
}>;


export type CaseQueueQuery = { cases: { edges: Array<{ node: { id: string, number: string | null, version: number | null, kind: CaseKind | null, state: CaseState | null, service: string | null, openedDate: string | null, deadline: string | null, appealOf: string | null, decision?: CaseDecision | null, decidedOn?: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type DepartmentPartsQueryVariables = Exact<{
  where: CasePartFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type DepartmentPartsQuery = { caseParts: { edges: Array<{ node: { id: string, reference: string | null, part: string | null, service: string | null, state: CasePartState | null, decision: CaseDecision | null, decidedOn: string | null, deadline: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type OnePartQueryVariables = Exact<{
  reference: string;
}>;


export type OnePartQuery = { casePart: { id: string, reference: string | null, part: string | null, service: string | null, office: string | null, state: CasePartState | null, decision: CaseDecision | null, decidedOn: string | null, grounds: string | null, deadline: string | null, version: number | null, subjects: { edges: Array<{ node: { id: string, name: string | null, citizenNumber: string | null, birthDate: string | null } | null }> } | null } | null };

export type OneCaseQueryVariables = Exact<{
  number: string;
}>;


export type OneCaseQuery = { case: { id: string, number: string | null, kind: CaseKind | null, state: CaseState | null, openedDate: string | null, closedDate: string | null, deadline: string | null, service: string | null, office: string | null, decision: CaseDecision | null, decidedOn: string | null, grounds: string | null, appealUntil: string | null, appealOf: string | null, appealGrounds: string | null, version: number | null, assignees: { edges: Array<{ node: { code: string | null } | null }> } | null, subjects: { edges: Array<{ role: CaseRole | null, register: string | null, record: string | null, node: { id: string, name: string | null, citizenNumber: string | null, birthDate: string | null } | null }> } | null, entities: { edges: Array<{ node: { id: string, name: string | null, creditCode: string | null, status: LegalEntityStatus | null } | null }> } | null, parts: { edges: Array<{ node: { reference: string | null, part: string | null, service: string | null, state: CasePartState | null, decision: CaseDecision | null, decidedOn: string | null, grounds: string | null, deadline: string | null } | null }> } | null, evidence: { edges: Array<{ node: { reference: string | null, requirement: string | null, state: CaseEvidenceState | null, heldBy: string | null, heldRecord: string | null } | null }> } | null, messages: { edges: Array<{ node: { reference: string | null, sender: CaseParty | null, text: string | null, sentAt: string | null, requirement: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, steps: { edges: Array<{ node: { reference: string | null, operation: string | null, takenAt: string | null, words: string | null, worker: string | null, made: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type EvidenceNowQueryVariables = Exact<{
  number: string;
}>;


export type EvidenceNowQuery = { evidenceOfCase: Array<{ reference: string, requirement: string, state: string, heldBy: string | null, heldRecord: string | null }> | null };

export type OfficeNameQueryVariables = Exact<{
  code: string;
}>;


export type OfficeNameQuery = { division: { name: string | null } | null };

export type ChecklistQueryVariables = Exact<{
  service: string;
  number: string;
  other?: string | null | undefined;
  entity?: string | null | undefined;
  hasOther: boolean;
  hasEntity: boolean;
}>;


export type ChecklistQuery = { readiness: { ready: boolean, papersSaved: Array<{ id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } }>, papersToBring: Array<{ id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } }>, requirements: Array<{ state: ReadinessState, sources: Array<{ register: string | null, record: string | null }>, requirement: { id: string, of: string, eligibility: boolean, label: { en: string, zh: string }, replaces: { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } } | null } }> } | null, applicant: { name: string | null } | null, other?: { name: string | null } | null, entity?: { name: string | null } | null };

export type OpenCaseMutationVariables = Exact<{
  key: string;
  service: string;
  citizenNumber: string;
  otherNumber?: string | null | undefined;
  creditCode?: string | null | undefined;
}>;


export type OpenCaseMutation = { openCase: { number: string, repeated: boolean } | null };

export type TakeCaseMutationVariables = Exact<{
  key: string;
  number: string;
}>;


export type TakeCaseMutation = { takeCase: { number: string, version: number } | null };

export type HandOverMutationVariables = Exact<{
  key: string;
  number: string;
  toWorker: string;
  reason: string;
}>;


export type HandOverMutation = { handOver: { number: string, version: number } | null };

export type SendMessageMutationVariables = Exact<{
  key: string;
  number: string;
  text: string;
}>;


export type SendMessageMutation = { sendMessage: { number: string, made: string | null } | null };

export type RequestEvidenceMutationVariables = Exact<{
  key: string;
  number: string;
  requirement: string;
  text: string;
}>;


export type RequestEvidenceMutation = { requestEvidence: { number: string, made: string | null } | null };

export type DecidePartMutationVariables = Exact<{
  key: string;
  reference: string;
  decision: CaseVerdict;
  reason: string;
  expects: number;
}>;


export type DecidePartMutation = { decidePart: { number: string, version: number, made: string | null } | null };

export type DecideCaseMutationVariables = Exact<{
  key: string;
  number: string;
  decision: CaseVerdict;
  reason: string;
  expects: number;
}>;


export type DecideCaseMutation = { decideCase: { number: string, version: number, state: string } | null };

export type OpenEmergencyAccessMutationVariables = Exact<{
  citizenNumber: string;
  reason: string;
  minutes: number;
}>;


export type OpenEmergencyAccessMutation = { openEmergencyAccess: { reference: string, openedAt: string, until: string } | null };

export type ManyPeopleQueryVariables = Exact<{
  keys: Array<string> | string;
}>;


export type ManyPeopleQuery = { peopleByNumber: Array<{ key: string, code: LookupCode, node: { id: string, name: string | null, birthDate: string | null, district: string | null, deceased: boolean | null } | null }> };

export type VerifyLicenceQueryVariables = Exact<{
  number: string;
  holderNumber: string;
  kind?: LicenceKind | null | undefined;
}>;


export type VerifyLicenceQuery = { verifyLicence: LicenceVerdict | null };

export type VerifyLicenceCodeQueryVariables = Exact<{
  code: string;
}>;


export type VerifyLicenceCodeQuery = { verifyLicenceCode: LicenceVerdict | null };

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { myPermissions: Array<{ purpose: string, basis: string, type: string, field: string | null, mode: PermissionMode, mask: string | null, condition: string | null, missing: string | null }> };

export const DeskWords = asked<DeskWordsQuery, DeskWordsQueryVariables>(`query DeskWords {
  services {
    id
    label {
      en
      zh
    }
    description {
      en
      zh
    }
    department {
      en
      zh
    }
    basis {
      en
      zh
    }
    citation
    deadlineDays
    applicant {
      en
      zh
    }
    other
    parts {
      id
      days
      label {
        en
        zh
      }
      department {
        en
        zh
      }
    }
    requirements {
      id
      eligibility
      label {
        en
        zh
      }
      replaces {
        ...Paper
      }
    }
  }
  registers(first: 100) {
    edges {
      node {
        code
        name
      }
    }
  }
}

fragment Paper on ServicePaper {
  id
  label {
    en
    zh
  }
  issuer {
    en
    zh
  }
  obtain {
    en
    zh
  }
}`);

export const CaseQueue = asked<CaseQueueQuery, CaseQueueQueryVariables>(`query CaseQueue($where: CaseFilter!, $first: Int!, $after: String, $direction: OrderDirection!, $closed: Boolean!) {
  cases(
    where: $where
    first: $first
    after: $after
    orderBy: [{field: deadline, direction: $direction}]
  ) {
    edges {
      node {
        id
        number
        version
        kind
        state
        service
        openedDate
        deadline
        appealOf
        decision @include(if: $closed)
        decidedOn @include(if: $closed)
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);

export const DepartmentParts = asked<DepartmentPartsQuery, DepartmentPartsQueryVariables>(`query DepartmentParts($where: CasePartFilter!, $first: Int!, $after: String) {
  caseParts(
    where: $where
    first: $first
    after: $after
    orderBy: [{field: deadline}]
  ) {
    edges {
      node {
        id
        reference
        part
        service
        state
        decision
        decidedOn
        deadline
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);

export const OnePart = asked<OnePartQuery, OnePartQueryVariables>(`query OnePart($reference: String!) {
  casePart(reference: $reference) {
    id
    reference
    part
    service
    office
    state
    decision
    decidedOn
    grounds
    deadline
    version
    subjects(first: 20) {
      edges {
        node {
          id
          name
          citizenNumber
          birthDate
        }
      }
    }
  }
}`);

export const OneCase = asked<OneCaseQuery, OneCaseQueryVariables>(`query OneCase($number: String!) {
  case(number: $number) {
    id
    number
    kind
    state
    openedDate
    closedDate
    deadline
    service
    office
    decision
    decidedOn
    grounds
    appealUntil
    appealOf
    appealGrounds
    version
    assignees(first: 10) {
      edges {
        node {
          code
        }
      }
    }
    subjects(first: 20) {
      edges {
        role
        register
        record
        node {
          id
          name
          citizenNumber
          birthDate
        }
      }
    }
    entities(first: 10) {
      edges {
        node {
          id
          name
          creditCode
          status
        }
      }
    }
    parts(first: 20, orderBy: [{field: deadline}]) {
      edges {
        node {
          reference
          part
          service
          state
          decision
          decidedOn
          grounds
          deadline
        }
      }
    }
    evidence(first: 50) {
      edges {
        node {
          reference
          requirement
          state
          heldBy
          heldRecord
        }
      }
    }
    messages(first: 100) {
      edges {
        node {
          reference
          sender
          text
          sentAt
          requirement
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    steps(first: 100) {
      edges {
        node {
          reference
          operation
          takenAt
          words
          worker
          made
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}`);

export const EvidenceNow = asked<EvidenceNowQuery, EvidenceNowQueryVariables>(`query EvidenceNow($number: String!) {
  evidenceOfCase(number: $number) {
    reference
    requirement
    state
    heldBy
    heldRecord
  }
}`);

export const OfficeName = asked<OfficeNameQuery, OfficeNameQueryVariables>(`query OfficeName($code: String!) {
  division(code: $code) {
    name
  }
}`);

export const Checklist = asked<ChecklistQuery, ChecklistQueryVariables>(`query Checklist($service: String!, $number: String!, $other: String, $entity: String, $hasOther: Boolean!, $hasEntity: Boolean!) {
  readiness(
    service: $service
    citizenNumber: $number
    otherNumber: $other
    creditCode: $entity
  ) {
    ready
    papersSaved {
      ...Paper
    }
    papersToBring {
      ...Paper
    }
    requirements {
      state
      sources {
        register
        record
      }
      requirement {
        id
        of
        eligibility
        label {
          en
          zh
        }
        replaces {
          ...Paper
        }
      }
    }
  }
  applicant: person(citizenNumber: $number) {
    name
  }
  other: person(citizenNumber: $other) @include(if: $hasOther) {
    name
  }
  entity: legalEntity(creditCode: $entity) @include(if: $hasEntity) {
    name
  }
}

fragment Paper on ServicePaper {
  id
  label {
    en
    zh
  }
  issuer {
    en
    zh
  }
  obtain {
    en
    zh
  }
}`);

export const OpenCase = asked<OpenCaseMutation, OpenCaseMutationVariables>(`mutation OpenCase($key: String!, $service: String!, $citizenNumber: String!, $otherNumber: String, $creditCode: String) {
  openCase(
    key: $key
    service: $service
    citizenNumber: $citizenNumber
    otherNumber: $otherNumber
    creditCode: $creditCode
  ) {
    number
    repeated
  }
}`);

export const TakeCase = asked<TakeCaseMutation, TakeCaseMutationVariables>(`mutation TakeCase($key: String!, $number: String!) {
  takeCase(key: $key, number: $number) {
    number
    version
  }
}`);

export const HandOver = asked<HandOverMutation, HandOverMutationVariables>(`mutation HandOver($key: String!, $number: String!, $toWorker: String!, $reason: String!) {
  handOver(key: $key, number: $number, toWorker: $toWorker, reason: $reason) {
    number
    version
  }
}`);

export const SendMessage = asked<SendMessageMutation, SendMessageMutationVariables>(`mutation SendMessage($key: String!, $number: String!, $text: String!) {
  sendMessage(key: $key, number: $number, text: $text) {
    number
    made
  }
}`);

export const RequestEvidence = asked<RequestEvidenceMutation, RequestEvidenceMutationVariables>(`mutation RequestEvidence($key: String!, $number: String!, $requirement: String!, $text: String!) {
  requestEvidence(
    key: $key
    number: $number
    requirement: $requirement
    text: $text
  ) {
    number
    made
  }
}`);

export const DecidePart = asked<DecidePartMutation, DecidePartMutationVariables>(`mutation DecidePart($key: String!, $reference: String!, $decision: CaseVerdict!, $reason: String!, $expects: Int!) {
  decidePart(
    key: $key
    reference: $reference
    decision: $decision
    reason: $reason
    expects: $expects
  ) {
    number
    version
    made
  }
}`);

export const DecideCase = asked<DecideCaseMutation, DecideCaseMutationVariables>(`mutation DecideCase($key: String!, $number: String!, $decision: CaseVerdict!, $reason: String!, $expects: Int!) {
  decideCase(
    key: $key
    number: $number
    decision: $decision
    reason: $reason
    expects: $expects
  ) {
    number
    version
    state
  }
}`);

export const OpenEmergencyAccess = asked<OpenEmergencyAccessMutation, OpenEmergencyAccessMutationVariables>(`mutation OpenEmergencyAccess($citizenNumber: String!, $reason: String!, $minutes: Int!) {
  openEmergencyAccess(
    citizenNumber: $citizenNumber
    reason: $reason
    minutes: $minutes
  ) {
    reference
    openedAt
    until
  }
}`);

export const ManyPeople = asked<ManyPeopleQuery, ManyPeopleQueryVariables>(`query ManyPeople($keys: [String!]!) {
  peopleByNumber(keys: $keys) {
    key
    code
    node {
      id
      name
      birthDate
      district
      deceased
    }
  }
}`);

export const VerifyLicence = asked<VerifyLicenceQuery, VerifyLicenceQueryVariables>(`query VerifyLicence($number: String!, $holderNumber: String!, $kind: LicenceKind) {
  verifyLicence(number: $number, holderNumber: $holderNumber, kind: $kind)
}`);

export const VerifyLicenceCode = asked<VerifyLicenceCodeQuery, VerifyLicenceCodeQueryVariables>(`query VerifyLicenceCode($code: String!) {
  verifyLicenceCode(code: $code)
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
