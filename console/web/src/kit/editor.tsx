import { autocompletion, type CompletionSource, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { Box, Text } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { NONCE } from './nonce';

export type Mark = { line: number; column?: number; message: string };

/** A text editor. Tab leaves it, as everywhere on the page. */
export function Editor({
  label,
  value,
  onChange,
  language,
  complete,
  marks,
  onRun,
  readOnly = false,
  height = 320,
  line,
}: {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  /** Extensions of the language, made once: GraphQL's need its schema. */
  language?: Extension;
  complete?: CompletionSource;
  marks?: Mark[];
  onRun?: () => void;
  readOnly?: boolean;
  height?: number;
  /** Which line stands at the top when it changes. */
  line?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const now = useRef({ onChange, onRun });
  now.current = { onChange, onRun };
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: later values are dispatched below
  useEffect(() => {
    if (!box.current) return;
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(NONCE),
          EditorView.contentAttributes.of({ 'aria-labelledby': id, tabindex: '0' }),
          EditorView.lineWrapping,
          EditorView.theme({
            '&': { height: '100%', fontSize: '13px' },
            '.cm-scroller': { overflow: 'auto' },
          }),
          lineNumbers(),
          lintGutter(),
          history(),
          bracketMatching(),
          syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
          autocompletion(complete ? { override: [complete] } : {}),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                now.current.onRun?.();
                return true;
              },
            },
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorState.readOnly.of(readOnly),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange?.(update.state.doc.toString());
          }),
          language ?? [],
        ],
      }),
    });
    view.current = made;
    // Line heights are those of the theme only once its styles apply.
    const frame = requestAnimationFrame(() => made.requestMeasure());
    return () => {
      cancelAnimationFrame(frame);
      made.destroy();
    };
  }, [language, readOnly]);
  useEffect(() => {
    const made = view.current;
    if (made && made.state.doc.toString() !== value) {
      made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
    }
  }, [value]);
  useEffect(() => {
    const made = view.current;
    // Without marks the language's own findings stand.
    if (made && marks)
      made.dispatch(
        setDiagnostics(
          made.state,
          marks.map((mark) => diagnostic(made.state, mark)),
        ),
      );
  }, [marks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor begins at its line too
  useEffect(() => {
    const made = view.current;
    if (!made || !line || line === 1) return;
    const { from } = made.state.doc.line(Math.min(line, made.state.doc.lines));
    made.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'start' }) });
  }, [line, language, readOnly]);
  return (
    <div>
      <Text size="sm" fw={500} id={id}>
        {label}
      </Text>
      <Box
        ref={box}
        h={height}
        bg="white"
        c="black"
        style={{
          border: '1px solid var(--mantine-color-default-border)',
          borderRadius: 6,
          overflow: 'hidden',
        }}
      />
    </div>
  );
}

export const jsonLanguage = json();

function diagnostic(state: EditorState, { line, column, message }: Mark): Diagnostic {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = column ? Math.min(at.from + column - 1, at.to) : at.from;
  return { from, to: at.to, severity: 'error', message };
}
