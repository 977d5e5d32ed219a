import { IconEyeCheck } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const rooms: Rooms = {
  name: 'reviewer',
  words,
  rooms: [{ path: '/', key: 'rights', icon: IconEyeCheck, Page: Rights }],
};
export default rooms;
