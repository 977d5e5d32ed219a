import cytoscape from 'cytoscape';
import dagre from 'cytoscape-dagre';
import type { Dot, Line } from './graph-data';

cytoscape.use(dagre);

export type Place = { x: number; y: number };
export type Layout = 'family' | 'households' | 'net';
const ACROSS = 140;
const DOWN = 110;
/** Up to so many, everything is arranged anew when something is added; else what stands stays. */
const ARRANGED_MAX = 120;

/** Where each dot stands. */
export function arranged(
  dots: readonly Dot[],
  lines: readonly Line[],
  layout: Layout,
  before: ReadonlyMap<string, Place>,
  narrow = false,
): Map<string, Place> {
  const stays = dots.filter(({ id }) => before.has(id)).length;
  if (dots.length > ARRANGED_MAX && stays > 0) return added(dots, lines, before);
  if (layout === 'households') return households(dots, lines);
  if (layout === 'family' && dots.length <= ARRANGED_MAX * 3) {
    return generations(dots, lines, narrow);
  }
  return rings(dots, lines);
}

/** Parents above their children, or left of them where it is narrow: who has children together, or is married, meets in a knot. */
function generations(
  dots: readonly Dot[],
  lines: readonly Line[],
  narrow: boolean,
): Map<string, Place> {
  const known = new Set(dots.map(({ id }) => id));
  const parents = new Map<string, Set<string>>();
  const knots = new Map<string, string[]>();
  const elements: cytoscape.ElementDefinition[] = dots.map(({ id }) => ({ data: { id } }));
  const edge = (source: string, target: string, ranks = 1) =>
    elements.push({ data: { id: `${source} > ${target}`, source, target, ranks } });
  for (const { type, from, to } of lines) {
    if (type === 'Parenthood') parents.set(to, (parents.get(to) ?? new Set()).add(from));
  }
  const knot = (of: string[]) => {
    const id = `knot ${[...of].sort().join(' ')}`;
    if (!knots.has(id)) {
      knots.set(id, of);
      elements.push({ data: { id } });
      for (const one of of) edge(one, id);
    }
    return id;
  };
  for (const [child, found] of parents) edge(knot([...found]), child);
  for (const { type, from, to } of lines) {
    if (type === 'Marriage' || type === 'Couple') knot([from, to]);
    else if (type !== 'Parenthood' && known.has(from) && known.has(to)) edge(from, to, 2);
  }
  const core = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: distinct(elements),
    style: [
      { selector: 'node', style: { width: narrow ? 60 : ACROSS - 20, height: 50 } },
      { selector: 'node[id ^= "knot"]', style: { width: 1, height: 1 } },
    ],
  });
  const options = {
    name: 'dagre',
    rankDir: narrow ? 'LR' : 'TB',
    nodeSep: narrow ? 26 : 20,
    rankSep: narrow ? 32 : 36,
    animate: false,
    minLen: (line: cytoscape.EdgeSingular) => line.data('ranks'),
  };
  core.layout(options as cytoscape.LayoutOptions).run();
  const places = new Map(dots.map(({ id }) => [id, { ...core.getElementById(id).position() }]));
  core.destroy();
  return places;
}

function distinct(elements: cytoscape.ElementDefinition[]): cytoscape.ElementDefinition[] {
  return [...new Map(elements.map((element) => [element.data.id, element])).values()];
}

