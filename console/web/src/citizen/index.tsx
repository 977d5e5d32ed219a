import { IconId } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const rooms: Rooms = {
  name: 'citizen',
  words,
  rooms: [{ path: '/', key: 'rights', icon: IconId, Page: Rights }],
};
export default rooms;
