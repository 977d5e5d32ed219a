import { create } from 'qrcode';
import { useMemo } from 'react';

/** Light modules around the picture, without which it is not found. */
const QUIET = 4;

/** A text as QR picture, black on white in either appearance so that every reader finds it. */
export function Qr({ text, title, size = 320 }: { text: string; title: string; size?: number }) {
  const { path, side } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      role="img"
      aria-label={title}
      viewBox={`0 0 ${side} ${side}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ background: '#fff', borderRadius: 6, maxWidth: '100%', height: 'auto' }}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawn(text: string): { path: string; side: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const lines: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) lines.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  return { path: lines.join(''), side: modules.size + 2 * QUIET };
}
