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

/** State of a part · 环节状态 */
export type CasePartState =
  /** open · 办理中 */
  | 'OPEN'
  /** decided · 已决定 */
  | 'DECIDED';

/** Kind of credit record · 信用信息类别 */
export type CreditKind =
  /** commendation · 守信激励 */
  | 'COMMENDATION'
  /** administrative penalty · 行政处罚 */
  | 'PENALTY'
  /** serious breach of trust · 严重失信主体名单 */
  | 'BREACH'
  /** judgment defaulter · 失信被执行人 */
  | 'COURT_ORDER';

/** Standing of a credit record · 信用信息状态 */
export type CreditStanding =
  /** counts · 有效 */
  | 'COUNTS'
  /** counts and is objected to · 异议处理中 */
  | 'OBJECTED'
  /** repaired · 已修复 */
  | 'REPAIRED'
  /** no longer published · 公示期满 */
  | 'ENDED';

/** Status of a legal entity · 登记状态 */
export type LegalEntityStatus =
  /** active · 存续 */
  | 'ACTIVE'
  /** dissolved · 注销 */
  | 'DISSOLVED'
  /** licence revoked · 吊销 */
  | 'REVOKED';

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

/** Status of a licence · 证照状态 */
export type LicenceStatus =
  /** valid · 有效 */
  | 'VALID'
  /** expired · 过期 */
  | 'EXPIRED'
  /** suspended · 暂停 */
  | 'SUSPENDED'
  /** revoked · 吊销 */
  | 'REVOKED'
  /** superseded · 已换发 */
  | 'SUPERSEDED';

/** Change of a licence · 证照办理事项 */
export type LicenceAction =
  /** issued · 核发 */
  | 'ISSUED'
  /** renewed · 延续 */
  | 'RENEWED'
  /** suspended · 暂停 */
  | 'SUSPENDED'
  /** resumed · 恢复 */
  | 'RESUMED'
  /** revoked · 吊销 */
  | 'REVOKED'
  /** superseded · 换发 */
  | 'SUPERSEDED';

/** Basis of a guardianship · 监护依据 */
export type GuardianshipBasis =
  /** by law · 法定监护 */
  | 'LAW'
  /** by court order · 法院指定 */
  | 'COURT'
  /** by agreement · 协议监护 */
  | 'AGREEMENT'
  /** by will · 遗嘱指定 */
  | 'WILL';

/** Marital status · 婚姻状况. Code table of GB/T 2261.2-2003 */
export type MaritalStatus =
  /** never married · 未婚 */
  | 'NEVER_MARRIED'
  /** married · 已婚 */
  | 'MARRIED'
  /** first marriage · 初婚 */
  | 'FIRST_MARRIAGE'
  /** remarried · 再婚 */
  | 'REMARRIED'
  /** remarried to the former spouse · 复婚 */
  | 'REMARRIED_SAME'
  /** widowed · 丧偶 */
  | 'WIDOWED'
  /** divorced · 离婚 */
  | 'DIVORCED'
  /** not stated · 未说明的婚姻状况 */
  | 'UNSTATED';

/** Kinds of Parenthood · 亲子关系 */
export type ParenthoodKind =
  /** by birth · 生 */
  | 'BIRTH'
  /** by adoption · 养 */
  | 'ADOPTIVE'
  /** by marriage to a parent · 继 */
  | 'STEP'
  /** by foster care · 寄养 */
  | 'FOSTER'
  /** in law · 法律上. The register states legal parenthood and does not say whether by birth, acknowledgement or adoption (the Dutch register, categories 02 and 03). */
  | 'LEGAL';

/** Sex · 性别. Code table of GB/T 2261.1-2003 */
export type Sex =
  /** unknown · 未知的性别 */
  | 'UNKNOWN'
  /** male · 男性 */
  | 'MALE'
  /** female · 女性 */
  | 'FEMALE'
  /** not stated · 未说明的性别 */
  | 'UNSTATED';

/** Whether a credential stands · 凭证状态 */
export type CredentialStanding =
  | 'VALID'
  | 'REVOKED'
  | 'EXPIRED';

