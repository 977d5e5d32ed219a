import { IconCode } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const rooms: Rooms = {
  name: 'developer',
  words,
  rooms: [{ path: '/', key: 'rights', icon: IconCode, Page: Rights }],
};
export default rooms;
