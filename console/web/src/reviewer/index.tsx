import { IconListSearch, IconShieldCheck, IconUrgent } from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const AccessesPage = lazy(() => import('./accesses').then((m) => ({ default: m.AccessesPage })));
const AuditPage = lazy(() => import('./audit').then((m) => ({ default: m.AuditPage })));

const rooms: Rooms = {
  name: 'reviewer',
  words,
  rooms: [
    { path: '/', key: 'accesses', icon: IconUrgent, Page: AccessesPage },
    { path: '/audit', key: 'audit', icon: IconListSearch, Page: AuditPage },
    { path: '/rights', key: 'rights', icon: IconShieldCheck, Page: Rights },
  ],
};
export default rooms;
