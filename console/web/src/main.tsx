import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './page.css';
import './words/i18n';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { NONCE } from './kit/nonce';
import { theme, variables } from './theme';

setNonce(NONCE);
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={variables}
    defaultColorScheme="auto"
    getStyleNonce={() => NONCE}
  >
    <Notifications position="top-right" />
    <App />
  </MantineProvider>,
);
