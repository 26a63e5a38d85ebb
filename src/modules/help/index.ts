export { type HelpKey, helpKeys } from './keys.ts';
export { type Library, openLibrary } from './library.ts';
export { markNewsSeen, seenNews, tickedTasks, tickTask } from './marks.ts';
export type { BrokenFile, Shelf } from './shelf.ts';
export type { TextProblem } from './text-file.ts';
export type { HelpText, NewsEntry, TourTask } from './texts.ts';
export { hasUnreadNews } from './unread.ts';
