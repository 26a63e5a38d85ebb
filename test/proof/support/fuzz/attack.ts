import type { Outgoing } from '../visitor.ts';
import type { HostileFile } from './hostile-files.ts';
import type { Random } from './random.ts';

/** Ids that exist, of both Jobcenters. */
export type Ids = {
  readonly caseId: string;
  readonly documentId: string;
  readonly submissionId: string;
  readonly receipt: string;
};
export type Target = {
  readonly tokens: readonly [own: string, other: string];
  readonly ids: readonly [own: Ids, other: Ids];
  readonly jobcenterIds: readonly [string, string];
  readonly files: readonly HostileFile[];
};

/** A request with what must not come back. */
export type Attack = Outgoing & {
  readonly label: string;
  /** It names something of the other Jobcenter: only 401 to 422 may answer. */
  readonly foreign?: boolean;
  /** It holds no proof of identity. */
  readonly nobody?: boolean;
  /** It holds the other Jobcenter's own token. */
  readonly other?: boolean;
};

export const own = ({ tokens }: Target): string => tokens[0];

/** Makes one request of its kind. */
export type Maker = (random: Random, target: Target) => Attack;
