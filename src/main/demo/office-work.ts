import type { Actor } from '../../kernel/actor.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import {
  assignCase,
  type CaseReader,
  closeCase,
  confirmBankAtCounter,
  confirmPerson,
  decideCase,
  makeFollowUp,
  noteSpokenAnswer,
  openMessages,
  openRequiredItems,
  requireItem,
  timeline,
  writeToClient,
} from '../../modules/cases/index.ts';
import type { FormDefinition } from '../../modules/forms/index.ts';
import { beginNotice } from '../../modules/notices/index.ts';
import { matchPerson } from '../../modules/people/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { demoAppointments } from './appointments.ts';
import type { DemoHousehold, DemoSubmission } from './index.ts';
import { planWork } from './plan-work.ts';
import { createRandom } from './random.ts';
import { at, type Colleague, type Scene } from './scene.ts';
import { talk } from './talk.ts';

type Work = {
  readonly submission: DemoSubmission;
  readonly form: FormDefinition;
  readonly receivedAt: Date;
  readonly caseId: string;
  readonly staff: readonly Colleague[];
  readonly household: DemoHousehold;
  readonly person: { readonly familyName: string; readonly givenName: string; readonly birthDate: string };
};

const dayMs = 86_400_000;

/** What the office did since: older ones are decided and closed, of the newest some wait and some nobody has taken yet. */
export async function workOn(
  tx: Tx,
  scene: Scene,
  { submission, receivedAt, caseId, staff, form, person, household }: Work,
): Promise<void> {
  const random = createRandom(`work/${submission.key}`);
  const now = scene.services.clock.now().getTime();
  const age = (now - receivedAt.getTime()) / dayMs;
  const colleague = random.pick(staff);
  const actor = { kind: 'staff', id: colleague.id, name: colleague.name } as const;
  const spoken = (household.members[submission.personIndex] ?? household.members[0]).language;
  const reader: CaseReader = { role: 'lead', id: colleague.id, teamIds: [] };
  const act = { actor, reader, caseId };
  const then = (days: number): Tx => at(tx, new Date(Math.min(now - 60_000, receivedAt.getTime() + days * dayMs)));
  const started = random.int(1, 3) + random.next();
  if (age < started || (age < 12 && random.chance(0.2))) return; // still in the inbox
  const [known] = await matchPerson(tx, person);
  if (known !== undefined)
    await confirmPerson(then(started), act, {
      id: known.id,
      householdId: known.householdId,
      name: `${person.familyName}, ${person.givenName}`,
      birthDate: known.birthDate,
    });
  await assignCase(then(started + 0.01), act, colleague);
  await talk(then(started + 0.015), { ...act, actor }, { key: submission.key, language: spoken });
  if (random.chance(0.3)) {
    const dueOn = addDays(dayInGermany(then(started + 0.02).now), 14);
    await requireItem(
      then(started + 0.02),
      { ...act, staffId: colleague.id },
      {
        what: random.pick([
          'Kontoauszug des letzten Monats',
          'Mietvertrag, alle Seiten',
          'Lohnabrechnung',
          'Bescheid der Familienkasse',
        ]),
        why: 'Ohne dieses Papier können wir die Höhe der Leistung nicht ausrechnen.',
        dueOn,
      },
    );
    if (age < 21) {
      await letterDraft(then(started + 0.05), { actor, reader, caseId }, person);
      return;
    }
  }
  if (random.chance(0.25)) {
    await writeToClient(
      then(started + 0.1),
      act,
      'Guten Tag, wir haben Ihre Unterlagen bekommen und prüfen sie. Sie müssen gerade nichts tun.',
    );
    if (createRandom(`answer/${submission.key}`).chance(0.4)) await spokenAnswer(then(started + 0.12), act);
  }
  const decided = started + random.int(2, 12);
  if (age < decided) {
    if (createRandom(`plan/${submission.key}`).chance(0.3))
      await planWork(
        then(started + 0.15),
        { ...act, actor, staffId: colleague.id, staffName: colleague.name },
        { random: createRandom(`plan-of/${submission.key}`), today: dayInGermany(new Date(now)) },
      );
    if (createRandom(`appointment/${submission.key}`).chance(0.75))
      await demoAppointments(
        then(started + 0.17),
        { ...act, staffId: colleague.id },
        {
          random: createRandom(`appointment-of/${submission.key}`),
          now: new Date(now),
          later: (moment) => at(tx, moment),
        },
      );
    if (random.chance(0.4))
      await makeFollowUp(
        then(started + 0.2),
        { ...act, staffId: colleague.id },
        {
          dueOn: addDays(dayInGermany(new Date(now)), random.int(-1, 9)),
          reason: random.pick(['Prüfen, ob die Vermieterin geantwortet hat', 'Bescheid der Familienkasse da?']),
          topic: 'papers',
          waitsFor: random.pick(['us', 'office', 'person'] as const),
          forStaffId: colleague.id,
        },
      );
    return;
  }
  await confirmBankAtCounter(then(decided - 0.1), act); // where an account was given; otherwise nothing changes
  await decideCase(then(decided), act, {
    result: random.weighted([
      ['granted', 6],
      ['settled', 4],
      ['partly-granted', 1],
      ['refused', 1],
    ] as const),
    reasons: `${form.title.de}: geprüft anhand der vorgelegten Unterlagen. Die Voraussetzungen lagen vor, soweit im Ergebnis genannt.`,
  });
  if (age > decided + 3) await closeCase(then(decided + 1), act);
}

/** The person calls about what the office wrote. */
async function spokenAnswer(tx: Tx, act: Parameters<typeof noteSpokenAnswer>[1]): Promise<void> {
  const [message] = openMessages(await timeline(tx, act.caseId), tx.now);
  if (message !== undefined) await noteSpokenAnswer(tx, act, message.id);
}

/** A letter that asks for the missing paper, begun and not sent. */
async function letterDraft(
  tx: Tx,
  act: { readonly actor: Actor & { readonly kind: 'staff' }; readonly reader: CaseReader; readonly caseId: string },
  person: Work['person'],
): Promise<void> {
  const recipient = `${person.givenName} ${person.familyName}`;
  const [item] = await openRequiredItems(tx, act.caseId);
  if (item !== undefined)
    await beginNotice(tx, act, { template: 'unterlagen', recipient, language: 'en', itemId: item.id });
}
