import {
  IconAlertTriangle,
  IconBuildingBank,
  IconCertificate,
  IconCode,
  IconEye,
  IconHome,
  IconId,
  IconListDetails,
  IconShieldCheck,
  IconThumbUp,
  IconTimeline,
  IconWallet,
} from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { words } from './words';

const page = <Name extends string>(
  load: () => Promise<Record<Name, React.ComponentType>>,
  name: Name,
) => lazy(async () => ({ default: (await load())[name] }));

const cases = () => import('./cases');
const rooms: Rooms = {
  name: 'citizen',
  words,
  rooms: [
    { path: '/', key: 'mine', icon: IconHome, Page: page(() => import('./mine'), 'Mine') },
    {
      path: '/looked',
      key: 'looked',
      icon: IconEye,
      Page: page(() => import('./looked'), 'Looked'),
    },
    {
      path: '/offices',
      key: 'offices',
      icon: IconBuildingBank,
      Page: page(() => import('./offices'), 'Offices'),
    },
    { path: '/life', key: 'life', icon: IconTimeline, Page: page(() => import('./life'), 'Life') },
    {
      path: '/consents',
      key: 'consents',
      icon: IconThumbUp,
      Page: page(() => import('./consents'), 'Consents'),
    },
    {
      path: '/licences',
      key: 'licences',
      icon: IconId,
      Page: page(() => import('./licences'), 'Licences'),
    },
    {
      path: '/proofs',
      key: 'proofs',
      icon: IconShieldCheck,
      Page: page(() => import('./proofs'), 'Proofs'),
    },
    {
      path: '/credentials',
      key: 'credentials',
      icon: IconWallet,
      Page: page(() => import('./credentials'), 'Credentials'),
    },
    {
      path: '/services',
      key: 'services',
      icon: IconCertificate,
      Page: page(() => import('./services'), 'Services'),
    },
    { path: '/cases', key: 'cases', icon: IconListDetails, Page: page(cases, 'Cases') },
    { path: '/cases/:number', key: 'cases', Page: page(cases, 'OneCase') },
    {
      path: '/objections',
      key: 'objections',
      icon: IconAlertTriangle,
      Page: page(() => import('./objections'), 'Objections'),
    },
    {
      path: '/explore',
      key: 'explore',
      icon: IconCode,
      Page: page(() => import('./explore'), 'ExploreOwn'),
    },
  ],
};
export default rooms;
