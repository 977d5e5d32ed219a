import { IconActivityHeartbeat, IconFileImport, IconLink, IconRadar2 } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { Chain } from './chain';
import { Health } from './health';
import { Quarantine } from './quarantine';
import { Runs } from './runs';
import { words } from './words';

const rooms: Rooms = {
  name: 'operations',
  words,
  rooms: [
    { path: '/', key: 'health', icon: IconActivityHeartbeat, Page: Health },
    { path: '/runs', key: 'runs', icon: IconFileImport, Page: Runs },
    { path: '/quarantine', key: 'quarantine', icon: IconRadar2, Page: Quarantine },
    { path: '/chain', key: 'chain', icon: IconLink, Page: Chain },
  ],
};
export default rooms;
