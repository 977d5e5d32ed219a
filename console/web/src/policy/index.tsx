import {
  IconAdjustments,
  IconFileText,
  IconHelpCircle,
  IconInbox,
  IconListSearch,
  IconServer,
  IconShieldCheck,
  IconTable,
  IconUsers,
} from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { words } from './words';

const MatrixPage = lazy(() => import('./matrix').then((m) => ({ default: m.MatrixPage })));
const VersionsPage = lazy(() => import('./versions').then((m) => ({ default: m.VersionsPage })));
const VersionPage = lazy(() => import('./version').then((m) => ({ default: m.VersionPage })));
const EditPage = lazy(() => import('./edit').then((m) => ({ default: m.EditPage })));
const RequestsPage = lazy(() => import('./requests').then((m) => ({ default: m.RequestsPage })));
const WhoPage = lazy(() => import('./who').then((m) => ({ default: m.WhoPage })));
const WhyPage = lazy(() => import('./why').then((m) => ({ default: m.WhyPage })));
const ProcessesPage = lazy(() => import('./processes').then((m) => ({ default: m.ProcessesPage })));
const AuditPage = lazy(() => import('./audit').then((m) => ({ default: m.AuditPage })));
const Rights = lazy(() => import('./rights').then((m) => ({ default: m.Rights })));

const rooms: Rooms = {
  name: 'policy',
  words,
  rooms: [
    { path: '/', key: 'matrix', icon: IconTable, Page: MatrixPage },
    { path: '/versions', key: 'versions', icon: IconFileText, Page: VersionsPage },
    { path: '/versions/:number', key: 'version', Page: VersionPage },
    { path: '/edit', key: 'newDraft', icon: IconAdjustments, Page: EditPage },
    { path: '/requests', key: 'requests', icon: IconInbox, Page: RequestsPage },
    { path: '/who', key: 'who', icon: IconUsers, Page: WhoPage },
    { path: '/why', key: 'why', icon: IconHelpCircle, Page: WhyPage },
    { path: '/processes', key: 'processes', icon: IconServer, Page: ProcessesPage },
    { path: '/audit', key: 'audit', icon: IconListSearch, Page: AuditPage },
    { path: '/rights', key: 'rights', icon: IconShieldCheck, Page: Rights },
  ],
};
export default rooms;
