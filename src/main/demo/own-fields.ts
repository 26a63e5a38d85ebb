import { findCase, inbox, timeline } from '../../modules/cases/index.ts';
import {
  type FieldAct,
  fieldsInForce,
  importFields,
  type Known,
  listedFields,
  type OwnDefinition,
  type OwnWrite,
  writeOwnValues,
} from '../../modules/fields/index.ts';
import type { AnswerValue } from '../../modules/forms/index.ts';
import { staffLogins } from '../../modules/identity/index.ts';
import { allTeams, type Jobcenter } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';

type Example = Partial<OwnDefinition> & Pick<OwnDefinition, 'label' | 'kind' | 'purpose' | 'legalBasis'>;

const choice = (key: string, de: string, en: string) => ({ key, label: { de, en }, removed: false });

const examples: Readonly<Record<string, Example>> = {
  'gespraech-ort': {
    label: { de: 'Wo das Gespräch gut geht', en: 'Where a conversation goes well' },
    kind: 'text',
    purpose: 'Damit das Gespräch gelingt',
    legalBasis: '§ 14 SGB II',
    writeHere: 'Raum oder Ort, zum Beispiel ruhiger Raum im Erdgeschoss',
    notHere: 'Keine Diagnosen, nichts über andere Personen',
  },
  'rueckruf-zeit': {
    label: { de: 'Gut erreichbar', en: 'Easy to reach' },
    kind: 'several',
    target: 'person',
    choices: [
      choice('frueh', 'morgens', 'in the morning'),
      choice('mittag', 'mittags', 'at noon'),
      choice('abend', 'nachmittags', 'in the afternoon'),
    ],
    purpose: 'Damit Anrufe ankommen',
    legalBasis: '§ 14 SGB I',
  },
  kautionsdarlehen: {
    label: { de: 'Kaution laut Vermieter', en: 'Deposit as the landlord says' },
    kind: 'money',
    concerns: ['umzug'],
    team: 'wohnen',
    purpose: 'Vorbereitung des Darlehens für die Kaution',
    legalBasis: '§ 22 Abs. 6 SGB II',
  },
  'naechster-schritt': {
    label: { de: 'Nächster Schritt', en: 'Next step' },
    kind: 'text',
    target: 'note',
    purpose: 'Damit nach einem Gespräch nichts liegen bleibt',
    legalBasis: '§ 14 SGB II',
    writeHere: 'Was als Nächstes geschieht und wer es tut',
    notHere: 'Keine Diagnosen, nichts über andere Personen',
  },
  'hilfe-im-gespraech': {
    label: { de: 'Hilfe, die das Gespräch braucht', en: 'Help that the conversation needs' },
    kind: 'text',
    category: 'health',
    purpose: 'Barrierefreies Gespräch, auf Wunsch der Person',
    legalBasis: '§ 17 SGB I, Art. 9 Abs. 2 a DSGVO',
    writeHere: 'Was die Person selbst wünscht, zum Beispiel Gebärdensprache',
    notHere: 'Keine Diagnosen und keine Medikamente',
  },
};

const definitionOf = (example: Example): OwnDefinition => ({
  help: { de: '' },
  target: 'case',
  choices: [],
  concerns: [],
  team: null,
  category: 'social',
  writeHere: '',
  notHere: '',
  years: 3,
  ...example,
});

const values: Readonly<Record<string, AnswerValue>> = {
  'gespraech-ort': 'Ruhiger Raum im Erdgeschoss',
  'rueckruf-zeit': ['frueh'],
  'naechster-schritt': 'Wir rufen nächste Woche an.',
};
const filledCases = 12;

/** One team that reads the head of a case in another order, and does not need to see itself there. */
const orderedTeam = 'vermittlung';
const headOrder = ['number', 'assignee', 'birthDate', 'due', 'arrived', 'person', 'email', 'bank', 'team'].map(
  (field) => ({ field, hidden: field === 'team' }),
);

/** A few own fields with invented entries: one waits for the data protection officer, who exists in the demonstration. Repeatable. */
export async function addDemoFields({ database, catalogue }: Services, jobcenter: Jobcenter): Promise<void> {
  const forms = await catalogue.all(jobcenter.id);
  await database.tenant(jobcenter.id, async (tx) => {
    if ((await listedFields(tx)).length > 0) return;
    const rows = await inbox(tx, { role: 'lead', id: jobcenter.id, teamIds: [] }, {}, undefined);
    const setUp = await leadOf(tx);
    if (setUp === undefined) return;
    const known = { concerns: [...forms.keys()], teams: (await allTeams(tx)).map((team) => team.key) };
    const fields = Object.entries(examples)
      .map(([key, example]) => ({ key, hidden: false, ...definitionOf(example) }))
      .filter(({ team, concerns }) => checkPlace({ team, concerns }, known));
    const orders = known.teams.includes(orderedTeam) ? [{ spot: 'head', team: orderedTeam, entries: headOrder }] : [];
    const text = JSON.stringify({ tandem: 'own-fields', format: 1, fields, orders });
    const taken = await importFields(tx, setUp, { text, why: 'Beispiele der Vorführung', team: undefined }, known);
    if (taken.kind !== 'imported') throw new Error(`The examples came to ${JSON.stringify(taken)}.`);
    await fillSome(tx, setUp, rows.rows.slice(0, filledCases));
  });
}

/** Whether a house has the team and the concerns of an example. */
const checkPlace = ({ team, concerns }: Pick<OwnDefinition, 'team' | 'concerns'>, known: Known): boolean =>
  (team === null || known.teams.includes(team)) && concerns.every((key) => known.concerns.includes(key));

/** Whoever leads; in a practice Jobcenter, where nobody does, the first colleague. */
async function leadOf(tx: Tx): Promise<FieldAct | undefined> {
  const staff = await staffLogins(tx);
  const found = staff.find((each) => each.role === 'lead') ?? staff[0];
  return found && { actor: { kind: 'staff', id: found.id, name: found.name }, role: 'lead' };
}

async function fillSome(tx: Tx, act: FieldAct, cases: readonly { readonly id: string }[]): Promise<void> {
  const fields = await fieldsInForce(tx, ['case', 'person', 'note']);
  for (const { id } of cases) {
    const found = await findCase(tx, { role: 'lead', id: act.actor.id, teamIds: [] }, id);
    const subjects: Readonly<Partial<Record<string, string | null>>> = {
      case: id,
      person: found?.personId ?? null,
      note: (await timeline(tx, id)).find((event) => event.kind === 'note')?.id ?? null,
    };
    const writes = fields.flatMap((field): OwnWrite[] => {
      const subjectId = subjects[field.definition.target];
      const value = values[field.key];
      return subjectId == null || value === undefined ? [] : [{ field, subjectId, opened: 0, value }];
    });
    await writeOwnValues(tx, { actor: act.actor, caseId: id }, writes);
  }
}
