import type { Account } from '../kit/ask';
import type {
  DrawEntityQuery,
  DrawHouseholdQuery,
  DrawIssuedQuery,
  DrawLicenceQuery,
  DrawPersonQuery,
} from './generated';

export type Kind = 'person' | 'household' | 'entity' | 'licence';
export type Dot = {
  id: string;
  kind: Kind;
  /** Name, or number of what has none; null where it is not shown. */
  name: string | null;
  /** Number that stands in the address of its page. */
  number: string | null;
  /** Code of the kind of licence. */
  code?: string | null;
  born?: string | null;
  dead?: boolean | null;
};
export type Line = {
  id: string;
  from: string;
  to: string;
  /** Relationship of the model. */
  type:
    | 'Parenthood'
    | 'Marriage'
    | 'Couple'
    | 'Guardianship'
    | 'Membership'
    | 'LicenceHolding'
    | 'LicenceIssuance'
    | 'Representation'
    | 'Shareholding';
  /** Code of its kind, or what else it says: a relation to the head, a share. */
  detail: string | null;
  periods: { from: string | null; to: string | null }[];
  sources: string[];
  disputed: boolean;
};
/** What is not drawn at a dot, and why. */
export type Gap = {
  at: string;
  type: 'Person' | 'Household' | 'LegalEntity' | 'Licence';
  link: string;
  why: 'denied' | 'consent' | 'more' | 'nobody';
  count?: number;
  /** Where the next page begins, if it can be asked for. */
  after?: string | null;
};
/** What one look-up adds. */
export type Part = { at: Dot; dots: Dot[]; lines: Line[]; gaps: Gap[] };