/** What can be proved of two persons. */
export type ProvableQuestion =
  /** Is the relative the subject's mother? · 是否为其母亲 */
  | 'isMotherOf'
  /** Is the relative the subject's father? · 是否为其父亲 */
  | 'isFatherOf'
  /** Is the relative a parent of the subject? · 是否为其父母 */
  | 'isParentOf'
  /** Is the relative a child of the subject? · 是否为其子女 */
  | 'isChildOf'
  /** Is the relative a sibling of the subject? · 是否为其兄弟姐妹 */
  | 'isSiblingOf'
  /** Is the relative a grandparent of the subject? · 是否为其祖父母或外祖父母 */
  | 'isGrandparentOf'
  /** Is the relative a grandchild of the subject? · 是否为其孙子女或外孙子女 */
  | 'isGrandchildOf'
  /** Is the relative the subject's spouse? · 是否为其配偶 */
  | 'isSpouseOf';

/** The form of a rendition · 证照文件格式 */
export type LicenceForm =
  | 'JSON'
  | 'PDF';

/** What a verification tells · 核验结果 */
export type LicenceVerdict =
  | 'VALID'
  | 'NOT_VALID'
  | 'UNKNOWN';

/** Event in a life · 人生事件 */
export type TimelineEvent =
  /** Born · 出生 */
  | 'BIRTH'
  /** Died · 死亡 */
  | 'DEATH'
  /** Name · 姓名 */
  | 'NAME'
  /** Registered in · 户籍登记于 */
  | 'REGISTRATION'
  /** Child · 子女 */
  | 'CHILD'
  /** No longer parent of · 亲子关系终止 */
  | 'CHILD_END'
  /** Parent · 父母 */
  | 'PARENT'
  /** No longer child of · 与父母关系终止 */
  | 'PARENT_END'
  /** Married · 结婚 */
  | 'MARRIAGE'
  /** Marriage ended · 婚姻终止 */
  | 'MARRIAGE_END'
  /** Guardian of the person · 监护人 */
  | 'GUARDIAN'
  /** Guardianship of the person ended · 被监护终止 */
  | 'GUARDIAN_END'
  /** Became guardian of · 担任监护 */
  | 'WARD'
  /** Ceased to be guardian of · 监护终止 */
  | 'WARD_END'
  /** Entered the household book · 入户 */
  | 'HOUSEHOLD'
  /** Left the household book · 出户 */
  | 'HOUSEHOLD_END'
  /** Moved to · 迁入 */
  | 'RESIDENCE'
  /** Moved away from · 迁出 */
  | 'RESIDENCE_END'
  /** Licence issued · 核发证照 */
  | 'LICENCE'
  /** Licence ends · 证照有效期届满 */
  | 'LICENCE_END'
  /** Legal representative of · 任法定代表人 */
  | 'REPRESENTATION'
  /** Ceased to represent · 不再任法定代表人 */
  | 'REPRESENTATION_END'
  /** Shares in · 持股 */
  | 'SHARES'
  /** Shares given up in · 退股 */
  | 'SHARES_END'
  /** Credit record · 信用信息 */
  | 'CREDIT'
  /** Credit record no longer published · 信用信息公示期满 */
  | 'CREDIT_END'
  /** Case opened · 办件受理 */
  | 'CASE'
  /** Case closed · 办件办结 */
  | 'CASE_END'
  /** Consent given · 授权 */
  | 'CONSENT'
  /** Consent withdrawn · 撤回授权 */
  | 'CONSENT_END';

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

/** A person, by exactly one of these. */
export type PersonRef = {
  /** Citizen number · 公民身份号码 */
  citizenNumber?: string | null | undefined;
  /** Opaque, stable identifier. */
  id?: string | number | null | undefined;
};

export type MyCasesQueryVariables = Exact<{
  number: string;
  after?: string | null | undefined;
}>;


export type MyCasesQuery = { person: { cases: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, number: string | null, kind: CaseKind | null, service: string | null, state: CaseState | null, openedDate: string | null, deadline: string | null, decision: CaseDecision | null } | null }> } | null } | null };

export type MyCaseQueryVariables = Exact<{
  number: string;
}>;


export type MyCaseQuery = { case: { id: string, number: string | null, kind: CaseKind | null, service: string | null, office: string | null, state: CaseState | null, openedDate: string | null, closedDate: string | null, deadline: string | null, decision: CaseDecision | null, decidedOn: string | null, grounds: string | null, appealUntil: string | null, appealOf: string | null, appealGrounds: string | null, version: number | null, parts: { edges: Array<{ node: { reference: string | null, part: string | null, department: string | null, state: CasePartState | null, decision: CaseDecision | null, decidedOn: string | null, grounds: string | null, deadline: string | null } | null }> } | null, messages: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { reference: string | null, sender: CaseParty | null, text: string | null, sentAt: string | null, requirement: string | null } | null }> } | null, evidence: { edges: Array<{ node: { reference: string | null, requirement: string | null, state: CaseEvidenceState | null, attachedAt: string | null } | null }> } | null } | null, services: Array<{ id: string, label: { en: string, zh: string }, department: { en: string, zh: string }, parts: Array<{ id: string, label: { en: string, zh: string }, department: { en: string, zh: string } }>, requirements: Array<{ id: string, label: { en: string, zh: string } }> }> | null };

