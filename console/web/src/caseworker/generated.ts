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

/** Kind of household · 户别 */
export type HouseholdKind =
  /** family household · 家庭户 */
  | 'FAMILY'
  /** collective household · 集体户 */
  | 'COLLECTIVE';

/** Kind of legal entity · 法人类型 */
export type LegalEntityKind =
  /** company · 企业法人 */
  | 'COMPANY'
  /** government body · 机关法人 */
  | 'GOVERNMENT'
  /** public institution · 事业单位法人 */
  | 'INSTITUTION'
  /** association · 社会团体法人 */
  | 'ASSOCIATION'
  /** registered entity, form not stated · 已登记实体(类型未说明) */
  | 'REGISTERED'
  /** legal person not created by registration · 非经登记设立的法人 */
  | 'UNREGISTERED'
  /** legal arrangement · 法律安排 */
  | 'ARRANGEMENT'
  /** trust · 信托 */
  | 'TRUST'
  /** nominee arrangement · 代持安排 */
  | 'NOMINATION'
  /** state · 国家 */
  | 'STATE'
  /** state body · 国家机构 */
  | 'STATE_BODY'
  /** known, identity withheld · 匿名实体 */
  | 'ANONYMOUS'
  /** unknown · 未知实体 */
  | 'UNKNOWN'
  /** other · 其他 */
  | 'OTHER';

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

/** Age band · 年龄段 */
export type AgeBand =
  /** Under 6 · 学龄前（未满六周岁） */
  | 'AGE_0_5'
  /** From 6 and under 14 · 六至十三周岁 */
  | 'AGE_6_13'
  /** From 14 and under 18 · 十四至十七周岁 */
  | 'AGE_14_17'
  /** From 18 and under 60 · 十八至五十九周岁 */
  | 'AGE_18_59'
  /** 60 and over · 六十周岁以上 */
  | 'AGE_60_UP';

/** Custody of a minor · 未成年人监护权归属. Code table of BRP table 61 */
export type Custody =
  /** a code that the table does not have · 代码表之外的记载 */
  | 'UNKNOWN'
  /** parent 1 · 父母一方（一） */
  | 'PARENT_1'
  /** parent 1 and parent 2 · 父母双方 */
  | 'PARENTS_1_AND_2'
  /** parent 1 and a third party · 父母一方（一）与第三人 */
  | 'PARENT_1_AND_THIRD_PARTY'
  /** parent 2 · 父母一方（二） */
  | 'PARENT_2'
  /** parent 2 and a third party · 父母一方（二）与第三人 */
  | 'PARENT_2_AND_THIRD_PARTY'
  /** one or more third parties · 第三人 */
  | 'THIRD_PARTIES'
  /** both parents and one or more third parties · 父母双方与第三人 */
  | 'BOTH_PARENTS_AND_THIRD_PARTY';

/** Scope of a guardianship · 监护范围 */
export type GuardianshipScope =
  /** person and property · 人身和财产 */
  | 'FULL'
  /** person · 人身 */
  | 'PERSON'
  /** property · 财产 */
  | 'PROPERTY';

/** Answer · 答复 */
export type KinshipVerdict =
  /** yes · 是 */
  | 'YES'
  /** no · 否 */
  | 'NO'
  /** not determinable · 无法确定 */
  | 'NOT_DETERMINABLE';

/** Kind of kinship · 关系性质 */
export type KinshipKind =
  /** by birth · 血亲 */
  | 'BIRTH'
  /** by adoption · 收养 */
  | 'ADOPTIVE'
  /** step · 继亲 */
  | 'STEP'
  /** foster · 寄养 */
  | 'FOSTER'
  /** in law · 法律上 */
  | 'LEGAL'
  /** by marriage · 婚姻 */
  | 'MARRIAGE'
  /** by registered partnership · 登记伴侣 */
  | 'PARTNERSHIP'
  /** joined by a record, no marriage stated · 记录为伴侣 */
  | 'COUPLE'
  /** by guardianship · 监护 */
  | 'GUARDIANSHIP';

