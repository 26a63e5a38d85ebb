import type { Actor } from '../../../kernel/actor.ts';
import type { RequiredItem } from '../../../modules/cases/index.ts';
import type { Received } from '../../../modules/intake/index.ts';
import type { StatedPerson } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import type { HeldPath } from '../cookies.ts';

/** What papers are handed in for: a case, perhaps one missing item of it, and from whom. */
export type Target = {
  readonly caseId: string;
  readonly teamId: string | null;
  readonly person: StatedPerson;
  readonly item: RequiredItem | undefined;
};

/** A way to papers for a case: a receipt that is open on this device, or the code of a letter. Both share everything else. */
export type Desk = {
  /** Under this key the device holds the draft that collects the files. */
  readonly key: string;
  readonly cookiePath: HeldPath;
  /** The address of the page and its form. */
  readonly address: string;
  readonly back: Content | undefined;
  /** Below the form: other ways, or the end of the visit. */
  readonly below: Content | undefined;
  /** Reads the target in a transaction together with the note that it was read. */
  readonly within: <T>(work: (tx: Tx, target: Target) => Promise<T>) => Promise<T>;
  /** Whether the person is told what is here already: with a receipt of their own, not with the code of a letter. */
  readonly tells: boolean;
  /** The page that says that a message was sent. */
  readonly told: string;
  /** Who acts. */
  readonly actor: Actor;
  /** Where the person goes when it is sent. */
  readonly sent: (received: Received) => Response;
};
