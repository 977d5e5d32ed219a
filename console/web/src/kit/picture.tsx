import { Alert, Box, SegmentedControl, Stack, useComputedColorScheme } from '@mantine/core';
import cytoscape, { type Core, type ElementDefinition, type LayoutOptions } from 'cytoscape';
import dagre from 'cytoscape-dagre';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

cytoscape.use(dagre);

export type Node = {
  id: string;
  label: string;
  kind: string;
  focus?: boolean;
  lit?: boolean;
  /** Where it stands. If all have it, the picture's own layouts are not used. */
  at?: { x: number; y: number };
  /** The node, of kind box, that is drawn around it. */
  within?: string;
};
export type Edge = {
  id: string;
  from: string;
  to: string;
  label: string;
  /** Told by the line, not by colour alone: whole, dashed, dotted. */
  status?: 'proven' | 'consistent' | 'contradicted';
  /** Without an arrow: it says the same of both. */
  mutual?: boolean;
  lit?: boolean;
};
export const DRAWN_MAX = 1500;
const ANIMATED_MAX = 120;
/** Up to so many, the whole is brought into view again whenever it changes. */
const FITTED_MAX = 200;

/**
 * A graph as a picture, with a table of the same beside it. Nothing is left out silently: `omitted`
 * and what is too much to draw are told. `onOpen` is called with the node that is clicked, or
 * chosen in the table.
 */
export function Picture({
  title,
  nodes,
  edges,
  omitted = 0,
  layout = 'tree',
  onOpen,
  table,
  height = 520,
}: {
  title: string;
  nodes: Node[];
  edges: Edge[];
  omitted?: number;
  layout?: 'tree' | 'net' | 'rings';
  onOpen?: (id: string) => void;
  table: ReactNode;
  height?: number;
}) {
  const { t } = useTranslation();
  const [view, setView] = useState('picture');
  const tooMany = nodes.length > DRAWN_MAX;
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label={title}
        value={view}
        onChange={setView}
        data={[
          { value: 'picture', label: t('picture') },
          { value: 'table', label: t('table') },
        ]}
      />
      {omitted > 0 && <Alert variant="light">{t('notDrawn', { count: omitted })}</Alert>}
      {view === 'table' || tooMany ? (
        <>
          {tooMany && view === 'picture' && (
            <Alert variant="light">{t('tooMany', { count: nodes.length })}</Alert>
          )}
          {table}
        </>
      ) : (
        <Drawn {...{ title, nodes, edges, layout, onOpen, height }} />
      )}
    </Stack>
  );
}

type DrawnProps = {
  title: string;
  nodes: Node[];
  edges: Edge[];
  layout: 'tree' | 'net' | 'rings';
  onOpen: ((id: string) => void) | undefined;
  height: number;
};

function Drawn({ title, nodes, edges, layout, onOpen, height }: DrawnProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<Core>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    if (!box.current) return;
    const core = cytoscape({
      container: box.current,
      style: styleOf(dark),
      minZoom: 0.05,
      maxZoom: 3,
    } as cytoscape.CytoscapeOptions);
    core.on('tap', 'node', (event) => open.current?.(event.target.id()));
    drawn.current = core;
    return () => {
      drawn.current = null;
      core.destroy();
    };
  }, [dark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme makes another core
  useEffect(() => {
    const core = drawn.current;
    if (!core || !box.current) return;
    const before = core.nodes().length;
    update(core, elementsOf(nodes, edges));
    if (nodes.some(({ at, kind }) => !at && kind !== 'box'))
      core.layout(layoutOf(layout, nodes.length)).run();
    else if (!before || nodes.length <= FITTED_MAX) core.fit(undefined, 24);
    box.current.dataset.drawn = String(nodes.length);
  }, [nodes, edges, layout, dark]);
  return (
    <Box
      ref={box}
      role="img"
      aria-label={title}
      h={height}
      style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 8 }}
    />
  );
}

function elementsOf(nodes: Node[], edges: Edge[]): ElementDefinition[] {
  const known = new Set(nodes.map(({ id }) => id));
  return [
    ...nodes.map(({ id, label, kind, focus, lit, at, within }) => ({
      data: {
        id,
        label: wrappable(label),
        parent: within && known.has(within) ? within : undefined,
      },
      ...(at && { position: { ...at } }),
      classes: [kind, focus && 'focus', lit && 'lit'].filter(Boolean).join(' '),
    })),
    ...edges
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ id, from, to, label, status, mutual, lit }) => ({
        data: { id, source: from, target: to, label },
        classes: [status, mutual && 'mutual', lit && 'lit'].filter(Boolean).join(' '),
      })),
  ];
}