export type ServiceNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceNamesQuery = { services: Array<{ id: string, label: { en: string, zh: string } }> | null };

export type WriteToOfficeMutationVariables = Exact<{
  key: string;
  number: string;
  text: string;
}>;


export type WriteToOfficeMutation = { sendMessage: { number: string, repeated: boolean } | null };

export type AppealAgainstMutationVariables = Exact<{
  key: string;
  number: string;
  reason: string;
}>;


export type AppealAgainstMutation = { appeal: { number: string, repeated: boolean } | null };

export type WhoAsksQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAsksQuery = { consentRequests: Array<{ consumer: string, purpose: string, purposeDescription: string, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, bases: Array<{ basis: string, citation: string, label: { en: string, zh: string } }>, fields: Array<{ coordinate: string, description: string, label: { en: string, zh: string } }> }> | null };

export type GivenConsentsQueryVariables = Exact<{
  number: string;
}>;


export type GivenConsentsQuery = { person: { name: string | null, consents: { pageInfo: { hasNextPage: boolean }, edges: Array<{ register: string | null, node: { id: string, reference: string | null, consumer: string | null, purpose: string | null, givenOn: string | null, withdrawnOn: string | null } | null }> } | null } | null };

export type GiveConsentMutationVariables = Exact<{
  consumer: string;
  purpose: string;
  number?: string | null | undefined;
}>;


export type GiveConsentMutation = { giveConsent: { reference: string, givenOn: string | null } | null };

export type WithdrawConsentMutationVariables = Exact<{
  reference: string;
}>;


export type WithdrawConsentMutation = { withdrawConsent: { reference: string, withdrawnOn: string | null } | null };

export type MyCredentialsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyCredentialsQuery = { credentials: Array<{ reference: string, question: string, other: string, issuedAt: string, expiresAt: string, checkedAt: string, standing: CredentialStanding, words: { en: string, zh: string }, revocation: { at: string, words: { en: string, zh: string } } | null }> | null };

export type IssueCredentialMutationVariables = Exact<{
  key: string;
  question: ProvableQuestion;
  of: PersonRef;
  holderKey: string;
  days: number;
}>;


export type IssueCredentialMutation = { issueCredential: { credential: string, reference: string, expiresAt: string } | null };

export type RevokeCredentialMutationVariables = Exact<{
  reference: string;
}>;


export type RevokeCredentialMutation = { revokeCredential: { reference: string, standing: CredentialStanding } | null };

export type MyCreditRecordsQueryVariables = Exact<{
  number: string;
}>;


export type MyCreditRecordsQuery = { person: { creditRecords: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { id: string, number: string | null, kind: CreditKind | null, basis: string | null, issuedOn: string | null, shownUntil: string | null, objectedOn: string | null, objection: string | null, standing: CreditStanding | null, issuers: { edges: Array<{ node: { name: string | null } | null }> } | null } | null }> } | null, representedEntities: { edges: Array<{ node: { id: string, name: string | null, creditRecords: { edges: Array<{ node: { id: string, number: string | null, kind: CreditKind | null, basis: string | null, issuedOn: string | null, shownUntil: string | null, objectedOn: string | null, objection: string | null, standing: CreditStanding | null, issuers: { edges: Array<{ node: { name: string | null } | null }> } | null } | null }> } | null } | null }> } | null } | null };

export type CreditFragment = { id: string, number: string | null, kind: CreditKind | null, basis: string | null, issuedOn: string | null, shownUntil: string | null, objectedOn: string | null, objection: string | null, standing: CreditStanding | null, issuers: { edges: Array<{ node: { name: string | null } | null }> } | null };

export type ObjectToMutationVariables = Exact<{
  number: string;
  reason: string;
}>;


export type ObjectToMutation = { objectToCreditRecord: { receivedOn: string } | null };

export type MyLicencesQueryVariables = Exact<{
  number: string;
}>;


