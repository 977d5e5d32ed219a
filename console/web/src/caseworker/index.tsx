import './persons.css';
import { IconSearch, IconShieldCheck, IconUsersGroup } from '@tabler/icons-react';
import { lazy } from 'react';
import type { Rooms } from '../rooms';
import { caseRooms } from './case-rooms';
import { CompanyRoom } from './company';
import { HouseholdRoom } from './household';
import { PersonRoom } from './person';
import { Rights } from './rights';
import { Search } from './search';
import { words } from './words';
import { caseWords } from './words-cases';

const graph = () => import('./graph');
const PersonGraph = lazy(async () => ({ default: (await graph()).PersonGraph }));
const HouseholdGraph = lazy(async () => ({ default: (await graph()).HouseholdGraph }));
const CompanyGraph = lazy(async () => ({ default: (await graph()).CompanyGraph }));
const Related = lazy(async () => ({ default: (await import('./related')).Related }));

const rooms: Rooms = {
  name: 'caseworker',
  words: { en: { ...caseWords.en, ...words.en }, zh: { ...caseWords.zh, ...words.zh } },
  rooms: [
    { path: '/', key: 'search', icon: IconSearch, Page: Search },
    { path: '/related', key: 'related', icon: IconUsersGroup, Page: Related },
    { path: '/persons/:number', key: 'person', Page: PersonRoom },
    { path: '/persons/:number/graph', key: 'graph', Page: PersonGraph },
    { path: '/households/:number', key: 'search', Page: HouseholdRoom },
    { path: '/households/:number/graph', key: 'graph', Page: HouseholdGraph },
    { path: '/companies/:number', key: 'search', Page: CompanyRoom },
    { path: '/companies/:number/graph', key: 'graph', Page: CompanyGraph },
    ...caseRooms,
    { path: '/rights', key: 'rights', icon: IconShieldCheck, Page: Rights },
  ],
};
export default rooms;
