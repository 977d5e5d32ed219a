import { useTranslation } from 'react-i18next';
import type { Label } from '../session';

type Register = { name: Label; department: Label };

const of = (en: string, zh: string, department: Label): Register => ({
  name: { en, zh },
  department,
});
const POLICE = { en: 'Public Security Bureau', zh: '公安局' };
const CIVIL = { en: 'Civil Affairs Bureau', zh: '民政局' };
const MARKET = { en: 'Administration for Market Regulation', zh: '市场监督管理局' };
const SERVICES = { en: 'Government Services Administration', zh: '政务服务管理局' };
const REFORM = { en: 'Development and Reform Commission', zh: '发展和改革委员会' };

/** What ingest/registers.yaml calls the shipped registers, and which office keeps each. */
export const REGISTERS: Record<string, Register> = {
  population: of('Population register', '人口基础信息库', POLICE),
  household: of('Household register', '户籍登记库', POLICE),
  marriage: of('Marriage register', '婚姻登记库', CIVIL),
  'civil-affairs': of('Civil affairs register', '民政业务库', CIVIL),
  'legal-entity': of('Register of legal entities', '法人单位基础信息库', MARKET),
  licence: of('Register of licences', '电子证照库', SERVICES),
  credit: of('Public credit register', '公共信用信息库', REFORM),
  'credit-objections': of('Objections to credit records', '信用信息异议登记', REFORM),
  case: of('Case system', '办件管理系统', SERVICES),
  'one-window': of('One-window system', '一窗受理系统', SERVICES),
  consent: of('Consent register', '个人信息授权登记库', SERVICES),
  'consent-portal': of('Consents given online', '个人授权在线登记', SERVICES),
  emergency: of('Emergency accesses', '紧急访问登记', SERVICES),
  place: of('Register of places', '地名地址库', CIVIL),
};

/** A register by its name; one that is not shipped by its code. */
export function useRegisters(): {
  nameOf: (code: string | null | undefined) => string;
  officeOf: (code: string | null | undefined) => string;
} {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return {
    nameOf: (code) => REGISTERS[code ?? '']?.name[language] ?? code ?? '',
    officeOf: (code) => REGISTERS[code ?? '']?.department[language] ?? '',
  };
}