export type MyLicencesQuery = { person: { licences: { pageInfo: { hasNextPage: boolean }, edges: Array<{ register: string | null, record: string | null, node: { id: string, number: string | null, kind: LicenceKind | null, status: LicenceStatus | null, issueDate: string | null, expiryDate: string | null, issuers: { edges: Array<{ node: { name: string | null } | null }> } | null, events: { edges: Array<{ node: { reference: string | null, action: LicenceAction | null, reason: string | null, changedAt: string | null } | null }> } | null } | null }> } | null } | null };

export type ShowLicenceQueryVariables = Exact<{
  number: string;
}>;


export type ShowLicenceQuery = { licenceCode: { code: string, expiresAt: string } | null };

export type LicenceFileQueryVariables = Exact<{
  number: string;
  form: LicenceForm;
}>;


export type LicenceFileQuery = { licenceRendition: { mediaType: string, content: string, expiresAt: string } | null };

export type CheckCodeQueryVariables = Exact<{
  code: string;
}>;


export type CheckCodeQuery = { verifyLicenceCode: LicenceVerdict | null };

export type MyLifeQueryVariables = Exact<{
  number: string;
  events?: Array<TimelineEvent> | TimelineEvent | null | undefined;
  known?: string | null | undefined;
}>;


export type MyLifeQuery = { timeline: { complete: boolean, entries: Array<{ event: TimelineEvent, on: string | null, title: { en: string, zh: string }, about:
        | { __typename: 'Case', number: string | null }
        | { __typename: 'Consent' }
        | { __typename: 'CreditRecord' }
        | { __typename: 'Household' }
        | { __typename: 'LegalEntity' }
        | { __typename: 'Licence', number: string | null }
        | { __typename: 'Person' }
        | { __typename: 'Place' }
       | null, sources: Array<{ register: string | null, record: string | null, recordedFrom: string | null }> }> } | null };

export type WhoLookedQueryVariables = Exact<{
  number?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type WhoLookedQuery = { whoLooked: { cursor: string | null, notices: Array<{ at: string, citation: string | null, case: string | null, operation: string, consumer: { en: string, zh: string }, organisation: { en: string, zh: string }, purpose: { en: string, zh: string }, basis: { en: string, zh: string } | null, shown: Array<{ coordinate: string, label: { en: string, zh: string } }>, masked: Array<{ coordinate: string, label: { en: string, zh: string } }>, denied: Array<{ coordinate: string, label: { en: string, zh: string } }> }> } | null };

export type LookedFragment = { coordinate: string, label: { en: string, zh: string } };

export type WhoMaySeeQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoMaySeeQuery = { whoMaySee: Array<{ consumer: string, purpose: string, consumerLabel: { en: string, zh: string }, organisation: { en: string, zh: string }, purposeLabel: { en: string, zh: string }, basis: { basis: string, citation: string, label: { en: string, zh: string } }, fields: Array<{ coordinate: string, mode: string, mask: string | null, label: { en: string, zh: string }, condition: { parts: Array<{ en: string, zh: string }> } }> }> | null };

export type MyFactsQueryVariables = Exact<{
  number: string;
}>;


export type MyFactsQuery = { person: { id: string, name: string | null, formerName: string | null, citizenNumber: string | null, numberScheme: string | null, sex: Sex | null, birthDate: string | null, birthPlace: string | null, ethnicity: string | null, nationality: string | null, maritalStatus: MaritalStatus | null, district: string | null, facts: Array<{ field: string, value: string | null, register: string | null, record: string | null, validFrom: string | null, recordedFrom: string | null, disputed: boolean | null }> | null, residences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null, address: string | null, divisionCode: string | null } | null }> } | null, households: { edges: Array<{ relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null }> } | null, emergencyAccesses: { edges: Array<{ node: { reference: string | null, reason: string | null, openedAt: string | null, until: string | null, justified: boolean | null, reviewWords: string | null } | null }> } | null } | null };

export type MyFamilyQueryVariables = Exact<{
  number: string;
}>;


export type MyFamilyQuery = { person: { id: string, name: string | null, citizenNumber: string | null, parents: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null } | null }> } | null, spouses: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null } | null }> } | null, children: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null, citizenNumber: string | null } | null }> } | null, wards: { edges: Array<{ basis: GuardianshipBasis | null, register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null, citizenNumber: string | null } | null }> } | null, guardians: { edges: Array<{ basis: GuardianshipBasis | null, register: string | null, record: string | null, validFrom: string | null, node: { id: string, name: string | null } | null }> } | null } | null };

export type MyCompaniesQueryVariables = Exact<{
  number: string;
}>;


