import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Everything is served from the console's own origin; assets are files, never data: in the script.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', assetsInlineLimit: 0, reportCompressedSize: false },
  html: { cspNonce: '__NONCE__' },
  server: {
    port: 4301,
    proxy: Object.fromEntries(
      ['/graphql', '/session', '/entrances', '/login', '/logout'].map((path) => [
        path,
        'http://127.0.0.1:4300',
      ]),
    ),
  },
});
