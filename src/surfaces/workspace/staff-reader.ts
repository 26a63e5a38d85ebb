import { withHeldCases } from '../../modules/appointments/index.ts';
import { type CaseReader, readerOf } from '../../modules/cases/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/** A member of staff as a reader of cases, with what they see because they stand in for somebody now. */
export const staffReader = (tx: Tx, staff: Parameters<typeof readerOf>[0]): Promise<CaseReader> =>
  withHeldCases(tx, readerOf(staff));
