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

/** A field that is asked for; mode clear where none is given. */
export type AccessFieldInput = {
  name: string;
  mode?: string;
  mask?: string | null | undefined;
};

/** Fields of one type; rows is a Cedar condition on resource. */
export type AccessFieldsInput = {
  type: string;
  fields: Array<AccessFieldInput>;
  rows?: string | null | undefined;
};

/** What is asked for · 数据共享申请 */
export type AccessRequestInput = {
  consumer: string;
  purpose: string;
  basis: string;
  parts: Array<AccessFieldsInput>;
  reason: string;
  document: string;
  until?: string | null | undefined;
};

export type OwnRequestsQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnRequestsQuery = { ownAccessRequests: Array<{ number: number, state: string, consumer: string, purpose: string, basis: string, reason: string, document: string, until: string | null, parts: Array<{ type: string, rows: string | null, fields: Array<{ name: string, mode: string, mask: string | null }> }>, by: { account: string, organisation: string | null }, steps: Array<{ step: string, at: string, why: string | null, version: number | null, by: { account: string, organisation: string | null } }> }> | null };

export type CatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogueQuery = { dataCatalogue: Array<{ name: string, label: string, labelZh: string, description: string, department: string, departmentZh: string, tests: Array<{ name: string, words: { en: string, zh: string } }>, fields: Array<{ name: string, label: string, labelZh: string, description: string | null, type: string, sensitivity: string, sharing: string, modes: Array<string> }> }> | null };

export type RequestAccessMutationVariables = Exact<{
  request: AccessRequestInput;
}>;


export type RequestAccessMutation = { requestAccess: { number: number, state: string } | null };

export type WithdrawRequestMutationVariables = Exact<{
  number: number;
  why: string;
}>;


export type WithdrawRequestMutation = { withdrawAccessRequest: { number: number, state: string } | null };

export type OwnConsumersQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnConsumersQuery = { ownConsumers: Array<{ consumer: string, audiences: Array<string>, label: { en: string, zh: string }, purposes: Array<{ purpose: string, description: string, label: { en: string, zh: string }, bases: Array<{ basis: string, citation: string, label: { en: string, zh: string } }> }> }> | null };

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { myPermissions: Array<{ purpose: string, basis: string, type: string, field: string | null, mode: PermissionMode, mask: string | null, condition: string | null, missing: string | null }> };

export const OwnRequests = asked<OwnRequestsQuery, OwnRequestsQueryVariables>(`query OwnRequests {
  ownAccessRequests {
    number
    state
    consumer
    purpose
    basis
    reason
    document
    until
    parts {
      type
      rows
      fields {
        name
        mode
        mask
      }
    }
    by {
      account
      organisation
    }
    steps {
      step
      at
      why
      version
      by {
        account
        organisation
      }
    }
  }
}`);

export const Catalogue = asked<CatalogueQuery, CatalogueQueryVariables>(`query Catalogue {
  dataCatalogue {
    name
    label
    labelZh
    description
    department
    departmentZh
    tests {
      name
      words {
        en
        zh
      }
    }
    fields {
      name
      label
      labelZh
      description
      type
      sensitivity
      sharing
      modes
    }
  }
}`);

export const RequestAccess = asked<RequestAccessMutation, RequestAccessMutationVariables>(`mutation RequestAccess($request: AccessRequestInput!) {
  requestAccess(request: $request) {
    number
    state
  }
}`);

export const WithdrawRequest = asked<WithdrawRequestMutation, WithdrawRequestMutationVariables>(`mutation WithdrawRequest($number: Int!, $why: String!) {
  withdrawAccessRequest(number: $number, why: $why) {
    number
    state
  }
}`);

export const OwnConsumers = asked<OwnConsumersQuery, OwnConsumersQueryVariables>(`query OwnConsumers {
  ownConsumers {
    consumer
    label {
      en
      zh
    }
    audiences
    purposes {
      purpose
      label {
        en
        zh
      }
      description
      bases {
        basis
        label {
          en
          zh
        }
        citation
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
