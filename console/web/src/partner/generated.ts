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

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { myPermissions: Array<{ purpose: string, basis: string, type: string, field: string | null, mode: PermissionMode, mask: string | null, condition: string | null, missing: string | null }> };

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
