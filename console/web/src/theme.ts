import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const sea: MantineColorsTuple = [
  '#eaf4fb',
  '#d3e5f3',
  '#a3cae8',
  '#70addd',
  '#4895d4',
  '#2272b4',
  '#1c5d8f',
  '#195482',
  '#134a74',
  '#053f66',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.25,
  colors: { sea },
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
});

/** Secondary words have to be read too: 4.5:1 on the page and on striped rows. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545e67',
    '--mantine-color-placeholder': '#5f6973',
    '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bcc4',
    '--mantine-color-placeholder': '#a6afb8',
    '--mantine-color-anchor': '#7db7e4',
    '--mantine-color-error': '#ff8787',
  },
});
