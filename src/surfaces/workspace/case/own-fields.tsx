import { casesOfFile, findCase } from '../../../modules/cases/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type OwnGroup, ownGroups } from '../fields/own-groups.ts';
import { OwnInputs, writeOwnInputs } from '../fields/own-inputs.tsx';
import type { VerbPart } from './more-verbs.ts';
import { Sheet, wasTyped } from './verb-sheet.tsx';

type Seen = {
  readonly id: string;
  readonly concern: string;
  readonly teamId: string | null;
  readonly personId: string | null;
  readonly householdId: string | null;
};

/** The own fields that a case has: its own, and those of its person and household. Those that its team hides are marked. */
export async function ownOfCase(tx: Tx, found: Seen): Promise<OwnGroup[]> {
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId)?.key;
  return ownGroups(tx, {
    subjects: [
      { target: 'case', id: found.id },
      { target: 'person', id: found.personId },
      { target: 'household', id: found.householdId },
    ],
    concern: found.concern,
    team,
    all: true,
  });
}

/** Filling in own fields. Only what was changed in the form is written; where somebody else was quicker, both are shown. */
export const fillOwnFields: VerbPart = {
  possible: (data) => data.own.length > 0,
  form: (_, props) => (
    <Sheet {...props} verb="felder">
      {props.data.own.length === 0 ? <p>{props.visit.t('own:fill.none')}</p> : null}
      <OwnInputs
        visit={props.visit}
        groups={props.data.own}
        input={wasTyped(props.view) ? props.view.input : undefined}
        problems={props.view.problems}
      />
    </Sheet>
  ),
  attempt: async (tx, visit, caseId) => {
    const found = await findCase(tx, visit.reader, caseId);
    if (found === undefined) return { kind: 'not-found' };
    // Also what the team hid while the form was open: what was typed is kept.
    const outcome = await writeOwnInputs(tx, visit, caseId, await ownOfCase(tx, found));
    // What hangs on the person or household stands in their other cases too: open pages of those look again.
    if (outcome.kind === 'done' && found.fileId !== null)
      for (const each of await casesOfFile(tx, visit.reader, found.fileId)) tx.touch(each.id);
    return outcome;
  },
};
