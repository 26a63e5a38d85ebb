import type { seededRandom } from '../numbers.ts';

export type Random = ReturnType<typeof seededRandom>;