/** How far the records carry it · 证明程度 */
export type KinshipStatus =
  /** a register or a household book states it · 已证实 */
  | 'PROVEN'
  /** the records allow it and do not prove it · 与记录相符，未证实 */
  | 'CONSISTENT'
  /** a record states it, and another says otherwise · 记录相互矛盾 */
  | 'CONTRADICTED';

/** Side of the family · 亲系 */
export type KinshipSide =
  /** through the father · 父系 */
  | 'PATERNAL'
  /** through the mother · 母系 */
  | 'MATERNAL'
  /** through both · 父母双系 */
  | 'BOTH';

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

/** Form of a union · 结合形式 */
export type MarriageForm =
  /** marriage · 婚姻 */
  | 'MARRIAGE'
  /** registered partnership · 登记伴侣关系 */
  | 'REGISTERED_PARTNERSHIP';

/** How a marriage ended · 婚姻终止原因 */
export type MarriageEnd =
  /** divorce · 离婚 */
  | 'DIVORCE'
  /** death of a spouse · 配偶死亡 */
  | 'DEATH'
  /** annulment · 撤销 */
  | 'ANNULMENT'
  /** a spouse presumed dead · 宣告配偶死亡 */
  | 'PRESUMED_DEATH'
  /** converted between marriage and registered partnership · 婚姻与登记伴侣关系相互转换 */
  | 'CONVERSION'
  /** other or not stated · 其他或未说明 */
  | 'OTHER';

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

/** How a case or a part is decided · 办理结果 */
export type CaseVerdict =
  | 'GRANTED'
  | 'REFUSED';

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

/** Tests on fields; all must hold. */
export type HouseholdFilter = {
  /** Book number · 户号 */
  bookNumber?: StringEqualsInTest | null | undefined;
  /** Kind of household · 户别 */
  kind?: HouseholdKindEqualsTest | null | undefined;
  /** Address · 住址 */
  address?: StringContainsTest | null | undefined;
  /** District · 区划 */
  district?: StringEqualsInTest | null | undefined;
  /** At least one of these. */
  any?: Array<HouseholdFilter> | null | undefined;
};

/** Tests on one field. */
export type HouseholdKindEqualsTest = {
  /** Equal to. */
  equals?: HouseholdKind | null | undefined;
};

/** Around a point · 附近. */
export type NearTest = {
  /** WGS 84 (CGCS2000), in degrees. */
  longitude: number;
  /** WGS 84 (CGCS2000), in degrees. */
  latitude: number;
  /** 1 to 5000. */
  metres: number;
};

/** Tests on fields; all must hold. */
export type PlaceFilter = {
  /** Address · 详细地址 */
  address?: StringContainsTest | null | undefined;
  /** Division code · 行政区划代码 */
  divisionCode?: StringEqualsInStartsWithTest | null | undefined;
  /** No farther from a point than so many metres. */
  near?: NearTest | null | undefined;
  /** At least one of these. */
  any?: Array<PlaceFilter> | null | undefined;
};

/** Tests on one field. */
export type StringContainsTest = {
  /** Has this part, of at least 2 characters. */
  contains?: string | null | undefined;
};

/** Tests on one field. */
export type StringEqualsInStartsWithTest = {
  /** Equal to. */
  equals?: string | null | undefined;
  /** One of. */
  in?: Array<string> | null | undefined;
  /** Begins with. */
  startsWith?: string | null | undefined;
};

/** Tests on fields; all must hold. */
export type LegalEntityFilter = {
  /** Unified social credit code · 统一社会信用代码 */
  creditCode?: StringEqualsInTest | null | undefined;
  /** Registration number · 注册编号 */
  registrationNumber?: StringEqualsInTest | null | undefined;
  /** Name · 名称 */
  name?: StringEqualsStartsWithContainsPinyinTest | null | undefined;
  /** Kind · 类型 */
  kind?: LegalEntityKindEqualsTest | null | undefined;
  /** Status · 登记状态 */
  status?: LegalEntityStatusEqualsTest | null | undefined;
  /** Established · 成立日期 */
  establishedDate?: PartialDateFromToTest | null | undefined;
  /** District · 区划 */
  district?: StringEqualsInTest | null | undefined;
  /** Jurisdiction · 注册国家或地区 */
  jurisdiction?: StringEqualsTest | null | undefined;
  /** At least one of these. */
  any?: Array<LegalEntityFilter> | null | undefined;
};