/** A box for each household book with its members in rows; what is in none stands below. */
function households(dots: readonly Dot[], lines: readonly Line[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const home = homes(dots, lines);
  const groups = new Map<string, Dot[]>();
  for (const dot of dots) {
    const group = dot.kind === 'household' ? dot.id : (home.get(dot.id) ?? '');
    groups.set(group, [...(groups.get(group) ?? []), dot]);
  }
  const columns = Math.max(1, Math.ceil(Math.sqrt(groups.size)));
  const wide = (count: number) => Math.min(5, Math.max(2, Math.ceil(Math.sqrt(count))));
  const boxes = [...groups].sort(([one], [other]) => (one ? 0 : 1) - (other ? 0 : 1));
  /** What is in no book stands under those with whom it is linked. */
  const under = (id: string): number => {
    const beside = lines.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const found = beside.flatMap((other) => places.get(other)?.x ?? []);
    return found.length ? found.reduce((sum, one) => sum + one, 0) / found.length : 1e6;
  };
  let [x, y, tallest, column] = [0, 0, 0, 0];
  for (const [group, members] of boxes) {
    const people = members
      .filter(({ id }) => id !== group)
      .sort((one, other) =>
        group
          ? (one.born ?? '9').localeCompare(other.born ?? '9')
          : under(one.id) - under(other.id),
      );
    const across = group
      ? wide(people.length)
      : Math.max(6, columns * 3, Math.ceil(people.length / 3));
    if (column === columns || !group) {
      [x, y, tallest, column] = [0, y + tallest, 0, 0];
    }
    if (group) places.set(group, { x: x + ((across - 1) * ACROSS) / 2, y });
    people.forEach((dot, at) => {
      const row = Math.floor(at / across) + (group ? 1 : 0);
      places.set(dot.id, { x: x + (at % across) * ACROSS, y: y + row * DOWN });
    });
    const rows = Math.ceil(people.length / across) + (group ? 1 : 0);
    tallest = Math.max(tallest, (rows + 0.8) * DOWN);
    x += (across + 0.8) * ACROSS;
    column += 1;
  }
  return places;
}

/** In which household book a person is drawn: the first that is on the picture. */
export function homes(dots: readonly Dot[], lines: readonly Line[]): Map<string, string> {
  const known = new Set(dots.map(({ id }) => id));
  const found = new Map<string, string>();
  for (const { type, from, to } of lines) {
    if (type === 'Membership' && known.has(to) && !found.has(from)) found.set(from, to);
  }
  return found;
}

/** Who has most links in the middle, what hangs on them around. */
function rings(dots: readonly Dot[], lines: readonly Line[]): Map<string, Place> {
  const degree = new Map<string, number>();
  for (const { from, to } of lines) {
    degree.set(from, (degree.get(from) ?? 0) + 1);
    degree.set(to, (degree.get(to) ?? 0) + 1);
  }
  const sorted = [...dots].sort(
    (one, other) => (degree.get(other.id) ?? 0) - (degree.get(one.id) ?? 0),
  );
  const places = new Map<string, Place>();
  let [ring, room, used] = [0, 1, 0];
  for (const { id } of sorted) {
    if (used === room) {
      ring += 1;
      room = Math.floor((2 * Math.PI * ring * DOWN) / ACROSS) + 1;
      used = 0;
    }
    const angle = (2 * Math.PI * used) / room;
    const away = ring * DOWN * 1.2;
    places.set(id, { x: away * Math.cos(angle), y: away * Math.sin(angle) });
    used += 1;
  }
  return places;
}

/** What stands stays where it is; what is new is put in rows under everything. */
function added(
  dots: readonly Dot[],
  lines: readonly Line[],
  before: ReadonlyMap<string, Place>,
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { id } of dots) {
    const place = before.get(id);
    if (place) places.set(id, place);
  }
  const fresh = dots.filter(({ id }) => !before.has(id));
  const anchors = fresh.flatMap(({ id }) =>
    lines.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])),
  );
  const anchor = anchors.map((id) => before.get(id)).find(Boolean) ?? { x: 0, y: 0 };
  const bottom = Math.max(...[...places.values()].map(({ y }) => y), 0);
  const across = Math.max(6, Math.ceil(Math.sqrt(fresh.length * 2)));
  fresh.forEach(({ id }, at) => {
    const row = Math.floor(at / across);
    const x = anchor.x + ((at % across) - (across - 1) / 2) * ACROSS;
    places.set(id, { x, y: bottom + (row + 1.5) * DOWN });
  });
  return places;
}
