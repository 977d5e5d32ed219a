import { IconShieldCheck } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Rights } from './rights';
import { words } from './words';

const rooms: Rooms = {
  name: 'policy',
  words,
  rooms: [{ path: '/', key: 'rights', icon: IconShieldCheck, Page: Rights }],
};
export default rooms;
