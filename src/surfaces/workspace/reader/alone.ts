import { arrivalsOfDocuments } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { ReadablePaper } from '../documents/readable.ts';

/** Whether somebody filed the paper by itself, apart from what it came with. */
export const liesAlone = async (tx: Tx, { document }: ReadablePaper): Promise<boolean> =>
  (await arrivalsOfDocuments(tx, [document.id]))[0]?.alone ?? false;
