import { IconUsers } from '@tabler/icons-react';
import type { Rooms } from '../rooms';
import { caseRooms } from './case-rooms';
import { Rights } from './rights';
import { words } from './words';
import { caseWords } from './words-cases';

const rooms: Rooms = {
  name: 'caseworker',
  words: { en: { ...caseWords.en, ...words.en }, zh: { ...caseWords.zh, ...words.zh } },
  rooms: [{ path: '/', key: 'rights', icon: IconUsers, Page: Rights }, ...caseRooms],
};
export default rooms;
