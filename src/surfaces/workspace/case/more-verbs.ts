import type { CaseDetail } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { endVerb } from '../appointments/end-verb.tsx';
import { appointmentVerb } from '../appointments/make-verb.tsx';
import { moveVerb } from '../appointments/move-verb.tsx';
import { noteVerb } from '../contacts/note-verb.ts';
import { linkVerb } from '../employers/link-verb.tsx';
import { factVerb } from '../facts/fact-verb.ts';
import { beginLetter } from '../letters/begin.tsx';
import { chooseWay } from '../letters/delivery-way.tsx';
import type { Guarded } from '../together/conflict.tsx';
import type { StaffVisit } from '../visit.ts';
import { askAgainVerb } from './ask-again.tsx';
import { checkVerb } from './checks/check-verb.tsx';
import type { CaseData } from './load.ts';
import { fillOwnFields } from './own-fields.tsx';
import { agreementVerb } from './plans/agreement.tsx';
import { agreementStateVerb } from './plans/agreement-state.tsx';
import { entryEndVerb, entryVerb } from './plans/entries.tsx';
import { courseVerb, proposalVerb } from './plans/proposal.tsx';
import { newsVerb, referralVerb } from './plans/referral.tsx';
import { reviewVerb } from './plans/review.tsx';
import type { FormProps } from './verb-sheet.tsx';
import type { Try } from './verbs.ts';
import type { MoreVerb, Verb } from './view.ts';

/**
 * A verb that another room brings to the case. Its words are `workspace:verb.<name>.title` and `.send`, `workspace:done.<name>`, and the help
 * text `verb-<name>`.
 */
export type VerbPart = {
  /** Whether it makes sense where the case stands; always, when it is missing. */
  readonly possible?: (data: CaseData) => boolean;
  /** The form; it may read what it offers. */
  readonly form: (tx: Tx, props: FormProps) => Content | Promise<Content>;
  /** What it does with the form that was sent. */
  readonly attempt: Try;
  /** What it overwrites, locked, where it overwrites anything; the form then carries `stand`. */
  readonly guard?: (tx: Tx, visit: StaffVisit, found: CaseDetail) => Promise<Guarded | undefined>;
};

/** One line for each verb of another room. */
const moreVerbs: Readonly<Record<MoreVerb, VerbPart>> = {
  notizen: noteVerb,
  nachreichung: askAgainVerb,
  pruefung: checkVerb,
  termin: appointmentVerb,
  terminverlegung: moveVerb,
  terminergebnis: endVerb,
  vereinbarung: agreementVerb,
  vereinbarungsstand: agreementStateVerb,
  ziel: entryVerb('ziel', 'goal'),
  staerke: entryVerb('staerke', 'strength'),
  belastung: entryVerb('belastung', 'burden'),
  umfeld: entryVerb('umfeld', 'surroundings'),
  eintragsende: entryEndVerb,
  durchsicht: reviewVerb,
  vorschlag: proposalVerb,
  verlauf: courseVerb,
  betrieb: linkVerb,
  weitervermittlung: referralVerb,
  rueckmeldung: newsVerb,
  felder: fillOwnFields,
  brief: beginLetter,
  zustellweg: chooseWay,
  fakten: factVerb,
};
const parts: Readonly<Partial<Record<Verb, VerbPart>>> = moreVerbs;

/** What belongs to a verb of another room; undefined for those of the case itself. */
export const partOf = (verb: Verb): VerbPart | undefined => parts[verb];