export type MyCompaniesQuery = { person: { representedEntities: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, node: { id: string, creditCode: string | null, name: string | null, status: LegalEntityStatus | null } | null }> } | null, shareholdings: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, node: { id: string, creditCode: string | null, name: string | null, status: LegalEntityStatus | null } | null }> } | null } | null };

export type WhomIActForQueryVariables = Exact<{
  number: string;
}>;


export type WhomIActForQuery = { person: { name: string | null, children: { edges: Array<{ node: { name: string | null, citizenNumber: string | null } | null }> } | null, wards: { edges: Array<{ node: { name: string | null, citizenNumber: string | null } | null }> } | null, representedEntities: { edges: Array<{ node: { creditCode: string | null, name: string | null } | null }> } | null } | null };

export type DivisionNamedQueryVariables = Exact<{
  code: string;
}>;


export type DivisionNamedQuery = { division: { name: string | null, liesIn: Array<{ name: string | null }> } | null };

export type ProveRelationshipQueryVariables = Exact<{
  question: ProvableQuestion;
  person: PersonRef;
  of: PersonRef;
  audience: string;
  nonce: string;
}>;


export type ProveRelationshipQuery = { proof: { reference: string, token: string, expiresAt: string } | null };

export type ProveAgeQueryVariables = Exact<{
  person: PersonRef;
  atLeast: number;
  audience: string;
  nonce: string;
}>;


export type ProveAgeQuery = { proof: { reference: string, token: string, expiresAt: string } | null };

export type ProveResidenceQueryVariables = Exact<{
  person: PersonRef;
  district: string;
  audience: string;
  nonce: string;
}>;


export type ProveResidenceQuery = { proof: { reference: string, token: string, expiresAt: string } | null };

export type ProveLicenceQueryVariables = Exact<{
  person?: PersonRef | null | undefined;
  entity?: string | null | undefined;
  kind: LicenceKind;
  audience: string;
  nonce: string;
}>;


export type ProveLicenceQuery = { proof: { reference: string, token: string, expiresAt: string } | null };

export type ProveRepresentationQueryVariables = Exact<{
  person: PersonRef;
  entity: string;
  audience: string;
  nonce: string;
}>;


export type ProveRepresentationQuery = { proof: { reference: string, token: string, expiresAt: string } | null };

export type ProvenFragment = { reference: string, token: string, expiresAt: string };

export type AllServicesQueryVariables = Exact<{ [key: string]: never; }>;


export type AllServicesQuery = { services: Array<{ id: string, citation: string, deadlineDays: number, other: string | null, label: { en: string, zh: string }, description: { en: string, zh: string }, department: { en: string, zh: string }, basis: { en: string, zh: string }, applicant: { en: string, zh: string }, requirements: Array<{ id: string }> }> | null };

export type ReadyForQueryVariables = Exact<{
  service: string;
  number: string;
  other?: string | null | undefined;
  creditCode?: string | null | undefined;
  office?: string | null | undefined;
}>;


export type ReadyForQuery = { readiness: { ready: boolean, requirements: Array<{ state: ReadinessState, sources: Array<{ register: string | null, record: string | null }>, requirement: { id: string, eligibility: boolean, label: { en: string, zh: string }, replaces: { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } } | null } }>, papersSaved: Array<{ id: string }>, papersToBring: Array<{ id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } }> } | null };

export type PaperFragment = { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } };

export type ApplyMutationVariables = Exact<{
  key: string;
  service: string;
  other?: string | null | undefined;
  creditCode?: string | null | undefined;
  office?: string | null | undefined;
}>;


export type ApplyMutation = { applyForService: { number: string, repeated: boolean } | null };

export const MyCases = asked<MyCasesQuery, MyCasesQueryVariables>(`query MyCases($number: String!, $after: String) {
  person(citizenNumber: $number) {
    cases(first: 20, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          number
          kind
          service
          state
          openedDate
          deadline
          decision
        }
      }
    }
  }
}`);

export const MyCase = asked<MyCaseQuery, MyCaseQueryVariables>(`query MyCase($number: String!) {
  case(number: $number) {
    id
    number
    kind
    service
    office
    state
    openedDate
    closedDate
    deadline
    decision
    decidedOn
    grounds
    appealUntil
    appealOf
    appealGrounds
    version
    parts(first: 50) {
      edges {
        node {
          reference
          part
          department
          state
          decision
          decidedOn
          grounds
          deadline
        }
      }
    }
    messages(first: 100) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          reference
          sender
          text
          sentAt
          requirement
        }
      }
    }
    evidence(first: 100) {
      edges {
        node {
          reference
          requirement
          state
          attachedAt
        }
      }
    }
  }
  services {
    id
    label {
      en
      zh
    }
    department {
      en
      zh
    }
    parts {
      id
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
      label {
        en
        zh
      }
    }
  }
}`);