type Edge = {
  kind?: string | null;
  form?: string | null;
  relationToHead?: string | null;
  sharePercent?: number | null;
  register: string | null;
  record: string | null;
  validFrom: string | null;
  validTo: string | null;
  disputed: boolean | null;
  node: Far | null;
};
type Far = {
  __typename?: string;
  id: string;
  citizenNumber?: string | null;
  name?: string | null;
  birthDate?: string | null;
  deceased?: boolean | null;
  bookNumber?: string | null;
  creditCode?: string | null;
  entityName?: string | null;
  number?: string | null;
  kind?: string | null;
};
type Links =
  | { edges: readonly Edge[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }
  | null
  | undefined;
type Rule = { type: Line['type']; far: Kind | 'party'; inward?: boolean; mutual?: boolean };

const OF_PERSON: Record<string, Rule> = {
  parents: { type: 'Parenthood', far: 'person', inward: true },
  children: { type: 'Parenthood', far: 'person' },
  spouses: { type: 'Marriage', far: 'person', mutual: true },
  partners: { type: 'Couple', far: 'person', mutual: true },
  guardians: { type: 'Guardianship', far: 'person', inward: true },
  wards: { type: 'Guardianship', far: 'person' },
  households: { type: 'Membership', far: 'household' },
  licences: { type: 'LicenceHolding', far: 'licence' },
  representedEntities: { type: 'Representation', far: 'entity' },
  shareholdings: { type: 'Shareholding', far: 'entity' },
};
const OF_HOUSEHOLD: Record<string, Rule> = {
  members: { type: 'Membership', far: 'person', inward: true },
};
const OF_ENTITY: Record<string, Rule> = {
  representatives: { type: 'Representation', far: 'person', inward: true },
  shareholders: { type: 'Shareholding', far: 'party', inward: true },
  shareholdings: { type: 'Shareholding', far: 'entity' },
  licences: { type: 'LicenceHolding', far: 'licence' },
  issuedLicences: { type: 'LicenceIssuance', far: 'licence' },
};
const OF_LICENCE: Record<string, Rule> = {
  holders: { type: 'LicenceHolding', far: 'party', inward: true },
  issuers: { type: 'LicenceIssuance', far: 'entity', inward: true },
};

export const ofPerson = (data: DrawPersonQuery | undefined, account: Account) =>
  partOf('Person', 'person', 'person', data?.person, OF_PERSON, account);
export const ofHousehold = (data: DrawHouseholdQuery | undefined, account: Account) =>
  partOf('Household', 'household', 'household', data?.household, OF_HOUSEHOLD, account);
export const ofEntity = (data: DrawEntityQuery | undefined, account: Account) =>
  partOf('LegalEntity', 'entity', 'legalEntity', data?.legalEntity, OF_ENTITY, account);
export const ofIssued = (data: DrawIssuedQuery | undefined, account: Account) =>
  partOf(
    'LegalEntity',
    'entity',
    'legalEntity',
    data?.legalEntity,
    { issuedLicences: OF_ENTITY.issuedLicences as Rule },
    account,
  );
export const ofLicence = (data: DrawLicenceQuery | undefined, account: Account) =>
  partOf('Licence', 'licence', 'licence', data?.licence, OF_LICENCE, account);

function partOf(
  type: Gap['type'],
  kind: Kind,
  root: string,
  row: (Far & { [link: string]: unknown }) | null | undefined,
  rules: Record<string, Rule>,
  account: Account,
): Part | null {
  if (!row) return null;
  const at = dotOf(row, kind);
  const part: Part = { at, dots: [], lines: [], gaps: [] };
  for (const [link, rule] of Object.entries(rules)) {
    const links = row[link] as Links;
    const code = account.denied.get(`${root}.${link}`);
    if (!links) {
      if (code) {
        const why = code === 'CONSENT_REQUIRED' ? 'consent' : 'denied';
        part.gaps.push({ at: at.id, type, link, why });
      }
      continue;
    }
    const nobody = links.edges.filter(({ node }) => !node).length;
    if (nobody) part.gaps.push({ at: at.id, type, link, why: 'nobody', count: nobody });
    if (links.pageInfo.hasNextPage) {
      const after = links.pageInfo.endCursor ?? null;
      part.gaps.push({ at: at.id, type, link, why: 'more', after });
    }
    for (const edge of links.edges) {
      if (!edge.node) continue;
      const far = dotOf(edge.node, rule.far === 'party' ? partyKind(edge.node) : rule.far);
      part.dots.push(far);
      part.lines.push(lineOf(at.id, far.id, rule, edge));
    }
  }
  return part;
}

function partyKind(node: Far): Kind {
  return node.__typename === 'LegalEntity' ? 'entity' : 'person';
}

function dotOf(row: Far, kind: Kind): Dot {
  switch (kind) {
    case 'person':
      return {
        id: row.id,
        kind,
        name: row.name ?? null,
        number: row.citizenNumber ?? null,
        born: row.birthDate ?? null,
        dead: row.deceased ?? null,
      };
    case 'household':
      return { id: row.id, kind, name: row.bookNumber ?? null, number: row.bookNumber ?? null };
    case 'entity':
      return {
        id: row.id,
        kind,
        name: row.name ?? row.entityName ?? null,
        number: row.creditCode ?? null,
      };
    default:
      return {
        id: row.id,
        kind,
        name: row.number ?? null,
        number: row.number ?? null,
        code: row.kind ?? null,
      };
  }
}

function lineOf(here: string, there: string, rule: Rule, edge: Edge): Line {
  const sorted = rule.mutual && here > there;
  const [from, to] = rule.inward || sorted ? [there, here] : [here, there];
  const detail =
    edge.kind ?? edge.form ?? edge.relationToHead ?? (edge.sharePercent?.toString() || null);
  const source = [edge.register, edge.record].filter(Boolean).join(' ');
  return {
    id: [rule.type, from, to, detail].join(' '),
    from,
    to,
    type: rule.type,
    detail,
    periods: [{ from: edge.validFrom, to: edge.validTo }],
    sources: source ? [source] : [],
    disputed: !!edge.disputed,
  };
}

/** Two parts about the same dot, one after the other. */
export function joined(one: Part, other: Part): Part {
  const again = new Set(other.gaps.map(({ link }) => link));
  const asked = (gap: Gap) => gap.why === 'more' && gap.after && !again.has(gap.link);
  const continued = (gap: Gap) => gap.why === 'more' && again.has(gap.link);
  return {
    at: one.at,
    dots: [...one.dots, ...other.dots],
    lines: [...one.lines, ...other.lines],
    gaps: [...one.gaps.filter((gap) => !asked(gap) && !continued(gap)), ...other.gaps],
  };
}

export type Picked = {
  dots: Dot[];
  lines: Line[];
  gaps: Gap[];
  /** What is known and does not stand on the day. */
  away: Dot[];
};

/** Everything that was looked up, without what hangs on nothing that is open. */
export function gathered(root: string, parts: ReadonlyMap<string, Part>): Picked {
  const dots = new Map<string, Dot>();
  const lines = new Map<string, Line>();
  const gaps: Gap[] = [];
  const waiting = [root];
  const seen = new Set<string>();
  while (waiting.length) {
    const id = waiting.pop() as string;
    const part = parts.get(id);
    if (!part || seen.has(id)) continue;
    seen.add(id);
    dots.set(id, part.at);
    gaps.push(...part.gaps);
    for (const dot of part.dots) {
      dots.set(dot.id, fuller(dots.get(dot.id), dot));
      if (!seen.has(dot.id)) waiting.push(dot.id);
    }
    for (const line of part.lines) lines.set(line.id, merged(lines.get(line.id), line));
  }
  return { dots: [...dots.values()], lines: [...lines.values()], gaps, away: [] };
}

function fuller(one: Dot | undefined, other: Dot): Dot {
  return one?.name ? one : other;
}

function merged(one: Line | undefined, other: Line): Line {
  if (!one) return other;
  const known = new Set(one.periods.map(({ from, to }) => `${from} ${to}`));
  return {
    ...one,
    periods: [
      ...one.periods,
      ...other.periods.filter(({ from, to }) => !known.has(`${from} ${to}`)),
    ],
    sources: [...new Set([...one.sources, ...other.sources])],
    disputed: one.disputed || other.disputed,
  };
}

/** What of it stood on a day; what is not certain on that day stays. */
export function onDay({ dots, lines, gaps }: Picked, root: string, day: string | null): Picked {
  if (!day) return { dots, lines, gaps, away: [] };
  const born = new Set(
    dots.filter((dot) => dot.id === root || !dot.born || began(dot.born, day)).map(({ id }) => id),
  );
  const standing = lines.filter(
    (line) =>
      born.has(line.from) &&
      born.has(line.to) &&
      line.periods.some(({ from, to }) => began(from, day) && !ended(to, day)),
  );
  const reached = new Set([root]);
  const beside = new Map<string, string[]>();
  for (const { from, to } of standing) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const waiting = [root];
  while (waiting.length) {
    for (const id of beside.get(waiting.pop() as string) ?? []) {
      if (!reached.has(id)) {
        reached.add(id);
        waiting.push(id);
      }
    }
  }
  return {
    dots: dots.filter(({ id }) => reached.has(id)),
    lines: standing.filter(({ from }) => reached.has(from)),
    gaps: gaps.filter(({ at }) => reached.has(at)),
    away: dots.filter(({ id }) => !reached.has(id)),
  };
}

/** Days may be known to the year or the month only: then the part that is known decides. */
function began(from: string | null, day: string): boolean {
  return !from || from <= day.slice(0, from.length);
}

function ended(to: string | null, day: string): boolean {
  if (!to) return false;
  const known = day.slice(0, to.length);
  return to.length < 10 ? to < known : to <= known;
}

/** First year that anything drawn tells of. */
export function firstYear({ dots, lines }: Picked): number {
  const years = [
    ...dots.map(({ born }) => born),
    ...lines.flatMap(({ periods }) => periods.map(({ from }) => from)),
  ]
    .map((date) => Number(date?.slice(0, 4)))
    .filter((year) => year > 1800);
  return Math.min(...years, new Date().getFullYear() - 1);
}
