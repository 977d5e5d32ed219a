import { IconCode, IconListCheck, IconLockOpen, IconPlus } from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const Overview = lazy(async () => ({ default: (await import('./overview')).Overview }));
const NewRequest = lazy(async () => ({ default: (await import('./request')).NewRequest }));
const ExploreDeveloper = lazy(async () => ({
  default: (await import('./explore')).ExploreDeveloper,
}));
const rooms: Rooms = {
  name: 'developer',
  words,
  rooms: [
    { path: '/', key: 'overview', icon: IconLockOpen, Page: Overview },
    { path: '/requests/new', key: 'newRequest', icon: IconPlus, Page: NewRequest },
    { path: '/explore', key: 'explore', icon: IconCode, Page: ExploreDeveloper },
    { path: '/rights', key: 'rights', icon: IconListCheck, Page: Rights },
  ],
};
export default rooms;