/** Tests on one field. */
export type LegalEntityKindEqualsTest = {
  /** Equal to. */
  equals?: LegalEntityKind | null | undefined;
};

/** Tests on one field. */
export type LegalEntityStatusEqualsTest = {
  /** Equal to. */
  equals?: LegalEntityStatus | null | undefined;
};

/** Tests on one field. */
export type StringEqualsStartsWithContainsPinyinTest = {
  /** Equal to. */
  equals?: string | null | undefined;
  /** Begins with. */
  startsWith?: string | null | undefined;
  /** Has this part, of at least 2 characters. */
  contains?: string | null | undefined;
  /** Is spoken so from its beginning: wang xiao, without tones, or 王晓. */
  pinyin?: string | null | undefined;
};

/** Tests on one field. */
export type PartialDateEqualsFromToTest = {
  /** Equal to. */
  equals?: string | null | undefined;
  /** At or after. */
  from?: string | null | undefined;
  /** At or before. */
  to?: string | null | undefined;
};

/** Tests on fields; all must hold. */
export type PersonFilter = {
  /** Citizen number · 公民身份号码 */
  citizenNumber?: StringEqualsInTest | null | undefined;
  /** Name · 姓名 */
  name?: StringEqualsStartsWithPinyinTest | null | undefined;
  /** Sex · 性别 */
  sex?: SexEqualsTest | null | undefined;
  /** Date of birth · 出生日期 */
  birthDate?: PartialDateEqualsFromToTest | null | undefined;
  /** District of registration · 户籍所在区划 */
  district?: StringEqualsInTest | null | undefined;
  /** At least one of these. */
  any?: Array<PersonFilter> | null | undefined;
};

/** A person, by exactly one of these. */
export type PersonRef = {
  /** Citizen number · 公民身份号码 */
  citizenNumber?: string | null | undefined;
  /** Opaque, stable identifier. */
  id?: string | number | null | undefined;
};

/** Tests on one field. */
export type SexEqualsTest = {
  /** Equal to. */
  equals?: Sex | null | undefined;
};

/** Tests on one field. */
export type StringEqualsStartsWithPinyinTest = {
  /** Equal to. */
  equals?: string | null | undefined;
  /** Begins with. */
  startsWith?: string | null | undefined;
  /** Is spoken so from its beginning: wang xiao, without tones, or 王晓. */
  pinyin?: string | null | undefined;
};

export type DeskWordsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskWordsQuery = { services: Array<{ id: string, citation: string, deadlineDays: number, other: string | null, label: { en: string, zh: string }, description: { en: string, zh: string }, department: { en: string, zh: string }, basis: { en: string, zh: string }, applicant: { en: string, zh: string }, parts: Array<{ id: string, days: number, label: { en: string, zh: string }, department: { en: string, zh: string } }>, requirements: Array<{ id: string, eligibility: boolean, label: { en: string, zh: string }, replaces: { id: string, label: { en: string, zh: string }, issuer: { en: string, zh: string }, obtain: { en: string, zh: string } } | null }> }> | null };

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

