import { IconUsers } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const rooms: Rooms = {
  name: 'caseworker',
  words,
  rooms: [{ path: '/', key: 'rights', icon: IconUsers, Page: Rights }],
};
export default rooms;