export const ServiceNames = asked<ServiceNamesQuery, ServiceNamesQueryVariables>(`query ServiceNames {
  services {
    id
    label {
      en
      zh
    }
  }
}`);

export const WriteToOffice = asked<WriteToOfficeMutation, WriteToOfficeMutationVariables>(`mutation WriteToOffice($key: String!, $number: String!, $text: String!) {
  sendMessage(key: $key, number: $number, text: $text) {
    number
    repeated
  }
}`);

export const AppealAgainst = asked<AppealAgainstMutation, AppealAgainstMutationVariables>(`mutation AppealAgainst($key: String!, $number: String!, $reason: String!) {
  appeal(key: $key, number: $number, reason: $reason) {
    number
    repeated
  }
}`);

export const WhoAsks = asked<WhoAsksQuery, WhoAsksQueryVariables>(`query WhoAsks {
  consentRequests {
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
    purposeDescription
    bases {
      basis
      label {
        en
        zh
      }
      citation
    }
    fields {
      coordinate
      label {
        en
        zh
      }
      description
    }
  }
}`);

export const GivenConsents = asked<GivenConsentsQuery, GivenConsentsQueryVariables>(`query GivenConsents($number: String!) {
  person(citizenNumber: $number) {
    name
    consents(first: 100) {
      pageInfo {
        hasNextPage
      }
      edges {
        register
        node {
          id
          reference
          consumer
          purpose
          givenOn
          withdrawnOn
        }
      }
    }
  }
}`);

export const GiveConsent = asked<GiveConsentMutation, GiveConsentMutationVariables>(`mutation GiveConsent($consumer: String!, $purpose: String!, $number: String) {
  giveConsent(consumer: $consumer, purpose: $purpose, citizenNumber: $number) {
    reference
    givenOn
  }
}`);

export const WithdrawConsent = asked<WithdrawConsentMutation, WithdrawConsentMutationVariables>(`mutation WithdrawConsent($reference: String!) {
  withdrawConsent(reference: $reference) {
    reference
    withdrawnOn
  }
}`);

export const MyCredentials = asked<MyCredentialsQuery, MyCredentialsQueryVariables>(`query MyCredentials {
  credentials {
    reference
    question
    other
    words {
      en
      zh
    }
    issuedAt
    expiresAt
    checkedAt
    standing
    revocation {
      at
      words {
        en
        zh
      }
    }
  }
}`);

export const IssueCredential = asked<IssueCredentialMutation, IssueCredentialMutationVariables>(`mutation IssueCredential($key: String!, $question: ProvableQuestion!, $of: PersonRef!, $holderKey: String!, $days: Int!) {
  issueCredential(
    key: $key
    question: $question
    of: $of
    holderKey: $holderKey
    days: $days
  ) {
    credential
    reference
    expiresAt
  }
}`);

export const RevokeCredential = asked<RevokeCredentialMutation, RevokeCredentialMutationVariables>(`mutation RevokeCredential($reference: String!) {
  revokeCredential(reference: $reference) {
    reference
    standing
  }
}`);

export const MyCreditRecords = asked<MyCreditRecordsQuery, MyCreditRecordsQueryVariables>(`query MyCreditRecords($number: String!) {
  person(citizenNumber: $number) {
    creditRecords(first: 50) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          ...Credit
        }
      }
    }
    representedEntities(first: 20) {
      edges {
        node {
          id
          name
          creditRecords(first: 20) {
            edges {
              node {
                ...Credit
              }
            }
          }
        }
      }
    }
  }
}

fragment Credit on CreditRecord {
  id
  number
  kind
  basis
  issuedOn
  shownUntil
  objectedOn
  objection
  standing
  issuers(first: 3) {
    edges {
      node {
        name
      }
    }
  }
}`);

export const ObjectTo = asked<ObjectToMutation, ObjectToMutationVariables>(`mutation ObjectTo($number: String!, $reason: String!) {
  objectToCreditRecord(number: $number, reason: $reason) {
    receivedOn
  }
}`);

