export { createLiveBell } from './bell.ts';
export { type LiveHub, openLiveHub } from './hub.ts';
