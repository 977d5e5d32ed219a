/** An operation with the types of its answer and variables. */
export type Asked<Data, Variables> = {
  readonly text: string;
  /** Never there; carries the types. */
  readonly types?: (variables: Variables) => Data;
};

export function asked<Data, Variables>(text: string): Asked<Data, Variables> {
  return { text };
}