/** Chinese may be wrapped behind each character: a space of no width says so. */
function wrappable(label: string): string {
  return label.replace(/(\p{Script=Han})(?=\p{Script=Han})/gu, '$1\u200b');
}

/** Bring what is drawn to what is wanted; what stays is not made anew, unless boxes are about. */
function update(core: Core, wanted: ElementDefinition[]): void {
  const boxed = core.nodes(':parent').nonempty() || wanted.some(({ data }) => data.parent);
  const ids = new Set(boxed ? [] : wanted.map(({ data }) => data.id as string));
  core.batch(() => {
    core.elements().forEach((element) => {
      if (!ids.has(element.id())) element.remove();
    });
    const added: ElementDefinition[] = [];
    for (const one of wanted) {
      const found = core.getElementById(one.data.id as string);
      if (found.empty()) {
        added.push(one);
        continue;
      }
      if (found.data('label') !== one.data.label) found.data('label', one.data.label);
      found.classes(one.classes ?? '');
      if (found.isNode() && one.position) found.position(one.position);
    }
    core.add(added);
  });
}

function layoutOf(layout: DrawnProps['layout'], count: number): LayoutOptions {
  const animate = count <= ANIMATED_MAX && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const common = { animate: animate && layout !== 'tree', padding: 24, fit: true };
  if (layout === 'tree' && count <= 600) {
    return { name: 'dagre', rankDir: 'TB', nodeSep: 28, rankSep: 64, ...common } as LayoutOptions;
  }
  if (layout === 'rings' || count > 300) {
    return { name: 'concentric', minNodeSpacing: 12, ...common, animate: false } as LayoutOptions;
  }
  return {
    name: 'cose',
    nodeDimensionsIncludeLabels: true,
    ...common,
    animate: false,
  } as LayoutOptions;
}

function styleOf(dark: boolean): cytoscape.StylesheetStyle[] {
  const ink = dark ? '#e6eaee' : '#1f2a33';
  const line = dark ? '#8b98a5' : '#6b7883';
  const face = dark ? '#243340' : '#e8f1f8';
  const lit = dark ? '#ffc857' : '#b4540a';
  const node = (shape: string, fill = face) => ({ shape, 'background-color': fill });
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-max-width': '110px',
        'text-valign': 'bottom',
        'text-margin-y': 4,
        'font-size': 12,
        'min-zoomed-font-size': 7,
        color: ink,
        width: 34,
        height: 34,
        'border-width': 1.5,
        'border-color': line,
        ...node('ellipse'),
      },
    },
    { selector: 'node.household', style: node('round-rectangle', dark ? '#2f3d2c' : '#e9f3e4') },
    { selector: 'node.entity', style: node('hexagon', dark ? '#3d3527' : '#f6eedd') },
    { selector: 'node.licence', style: node('tag', dark ? '#37293d' : '#f1e6f5') },
    { selector: 'node.place', style: node('diamond', dark ? '#29393d' : '#e3f1f2') },
    { selector: 'node.case', style: node('rectangle', dark ? '#3d2929' : '#f8e6e6') },
    {
      selector: 'node.box',
      style: {
        ...node('round-rectangle', dark ? '#20262b' : '#f7f9fa'),
        'border-style': 'dashed',
        'text-valign': 'top',
        'text-max-width': '220px',
        padding: '18px',
      },
    },
    { selector: 'node.focus', style: { 'border-width': 4, width: 44, height: 44 } },
    {
      selector: 'edge',
      style: {
        label: 'data(label)',
        'font-size': 10,
        'min-zoomed-font-size': 8,
        color: ink,
        'text-background-color': dark ? '#1b1f23' : '#ffffff',
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
        width: 1.5,
        'line-color': line,
        'target-arrow-color': line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'curve-style': 'bezier',
      },
    },
    { selector: 'edge.mutual', style: { 'target-arrow-shape': 'none' } },
    { selector: 'edge.consistent', style: { 'line-style': 'dashed' } },
    { selector: 'edge.contradicted', style: { 'line-style': 'dotted', width: 3 } },
    {
      selector: '.lit',
      style: {
        'border-color': lit,
        'line-color': lit,
        'target-arrow-color': lit,
        'border-width': 4,
        width: 4,
      },
    },
    { selector: 'node.lit', style: { width: 44, height: 44 } },
  ] as cytoscape.StylesheetStyle[];
}