export const MyLicences = asked<MyLicencesQuery, MyLicencesQueryVariables>(`query MyLicences($number: String!) {
  person(citizenNumber: $number) {
    licences(first: 100) {
      pageInfo {
        hasNextPage
      }
      edges {
        register
        record
        node {
          id
          number
          kind
          status
          issueDate
          expiryDate
          issuers(first: 3) {
            edges {
              node {
                name
              }
            }
          }
          events(first: 20) {
            edges {
              node {
                reference
                action
                reason
                changedAt
              }
            }
          }
        }
      }
    }
  }
}`);

export const ShowLicence = asked<ShowLicenceQuery, ShowLicenceQueryVariables>(`query ShowLicence($number: String!) {
  licenceCode(number: $number) {
    code
    expiresAt
  }
}`);

export const LicenceFile = asked<LicenceFileQuery, LicenceFileQueryVariables>(`query LicenceFile($number: String!, $form: LicenceForm!) {
  licenceRendition(number: $number, form: $form) {
    mediaType
    content
    expiresAt
  }
}`);

export const CheckCode = asked<CheckCodeQuery, CheckCodeQueryVariables>(`query CheckCode($code: String!) {
  verifyLicenceCode(code: $code)
}`);

export const MyLife = asked<MyLifeQuery, MyLifeQueryVariables>(`query MyLife($number: String!, $events: [TimelineEvent!], $known: DateTime) {
  timeline(citizenNumber: $number, events: $events, asKnown: $known) {
    complete
    entries {
      event
      on
      title {
        en
        zh
      }
      about {
        __typename
        ... on Licence {
          number
        }
        ... on Case {
          number
        }
      }
      sources {
        register
        record
        recordedFrom
      }
    }
  }
}`);

export const WhoLooked = asked<WhoLookedQuery, WhoLookedQueryVariables>(`query WhoLooked($number: String, $after: String) {
  whoLooked(citizenNumber: $number, first: 50, after: $after) {
    cursor
    notices {
      at
      consumer {
        en
        zh
      }
      organisation {
        en
        zh
      }
      purpose {
        en
        zh
      }
      basis {
        en
        zh
      }
      citation
      case
      operation
      shown {
        ...Looked
      }
      masked {
        ...Looked
      }
      denied {
        ...Looked
      }
    }
  }
}

fragment Looked on LookedField {
  coordinate
  label {
    en
    zh
  }
}`);

export const WhoMaySee = asked<WhoMaySeeQuery, WhoMaySeeQueryVariables>(`query WhoMaySee {
  whoMaySee {
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
    basis {
      basis
      label {
        en
        zh
      }
      citation
    }
    fields {
      coordinate
      label {
        en
        zh
      }
      mode
      mask
      condition {
        parts {
          en
          zh
        }
      }
    }
  }
}`);

export const MyFacts = asked<MyFactsQuery, MyFactsQueryVariables>(`query MyFacts($number: String!) {
  person(citizenNumber: $number) {
    id
    name
    formerName
    citizenNumber
    numberScheme
    sex
    birthDate
    birthPlace
    ethnicity
    nationality
    maritalStatus
    district
    facts {
      field
      value
      register
      record
      validFrom
      recordedFrom
      disputed
    }
    residences(first: 20) {
      edges {
        register
        record
        validFrom
        node {
          id
          name
          address
          divisionCode
        }
      }
    }
    households(first: 20) {
      edges {
        relationToHead
        register
        record
        validFrom
      }
    }
    emergencyAccesses(first: 20) {
      edges {
        node {
          reference
          reason
          openedAt
          until
          justified
          reviewWords
        }
      }
    }
  }
}`);

export const MyFamily = asked<MyFamilyQuery, MyFamilyQueryVariables>(`query MyFamily($number: String!) {
  person(citizenNumber: $number) {
    id
    name
    citizenNumber
    parents(first: 20) {
      edges {
        kind
        register
        record
        validFrom
        node {
          id
          name
        }
      }
    }
    spouses(first: 20) {
      edges {
        register
        record
        validFrom
        node {
          id
          name
        }
      }
    }
    children(first: 50) {
      edges {
        kind
        register
        record
        validFrom
        node {
          id
          name
          citizenNumber
        }
      }
    }
    wards(first: 50) {
      edges {
        basis
        register
        record
        validFrom
        node {
          id
          name
          citizenNumber
        }
      }
    }
    guardians(first: 20) {
      edges {
        basis
        register
        record
        validFrom
        node {
          id
          name
        }
      }
    }
  }
}`);

