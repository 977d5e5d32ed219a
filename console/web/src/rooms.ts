import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Words } from './words/i18n';

/** A page at an address; with an icon it stands in the navigation. `key` is a word of the room. */
export type Room = { path: string; key: string; icon?: Icon; Page: ComponentType };
/** What a consumer's people have: a folder of its own, loaded when somebody of it logs in. */
export type Rooms = { name: string; words: Words; rooms: Room[] };

const ROOMS: Record<string, () => Promise<{ default: Rooms }>> = {
  caseworker: () => import('./caseworker'),
  citizen: () => import('./citizen'),
  'policy-admin': () => import('./policy'),
  'partner-developer': () => import('./developer'),
  'school-enrolment': () => import('./partner'),
  'access-reviewer': () => import('./reviewer'),
  operator: () => import('./operations'),
};

export async function roomsOf(consumer: string): Promise<Rooms | null> {
  const load = ROOMS[consumer];
  return load ? (await load()).default : null;
}
