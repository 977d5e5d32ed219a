import type { Words } from '../words/i18n';

export const words: Words = {
  en: {
    explore: 'Explore the API',
    exploreAbout: 'As the partner itself sees it: its own schema, its own rights, for its purpose.',
    'example.parent': 'Is the adult a parent of the child?',
    'example.child': 'A child to be enrolled',
    rights: 'My rights',
  },
  zh: {
    explore: '接口试用',
    exploreAbout: '以合作方自身的身份:自身的接口、自身的授权、自身的目的。',
    'example.parent': '该成年人是否为儿童的父母?',
    'example.child': '待入学的儿童',
    rights: '我的授权',
  },
};
