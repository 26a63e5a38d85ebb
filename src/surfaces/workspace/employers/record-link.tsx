import type { TimelineEvent } from '../../../modules/cases/index.ts';
import { type Employer, employerLabel, employersMeant, employersOfNotes } from '../../../modules/employers/index.ts';
import { proposals } from '../../../modules/plans/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** The way from a talk or a proposal to the record of the employer it is with. */
const RecordLink = ({ visit, employer }: { visit: StaffVisit; employer: Employer }) => (
  <p class="tw-sub">
    {visit.t('employers:record')} <a href={paths.employer(employer.id)}>{employerLabel(employer)}</a>
  </p>
);

/** The ways from some notes to the employers that the talks were with, drawn, by the note. */
export async function recordsOfNotes(
  tx: Tx,
  visit: StaffVisit,
  noteIds: readonly string[],
): Promise<ReadonlyMap<string, Content>> {
  const links = await employersOfNotes(tx, noteIds);
  const meant = await employersMeant(
    tx,
    links.map((each) => each.employerId),
  );
  return new Map(
    links.flatMap(({ noteId, employerId }) => {
      const employer = meant.get(employerId);
      return employer === undefined ? [] : [[noteId, <RecordLink visit={visit} employer={employer} />] as const];
    }),
  );
}

/**
 * The same for what a timeline says of proposals. Its entries name them by their words: one that several proposals may mean, with different employers,
 * leads nowhere.
 */
export async function recordsOfEvents(
  tx: Tx,
  visit: StaffVisit,
  caseId: string,
  events: readonly TimelineEvent[],
): Promise<ReadonlyMap<string, Content>> {
  const linked = (await proposals(tx, caseId)).filter(({ employerId }) => employerId !== null);
  if (linked.length === 0) return new Map();
  const meant = await employersMeant(
    tx,
    linked.flatMap(({ employerId }) => employerId ?? []),
  );
  const employerOf = (event: TimelineEvent): Employer | undefined => {
    if (event.kind !== 'plan' || !/^(proposed|proposal-|employer-linked)/.test(event.detail.act)) return undefined;
    const { act, text, more } = event.detail;
    const said = act === 'employer-linked' ? more : text;
    const named = linked.filter(({ title, provider }) => said === title || said === `${title}, ${provider}`);
    const found = new Set(named.map(({ employerId }) => meant.get(employerId ?? '')?.id));
    return found.size === 1 ? meant.get(named[0]?.employerId ?? '') : undefined;
  };
  return new Map(
    events.flatMap((event) => {
      const employer = employerOf(event);
      return employer === undefined ? [] : [[event.id, <RecordLink visit={visit} employer={employer} />] as const];
    }),
  );
}
