import { IconCode, IconListCheck } from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const ExplorePartner = lazy(async () => ({ default: (await import('./explore')).ExplorePartner }));
const rooms: Rooms = {
  name: 'partner',
  words,
  rooms: [
    { path: '/', key: 'explore', icon: IconCode, Page: ExplorePartner },
    { path: '/rights', key: 'rights', icon: IconListCheck, Page: Rights },
  ],
};
export default rooms;
