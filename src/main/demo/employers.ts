import {
  addContact,
  addEmployer,
  type Employer,
  type EmployerSaid,
  findEmployers,
} from '../../modules/employers/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/** Employers and partners of the demonstration; all are invented. */
const invented: readonly (Pick<EmployerSaid, 'kind' | 'name' | 'place' | 'sector' | 'wants'> & {
  readonly contact: string;
})[] = [
  {
    ...{ kind: 'employer', name: 'Großküche Löffelwerk GmbH', place: 'Musterstadt', sector: 'hospitality' },
    wants: 'Hilfe in der Küche, 20 Stunden, auch ohne Abschluss. Beginn um sechs Uhr, der erste Bus fährt um fünf.',
    contact: 'Kim Beispiel',
  },
  {
    ...{ kind: 'employer', name: 'Lagerhaus Nord', place: 'Musterstadt', sector: 'transport' },
    wants: 'Kommissionieren in zwei Schichten. Der Staplerschein kann dort gemacht werden.',
    contact: 'Alex Probe',
  },
  {
    ...{ kind: 'provider', name: 'Lernwerkstatt am Kanal', place: 'Musterstadt', sector: 'education' },
    wants: 'Kurse beginnen im Februar und im September.',
    contact: 'Robin Muster',
  },
];

type Act = Parameters<typeof addEmployer>[1];

/** One of them, taken into the list where it is not there yet, with somebody to call. */
export async function demoEmployer(tx: Tx, act: Act, index: number): Promise<Pick<Employer, 'id' | 'name' | 'place'>> {
  const wanted = invented[index % invented.length] ?? invented[0];
  if (wanted === undefined) throw new Error('There are employers.');
  const { contact, ...said } = wanted;
  const known = (await findEmployers(tx, said.name, 5)).find((each) => each.name === said.name);
  if (known !== undefined) return known;
  const kept = await addEmployer(tx, act, { ...said, carerId: act.actor.id });
  if (kept.kind !== 'done') throw new Error(`The employer came to ${kept.kind}.`);
  await addContact(tx, act, kept.id, { name: contact, task: 'Personal', phone: '030 23125 777', email: '' });
  return { id: kept.id, ...said };
}