export const MyCompanies = asked<MyCompaniesQuery, MyCompaniesQueryVariables>(`query MyCompanies($number: String!) {
  person(citizenNumber: $number) {
    representedEntities(first: 50) {
      edges {
        register
        record
        validFrom
        node {
          id
          creditCode
          name
          status
        }
      }
    }
    shareholdings(first: 50) {
      edges {
        sharePercent
        register
        record
        validFrom
        node {
          id
          creditCode
          name
          status
        }
      }
    }
  }
}`);

export const WhomIActFor = asked<WhomIActForQuery, WhomIActForQueryVariables>(`query WhomIActFor($number: String!) {
  person(citizenNumber: $number) {
    name
    children(first: 50) {
      edges {
        node {
          name
          citizenNumber
        }
      }
    }
    wards(first: 50) {
      edges {
        node {
          name
          citizenNumber
        }
      }
    }
    representedEntities(first: 50) {
      edges {
        node {
          creditCode
          name
        }
      }
    }
  }
}`);

export const DivisionNamed = asked<DivisionNamedQuery, DivisionNamedQueryVariables>(`query DivisionNamed($code: String!) {
  division(code: $code) {
    name
    liesIn {
      name
    }
  }
}`);

export const ProveRelationship = asked<ProveRelationshipQuery, ProveRelationshipQueryVariables>(`query ProveRelationship($question: ProvableQuestion!, $person: PersonRef!, $of: PersonRef!, $audience: String!, $nonce: String!) {
  proof: proveRelationship(
    question: $question
    person: $person
    of: $of
    audience: $audience
    nonce: $nonce
  ) {
    ...Proven
  }
}

fragment Proven on Proof {
  reference
  token
  expiresAt
}`);

export const ProveAge = asked<ProveAgeQuery, ProveAgeQueryVariables>(`query ProveAge($person: PersonRef!, $atLeast: Int!, $audience: String!, $nonce: String!) {
  proof: proveAge(
    person: $person
    atLeast: $atLeast
    audience: $audience
    nonce: $nonce
  ) {
    ...Proven
  }
}

fragment Proven on Proof {
  reference
  token
  expiresAt
}`);

export const ProveResidence = asked<ProveResidenceQuery, ProveResidenceQueryVariables>(`query ProveResidence($person: PersonRef!, $district: String!, $audience: String!, $nonce: String!) {
  proof: proveResidence(
    person: $person
    district: $district
    audience: $audience
    nonce: $nonce
  ) {
    ...Proven
  }
}

fragment Proven on Proof {
  reference
  token
  expiresAt
}`);

export const ProveLicence = asked<ProveLicenceQuery, ProveLicenceQueryVariables>(`query ProveLicence($person: PersonRef, $entity: String, $kind: LicenceKind!, $audience: String!, $nonce: String!) {
  proof: proveLicence(
    person: $person
    entity: $entity
    kind: $kind
    audience: $audience
    nonce: $nonce
  ) {
    ...Proven
  }
}

fragment Proven on Proof {
  reference
  token
  expiresAt
}`);

export const ProveRepresentation = asked<ProveRepresentationQuery, ProveRepresentationQueryVariables>(`query ProveRepresentation($person: PersonRef!, $entity: String!, $audience: String!, $nonce: String!) {
  proof: proveRepresentation(
    person: $person
    entity: $entity
    audience: $audience
    nonce: $nonce
  ) {
    ...Proven
  }
}

fragment Proven on Proof {
  reference
  token
  expiresAt
}`);

export const AllServices = asked<AllServicesQuery, AllServicesQueryVariables>(`query AllServices {
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
    requirements {
      id
    }
  }
}`);

export const ReadyFor = asked<ReadyForQuery, ReadyForQueryVariables>(`query ReadyFor($service: String!, $number: String!, $other: String, $creditCode: String, $office: String) {
  readiness(
    service: $service
    citizenNumber: $number
    otherNumber: $other
    creditCode: $creditCode
    office: $office
  ) {
    ready
    requirements {
      state
      sources {
        register
        record
      }
      requirement {
        id
        label {
          en
          zh
        }
        eligibility
        replaces {
          ...Paper
        }
      }
    }
    papersSaved {
      id
    }
    papersToBring {
      ...Paper
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

export const Apply = asked<ApplyMutation, ApplyMutationVariables>(`mutation Apply($key: String!, $service: String!, $other: String, $creditCode: String, $office: String) {
  applyForService(
    key: $key
    service: $service
    otherNumber: $other
    creditCode: $creditCode
    office: $office
  ) {
    number
    repeated
  }
}`);
