import {
  IconAlertOctagon,
  IconCertificate,
  IconFolders,
  IconListSearch,
} from '@tabler/icons-react';
import type { Room } from '../rooms';
import { handlingPage } from './case-kit';

/** What caseworkers do with cases. The more particular address comes first. */
export const caseRooms: Room[] = [
  { path: '/cases', key: 'cases', icon: IconFolders, Page: handlingPage(() => import('./queue')) },
  { path: '/cases/new', key: 'newCase', Page: handlingPage(() => import('./services')) },
  { path: '/cases/part', key: 'decidePart', Page: handlingPage(() => import('./case-part')) },
  { path: '/cases/:number', key: 'theCase', Page: handlingPage(() => import('./case')) },
  {
    path: '/batch',
    key: 'batch',
    icon: IconListSearch,
    Page: handlingPage(() => import('./batch')),
  },
  {
    path: '/verify',
    key: 'verify',
    icon: IconCertificate,
    Page: handlingPage(() => import('./verify')),
  },
  {
    path: '/emergency',
    key: 'emergency',
    icon: IconAlertOctagon,
    Page: handlingPage(() => import('./emergency')),
  },
];
