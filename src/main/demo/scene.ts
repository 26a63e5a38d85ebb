import { idSequence } from '../../kernel/ids.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import type { DemoHousehold } from './index.ts';

/** What the demonstration is filled from, and the day that it takes for today. */
export type Scene = {
  readonly services: Services;
  readonly jobcenters: Readonly<Record<string, Jobcenter>>;
  readonly households: readonly DemoHousehold[];
  readonly today: string;
};

/** By whom demo data are received. */
export const actorKey = 'seed';

/** The same transaction at another time: demo data were received and worked on in the past. */
export const at = (tx: Tx, now: Date): Tx => ({ ...tx, now, newId: idSequence(now) });

/** Somebody of the office who works on a case. */
export type Colleague = { readonly id: string; readonly name: string };
