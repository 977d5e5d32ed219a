import type { Words } from '../words/i18n';

export const words: Words = {
  en: {
    rights: 'My rights',
    rightsAbout: 'What the policy in force lets you see for this purpose, and of which rows.',
  },
  zh: {
    rights: '我的授权',
    rightsAbout: '现行授权策略允许您为此目的查看哪些信息、哪些行。',
  },
};