export type FindPeopleQueryVariables = Exact<{
  where?: PersonFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FindPeopleQuery = { people: { edges: Array<{ node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, district: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type FindEntitiesQueryVariables = Exact<{
  where?: LegalEntityFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FindEntitiesQuery = { legalEntities: { edges: Array<{ node: { id: string, creditCode: string | null, name: string | null, kind: LegalEntityKind | null, status: LegalEntityStatus | null, district: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type FindByAddressQueryVariables = Exact<{
  books?: HouseholdFilter | null | undefined;
  places?: PlaceFilter | null | undefined;
}>;


export type FindByAddressQuery = { households: { edges: Array<{ node: { id: string, bookNumber: string | null, address: string | null, district: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, places: { edges: Array<{ node: { id: string, address: string | null, divisionCode: string | null, residents: { edges: Array<{ node: { id: string, citizenNumber: string | null, name: string | null, birthDate: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type FindByNumberQueryVariables = Exact<{
  number: string;
}>;


export type FindByNumberQuery = { household: { id: string, bookNumber: string | null, kind: HouseholdKind | null, address: string | null, district: string | null } | null, case: { id: string, number: string | null, state: CaseState | null, service: string | null, deadline: string | null } | null, licence: { id: string, number: string | null, kind: LicenceKind | null, status: LicenceStatus | null, holders: { edges: Array<{ node:
          | { __typename: 'Person', id: string, citizenNumber: string | null, name: string | null }
          | { __typename: 'LegalEntity', id: string, creditCode: string | null, entityName: string | null }
         | null }> } | null } | null };

export type DistrictNameQueryVariables = Exact<{
  code: string;
  on?: string | null | undefined;
}>;


export type DistrictNameQuery = { division: { code: string, name: string | null, names: Array<{ name: string, since: string, until: string | null }>, liesIn: Array<{ code: string, name: string | null }> } | null };

export type KinFragment = { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null };

export type PersonPageQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
}>;


export type PersonPageQuery = { person: { id: string, citizenNumber: string | null, numberScheme: string | null, name: string | null, formerName: string | null, sex: Sex | null, birthDate: string | null, birthPlace: string | null, birthCountry: string | null, deceased: boolean | null, deathDate: string | null, deathPlace: string | null, maritalStatus: MaritalStatus | null, custody: Custody | null, underGuardianship: boolean | null, district: string | null, ageBand: AgeBand | null, livesInCallersDistrict: boolean | null, facts: Array<{ field: string, value: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null }> | null } | null };

export type PersonFamilyQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
}>;


export type PersonFamilyQuery = { person: { id: string, parents: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, children: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, spouses: { edges: Array<{ form: MarriageForm | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, partners: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, guardians: { edges: Array<{ scope: GuardianshipScope | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, wards: { edges: Array<{ scope: GuardianshipScope | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type PersonLinksQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
}>;


export type PersonLinksQuery = { person: { id: string, households: { edges: Array<{ relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, bookNumber: string | null, kind: HouseholdKind | null, address: string | null, district: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, residences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, name: string | null, address: string | null, divisionCode: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, licences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null, status: LicenceStatus | null, expiryDate: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, representedEntities: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholdings: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, cases: { edges: Array<{ role: CaseRole | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, service: string | null, state: CaseState | null, deadline: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type LifeOfQueryVariables = Exact<{
  number: string;
  asKnown?: string | null | undefined;
}>;


export type LifeOfQuery = { timeline: { complete: boolean, entries: Array<{ event: TimelineEvent, on: string | null, title: { en: string, zh: string }, about:
        | { __typename: 'Case', id: string, caseNumber: string | null }
        | { __typename: 'CreditRecord' }
        | { __typename: 'Household', id: string, bookNumber: string | null }
        | { __typename: 'LegalEntity', id: string, creditCode: string | null }
        | { __typename: 'Licence' }
        | { __typename: 'Person', id: string, citizenNumber: string | null, name: string | null }
        | { __typename: 'Place' }
       | null, sources: Array<{ register: string | null, record: string | null, recordedFrom: string | null, recordedTo: string | null }> }> } | null };

export type HouseholdPageQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type HouseholdPageQuery = { household: { id: string, bookNumber: string | null, kind: HouseholdKind | null, address: string | null, district: string | null, facts: Array<{ field: string, value: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null }> | null, members: { edges: Array<{ relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type CompanyPageQueryVariables = Exact<{
  code?: string | null | undefined;
  id?: string | number | null | undefined;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
}>;


export type CompanyPageQuery = { legalEntity: { id: string, creditCode: string | null, name: string | null, kind: LegalEntityKind | null, status: LegalEntityStatus | null, establishedDate: string | null, dissolvedDate: string | null, address: string | null, district: string | null, jurisdiction: string | null, registeredCapitalYuan: number | null, facts: Array<{ field: string, value: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null }> | null, representatives: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholders: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node:
          | { __typename: 'Person', id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null }
          | { __typename: 'LegalEntity', id: string, creditCode: string | null, entityName: string | null }
         | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholdings: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, licences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null, status: LicenceStatus | null, expiryDate: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, creditRecords: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: CreditKind | null, standing: CreditStanding | null, issuedOn: string | null, shownUntil: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type DrawnFragment = { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null };

export type DrawPersonQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  history?: boolean | null | undefined;
}>;


export type DrawPersonQuery = { person: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null, parents: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, children: { edges: Array<{ kind: ParenthoodKind | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, spouses: { edges: Array<{ form: MarriageForm | null, endReason: MarriageEnd | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, partners: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, guardians: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, wards: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, households: { edges: Array<{ relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, bookNumber: string | null, address: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, licences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, representedEntities: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholdings: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type DrawHouseholdQueryVariables = Exact<{
  number?: string | null | undefined;
  id?: string | number | null | undefined;
  history?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type DrawHouseholdQuery = { household: { id: string, bookNumber: string | null, address: string | null, members: { edges: Array<{ relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type DrawEntityQueryVariables = Exact<{
  code?: string | null | undefined;
  id?: string | number | null | undefined;
  history?: boolean | null | undefined;
}>;


export type DrawEntityQuery = { legalEntity: { id: string, creditCode: string | null, name: string | null, representatives: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholders: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node:
          | { __typename: 'Person', id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null }
          | { __typename: 'LegalEntity', id: string, creditCode: string | null, entityName: string | null }
         | null }>, pageInfo: { hasNextPage: boolean } } | null, shareholdings: { edges: Array<{ sharePercent: number | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, licences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null } | null }>, pageInfo: { hasNextPage: boolean } } | null, issuedLicences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type DrawIssuedQueryVariables = Exact<{
  id?: string | number | null | undefined;
  history?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type DrawIssuedQuery = { legalEntity: { id: string, issuedLicences: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, number: string | null, kind: LicenceKind | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type DrawLicenceQueryVariables = Exact<{
  id?: string | number | null | undefined;
  history?: boolean | null | undefined;
}>;


export type DrawLicenceQuery = { licence: { id: string, number: string | null, kind: LicenceKind | null, holders: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node:
          | { __typename: 'Person', id: string, citizenNumber: string | null, name: string | null, sex: Sex | null, birthDate: string | null, deceased: boolean | null }
          | { __typename: 'LegalEntity', id: string, creditCode: string | null, entityName: string | null }
         | null }>, pageInfo: { hasNextPage: boolean } } | null, issuers: { edges: Array<{ register: string | null, record: string | null, validFrom: string | null, validTo: string | null, disputed: boolean | null, node: { id: string, creditCode: string | null, name: string | null } | null }>, pageInfo: { hasNextPage: boolean } } | null } | null };

export type BehindFragment = { relationship: string | null, relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null };

export type HowRelatedQueryVariables = Exact<{
  a: PersonRef;
  b: PersonRef;
  asOf?: string | null | undefined;
  asKnown?: string | null | undefined;
}>;


export type HowRelatedQuery = { relationship: { answer: KinshipVerdict | null, reason: string | null, missing: Array<{ needed: string | null, neededZh: string | null, heldIn: string | null, department: string | null }> | null, relations: Array<{ term: string | null, termZh: string | null, kind: KinshipKind | null, status: KinshipStatus | null, current: boolean | null, half: boolean | null, side: KinshipSide | null, up: number | null, down: number | null, steps: Array<{ relationship: string | null, kind: KinshipKind | null, kinds: Array<string> | null, status: KinshipStatus | null, current: boolean | null, from: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null } | null, to: { id: string, citizenNumber: string | null, name: string | null, sex: Sex | null } | null, evidence: Array<{ relationship: string | null, relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null }> | null, contradictedBy: Array<{ relationship: string | null, relationToHead: string | null, register: string | null, record: string | null, validFrom: string | null, validTo: string | null, recordedFrom: string | null, recordedTo: string | null, disputed: boolean | null, citation: string | null }> | null }> | null }> | null } | null };

export type WhoAreQueryVariables = Exact<{
  a?: string | null | undefined;
  aId?: string | number | null | undefined;
  b?: string | null | undefined;
  bId?: string | number | null | undefined;
}>;


export type WhoAreQuery = { a: { id: string, citizenNumber: string | null, name: string | null, birthDate: string | null } | null, b: { id: string, citizenNumber: string | null, name: string | null, birthDate: string | null } | null };

export type AllRegistersQueryVariables = Exact<{ [key: string]: never; }>;


export type AllRegistersQuery = { registers: { edges: Array<{ node: { id: string, code: string | null, name: string | null, department: string | null } | null }> } | null };

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

export const FindPeople = asked<FindPeopleQuery, FindPeopleQueryVariables>(`query FindPeople($where: PersonFilter, $after: String) {
  people(where: $where, orderBy: [{field: name}], first: 25, after: $after) {
    edges {
      node {
        id
        citizenNumber
        name
        sex
        birthDate
        district
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);

export const FindEntities = asked<FindEntitiesQuery, FindEntitiesQueryVariables>(`query FindEntities($where: LegalEntityFilter, $after: String) {
  legalEntities(where: $where, orderBy: [{field: name}], first: 25, after: $after) {
    edges {
      node {
        id
        creditCode
        name
        kind
        status
        district
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);

export const FindByAddress = asked<FindByAddressQuery, FindByAddressQueryVariables>(`query FindByAddress($books: HouseholdFilter, $places: PlaceFilter) {
  households(where: $books, first: 25) {
    edges {
      node {
        id
        bookNumber
        address
        district
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  places(where: $places, first: 25) {
    edges {
      node {
        id
        address
        divisionCode
        residents(first: 10) {
          edges {
            node {
              id
              citizenNumber
              name
              birthDate
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}`);

export const FindByNumber = asked<FindByNumberQuery, FindByNumberQueryVariables>(`query FindByNumber($number: String!) {
  household(bookNumber: $number) {
    id
    bookNumber
    kind
    address
    district
  }
  case(number: $number) {
    id
    number
    state
    service
    deadline
  }
  licence(number: $number) {
    id
    number
    kind
    status
    holders(first: 5) {
      edges {
        node {
          __typename
          ... on Person {
            id
            citizenNumber
            name
          }
          ... on LegalEntity {
            id
            creditCode
            entityName: name
          }
        }
      }
    }
  }
}`);

export const DistrictName = asked<DistrictNameQuery, DistrictNameQueryVariables>(`query DistrictName($code: String!, $on: Date) {
  division(code: $code, on: $on) {
    code
    name
    names {
      name
      since
      until
    }
    liesIn {
      code
      name
    }
  }
}`);

export const PersonPage = asked<PersonPageQuery, PersonPageQueryVariables>(`query PersonPage($number: String, $id: ID, $asOf: Date, $asKnown: DateTime) {
  person(citizenNumber: $number, id: $id) {
    id
    citizenNumber(asOf: $asOf, asKnown: $asKnown)
    numberScheme(asOf: $asOf, asKnown: $asKnown)
    name(asOf: $asOf, asKnown: $asKnown)
    formerName(asOf: $asOf, asKnown: $asKnown)
    sex(asOf: $asOf, asKnown: $asKnown)
    birthDate(asOf: $asOf, asKnown: $asKnown)
    birthPlace(asOf: $asOf, asKnown: $asKnown)
    birthCountry(asOf: $asOf, asKnown: $asKnown)
    deceased(asOf: $asOf, asKnown: $asKnown)
    deathDate(asOf: $asOf, asKnown: $asKnown)
    deathPlace(asOf: $asOf, asKnown: $asKnown)
    maritalStatus(asOf: $asOf, asKnown: $asKnown)
    custody(asOf: $asOf, asKnown: $asKnown)
    underGuardianship(asOf: $asOf, asKnown: $asKnown)
    district(asOf: $asOf, asKnown: $asKnown)
    ageBand(asOf: $asOf, asKnown: $asKnown)
    livesInCallersDistrict(asOf: $asOf, asKnown: $asKnown)
    facts(asOf: $asOf, asKnown: $asKnown) {
      field
      value
      register
      record
      validFrom
      validTo
      recordedFrom
      recordedTo
      disputed
      citation
    }
  }
}`);

export const PersonFamily = asked<PersonFamilyQuery, PersonFamilyQueryVariables>(`query PersonFamily($number: String, $id: ID, $asOf: Date, $asKnown: DateTime) {
  person(citizenNumber: $number, id: $id) {
    id
    parents(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        kind
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    children(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        kind
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    spouses(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        form
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    partners(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    guardians(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        scope
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    wards(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        scope
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}

fragment Kin on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const PersonLinks = asked<PersonLinksQuery, PersonLinksQueryVariables>(`query PersonLinks($number: String, $id: ID, $asOf: Date, $asKnown: DateTime) {
  person(citizenNumber: $number, id: $id) {
    id
    households(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        relationToHead
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          bookNumber
          kind
          address
          district
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    residences(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          name
          address
          divisionCode
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    licences(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
          status
          expiryDate
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    representedEntities(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholdings(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    cases(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        role
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          service
          state
          deadline
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}`);

export const LifeOf = asked<LifeOfQuery, LifeOfQueryVariables>(`query LifeOf($number: String!, $asKnown: DateTime) {
  timeline(citizenNumber: $number, asKnown: $asKnown) {
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
        ... on Person {
          id
          citizenNumber
          name
        }
        ... on Household {
          id
          bookNumber
        }
        ... on LegalEntity {
          id
          creditCode
        }
        ... on Case {
          id
          caseNumber: number
        }
      }
      sources {
        register
        record
        recordedFrom
        recordedTo
      }
    }
  }
}`);

export const HouseholdPage = asked<HouseholdPageQuery, HouseholdPageQueryVariables>(`query HouseholdPage($number: String, $id: ID, $asOf: Date, $asKnown: DateTime, $after: String) {
  household(bookNumber: $number, id: $id) {
    id
    bookNumber(asOf: $asOf, asKnown: $asKnown)
    kind(asOf: $asOf, asKnown: $asKnown)
    address(asOf: $asOf, asKnown: $asKnown)
    district(asOf: $asOf, asKnown: $asKnown)
    facts(asOf: $asOf, asKnown: $asKnown) {
      field
      value
      register
      record
      validFrom
      validTo
      recordedFrom
      recordedTo
      disputed
      citation
    }
    members(asOf: $asOf, asKnown: $asKnown, first: 50, after: $after) {
      edges {
        relationToHead
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment Kin on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const CompanyPage = asked<CompanyPageQuery, CompanyPageQueryVariables>(`query CompanyPage($code: String, $id: ID, $asOf: Date, $asKnown: DateTime) {
  legalEntity(creditCode: $code, id: $id) {
    id
    creditCode(asOf: $asOf, asKnown: $asKnown)
    name(asOf: $asOf, asKnown: $asKnown)
    kind(asOf: $asOf, asKnown: $asKnown)
    status(asOf: $asOf, asKnown: $asKnown)
    establishedDate(asOf: $asOf, asKnown: $asKnown)
    dissolvedDate(asOf: $asOf, asKnown: $asKnown)
    address(asOf: $asOf, asKnown: $asKnown)
    district(asOf: $asOf, asKnown: $asKnown)
    jurisdiction(asOf: $asOf, asKnown: $asKnown)
    registeredCapitalYuan(asOf: $asOf, asKnown: $asKnown)
    facts(asOf: $asOf, asKnown: $asKnown) {
      field
      value
      register
      record
      validFrom
      validTo
      recordedFrom
      recordedTo
      disputed
      citation
    }
    representatives(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Kin
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholders(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          __typename
          ... on Person {
            ...Kin
          }
          ... on LegalEntity {
            id
            creditCode
            entityName: name
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholdings(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    licences(asOf: $asOf, asKnown: $asKnown, first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
          status
          expiryDate
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    creditRecords(first: 20) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
          standing
          issuedOn
          shownUntil
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}

fragment Kin on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const DrawPerson = asked<DrawPersonQuery, DrawPersonQueryVariables>(`query DrawPerson($number: String, $id: ID, $history: Boolean) {
  person(citizenNumber: $number, id: $id) {
    ...Drawn
    parents(first: 50, history: $history) {
      edges {
        kind
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    children(first: 50, history: $history) {
      edges {
        kind
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    spouses(first: 50, history: $history) {
      edges {
        form
        endReason
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    partners(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    guardians(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    wards(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    households(first: 50, history: $history) {
      edges {
        relationToHead
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          bookNumber
          address
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    licences(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    representedEntities(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholdings(first: 50, history: $history) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}

fragment Drawn on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const DrawHousehold = asked<DrawHouseholdQuery, DrawHouseholdQueryVariables>(`query DrawHousehold($number: String, $id: ID, $history: Boolean, $after: String) {
  household(bookNumber: $number, id: $id) {
    id
    bookNumber
    address
    members(first: 100, history: $history, after: $after) {
      edges {
        relationToHead
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment Drawn on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const DrawEntity = asked<DrawEntityQuery, DrawEntityQueryVariables>(`query DrawEntity($code: String, $id: ID, $history: Boolean) {
  legalEntity(creditCode: $code, id: $id) {
    id
    creditCode
    name
    representatives(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          ...Drawn
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholders(first: 50, history: $history) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          __typename
          ... on Person {
            ...Drawn
          }
          ... on LegalEntity {
            id
            creditCode
            entityName: name
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    shareholdings(first: 50, history: $history) {
      edges {
        sharePercent
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    licences(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    issuedLicences(first: 100, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment Drawn on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const DrawIssued = asked<DrawIssuedQuery, DrawIssuedQueryVariables>(`query DrawIssued($id: ID, $history: Boolean, $after: String) {
  legalEntity(id: $id) {
    id
    issuedLicences(first: 100, history: $history, after: $after) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          number
          kind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}`);

export const DrawLicence = asked<DrawLicenceQuery, DrawLicenceQueryVariables>(`query DrawLicence($id: ID, $history: Boolean) {
  licence(id: $id) {
    id
    number
    kind
    holders(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          __typename
          ... on Person {
            ...Drawn
          }
          ... on LegalEntity {
            id
            creditCode
            entityName: name
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    issuers(first: 50, history: $history) {
      edges {
        register
        record
        validFrom
        validTo
        disputed
        node {
          id
          creditCode
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}

fragment Drawn on Person {
  id
  citizenNumber
  name
  sex
  birthDate
  deceased
}`);

export const HowRelated = asked<HowRelatedQuery, HowRelatedQueryVariables>(`query HowRelated($a: PersonRef!, $b: PersonRef!, $asOf: Date, $asKnown: DateTime) {
  relationship(a: $a, b: $b, asOf: $asOf, asKnown: $asKnown) {
    answer
    reason
    missing {
      needed
      neededZh
      heldIn
      department
    }
    relations {
      term
      termZh
      kind
      status
      current
      half
      side
      up
      down
      steps {
        relationship
        kind
        kinds
        status
        current
        from {
          id
          citizenNumber
          name
          sex
        }
        to {
          id
          citizenNumber
          name
          sex
        }
        evidence {
          ...Behind
        }
        contradictedBy {
          ...Behind
        }
      }
    }
  }
}

fragment Behind on KinshipEvidence {
  relationship
  relationToHead
  register
  record
  validFrom
  validTo
  recordedFrom
  recordedTo
  disputed
  citation
}`);

export const WhoAre = asked<WhoAreQuery, WhoAreQueryVariables>(`query WhoAre($a: String, $aId: ID, $b: String, $bId: ID) {
  a: person(citizenNumber: $a, id: $aId) {
    id
    citizenNumber
    name
    birthDate
  }
  b: person(citizenNumber: $b, id: $bId) {
    id
    citizenNumber
    name
    birthDate
  }
}`);

export const AllRegisters = asked<AllRegistersQuery, AllRegistersQueryVariables>(`query AllRegisters {
  registers(first: 100) {
    edges {
      node {
        id
        code
        name
        department
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
