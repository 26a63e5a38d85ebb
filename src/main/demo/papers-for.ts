// Which papers people hand in with a concern, and what they tell.
import { addDays, type Day } from '../../kernel/dates.ts';
import { germanMonth, monthStart } from './calendar.ts';
import { ageOn, type DemoHousehold, type DemoPerson, drawDemoJob } from './households.ts';
import type { DemoPaper, PaperFacts, PaperKind } from './papers/index.ts';
import { drawAddress, drawBank } from './places.ts';
import type { Random } from './random.ts';
import type { ConcernKey, DemoDetails } from './submissions.ts';

/** What a submission is made of, beside its date and way. */
export interface Story {
  readonly details: DemoDetails;
  readonly papers: readonly DemoPaper[];
}

interface Scene {
  readonly random: Random;
  readonly household: DemoHousehold;
  readonly person: DemoPerson;
  readonly day: Day;
}

/** Invents what a person has to say about a concern on a day, and the papers with it. */
export const storyOf = (concern: ConcernKey, scene: Scene): Story => STORIES[concern](scene);

const STORIES: Readonly<Record<ConcernKey, (scene: Scene) => Story>> = {
  erstantrag: ({ random, household, person, day }) => ({
    details: { reason: random.pick(REASONS), benefitFrom: monthStart(day) },
    papers: random.chance(0.35)
      ? [
          paper(
            random,
            'id-copy',
            { person, address: household.address, validUntil: addDays(day, random.int(200, 3_000)) },
            'Ausweis',
          ),
        ]
      : [],
  }),
  hauptantrag: (scene) => {
    const { random, household, person, day } = scene;
    const { address, dwelling } = household;
    const late = random.chance(0.3);
    const papers = [
      paper(random, 'id-copy', { person, address, validUntil: addDays(day, 900) }, 'Ausweis'),
      paper(random, 'rent-contract', { household, dwelling, address, since: dwelling.since }, 'Mietvertrag'),
      ...(late ? [] : statements(scene, 3)),
      paper(
        random,
        'certificate',
        { person, address, date: addDays(day, -4), subject: 'health-insurance' },
        'Bescheinigung Krankenkasse',
      ),
      ...payslips(scene, 2),
      ...schools(scene),
    ];
    return { details: { persons: household.members.length, evidenceLater: late }, papers };
  },
  weiterbewilligung: (scene) => {
    const changed = scene.random.chance(0.25);
    return {
      details: { changed, benefitFrom: monthStart(scene.day, 1) },
      papers: [...statements(scene, scene.random.int(1, 3)), ...payslips(scene, 1)],
    };
  },
  arbeitsaufnahme: ({ random, household, person, day }) => {
    const start = addDays(day, random.int(-10, 14));
    const job = {
      ...drawDemoJob(random, household.town, random.chance(0.4) ? 'minijob' : 'employed', day),
      since: start,
    };
    const facts = { person, address: household.address, job, bank: household.bank, month: monthStart(start) };
    return {
      details: {
        employer: job.employer.name,
        jobTitle: job.title,
        start,
        hoursPerWeek: job.hoursPerWeek,
        grossCents: job.grossCents,
      },
      papers:
        start < day && random.chance(0.6) ? [paper(random, 'payslip', facts, `Abrechnung ${germanMonth(start)}`)] : [],
    };
  },
  wohnkosten: ({ random, household, day }) => {
    const year = Number(day.slice(0, 4)) - 1;
    const resultCents = random.int(-20_000, 62_000);
    const due = addDays(day, random.int(6, 30));
    const facts = { household, year, date: addDays(day, -random.int(2, 12)), due, resultCents };
    return {
      details: { year, resultCents, due },
      papers: [paper(random, 'utility-bill', facts, `Nebenkostenabrechnung ${year}`)],
    };
  },
  umzug: ({ random, household, person, day }) => {
    const address = drawAddress(random, household.town);
    const squareMetres = household.dwelling.squareMetres + random.int(2, 14);
    const dwelling = {
      ...household.dwelling,
      squareMetres,
      rentCents: squareMetres * random.int(640, 820),
      landlord: { ...household.dwelling.landlord, phone: '030 23125 480' },
    };
    const since = monthStart(day, random.int(1, 3));
    const reason = random.pick(MOVES);
    const offer = paper(random, 'rent-contract', { household, dwelling, address, since }, 'Mietangebot neue Wohnung');
    const letter = paper(
      random,
      'letter',
      {
        person,
        address: household.address,
        date: day,
        subject: 'Zusicherung für eine neue Wohnung',
        text: `ich möchte zum ${since.split('-').reverse().join('.')} umziehen. ${reason} Bitte prüfen Sie das Angebot, bevor ich unterschreibe.`,
      },
      'Brief Umzug',
    );
    return {
      details: {
        newStreet: `${address.street} ${address.houseNumber}`,
        newCity: address.city,
        moveOn: since,
        newRentCents: dwelling.rentCents,
        reason,
      },
      papers: random.chance(0.5) ? [offer, letter] : [offer],
    };
  },
  krankmeldung: ({ random, person, day }) => {
    const from = addDays(day, -random.int(0, 2));
    const to = addDays(from, random.int(2, 20));
    return {
      details: { from, to },
      papers: [paper(random, 'sick-note', { person, from, to, followUp: random.chance(0.3) }, 'AU-Bescheinigung')],
    };
  },
  unterlagen: (scene) => {
    const { random, household, person, day } = scene;
    const { address } = household;
    const choices: readonly (() => DemoPaper[])[] = [
      () => statements(scene, random.int(1, 3)),
      () => payslips(scene, random.int(1, 3)),
      () => schools(scene),
      () => [
        paper(
          random,
          'certificate',
          {
            person,
            address,
            date: addDays(day, -5),
            subject: random.pick(['health-insurance', 'child-benefit', 'registration'] as const),
          },
          'Bescheinigung',
        ),
      ],
      () =>
        person.job
          ? [
              paper(
                random,
                'termination-notice',
                { person, address, job: person.job, date: addDays(day, -3), lastDay: addDays(day, 25) },
                'Kündigung',
              ),
            ]
          : [],
      () => [
        paper(
          random,
          'rent-contract',
          { household, dwelling: household.dwelling, address, since: household.dwelling.since },
          'Mietvertrag',
        ),
      ],
    ];
    const papers = random.pick(choices)();
    return { details: {}, papers: papers.length > 0 ? papers : statements(scene, 1) };
  },
  rueckruf: ({ random, person }) => ({
    details: { question: random.pick(QUESTIONS), phone: person.phone ?? '030 23125 000' },
    papers: [],
  }),
  bankverbindung: ({ random, household, person, day }) => {
    const bank = drawBank(random, household.bank.holder);
    const text = `meine Bankverbindung ändert sich. Bitte zahlen Sie ab dem nächsten Monat auf das Konto ${bank.iban} bei ${bank.bank}.`;
    return {
      details: { iban: bank.iban, bank: bank.bank, holder: bank.holder },
      papers: [
        paper(
          random,
          'letter',
          { person, address: household.address, date: day, subject: 'Neue Bankverbindung', text },
          'Neue Bankverbindung',
        ),
      ],
    };
  },
};

const REASONS = [
  'Mein Arbeitsvertrag ist ausgelaufen.',
  'Mein Arbeitslosengeld endet diesen Monat.',
  'Ich habe mich von meinem Partner getrennt.',
  'Mein Lohn reicht nicht für die Miete.',
  'Ich bin nach Deutschland geflüchtet.',
  'Ich habe mein Geschäft aufgegeben.',
] as const;
const MOVES = [
  'Wir erwarten ein Kind und die Wohnung wird zu klein.',
  'In der Wohnung ist Schimmel.',
  'Der Vermieter hat wegen Eigenbedarf gekündigt.',
  'Ich habe eine Arbeit am anderen Ende der Stadt.',
] as const;
const QUESTIONS = [
  'Wann wird mein Antrag bearbeitet?',
  'Welche Unterlagen fehlen noch?',
  'Ich verstehe den Bescheid nicht. Können Sie ihn mir erklären?',
  'Kann ich einen Termin am Nachmittag bekommen?',
  'Meine Miete ist noch nicht überwiesen. Was kann ich tun?',
  'Ich habe eine Zusage für eine Stelle. Was muss ich jetzt melden?',
] as const;

/** People photograph about a fifth of what they hand in. */
function paper<K extends PaperKind>(random: Random, kind: K, facts: PaperFacts[K], name: string): DemoPaper {
  return { kind, facts, name, form: random.chance(0.2) ? 'jpeg' : 'pdf' } as unknown as DemoPaper;
}

const statements = ({ random, household, day }: Scene, months: number): DemoPaper[] =>
  Array.from({ length: months }, (_, i) => monthStart(day, -1 - i)).map((month) =>
    paper(random, 'account-statement', { household, month }, `Kontoauszug ${germanMonth(month)}`),
  );

const payslips = ({ random, household, day }: Scene, months: number): DemoPaper[] =>
  household.members.flatMap((person) => {
    const { job } = person;
    if (!job) return [];
    const past = Array.from({ length: months }, (_, i) => monthStart(day, -1 - i)).filter(
      (month) => month >= job.since,
    );
    return past.map((month) =>
      paper(
        random,
        'payslip',
        { person, address: household.address, job, bank: household.bank, month },
        `Abrechnung ${person.givenName} ${germanMonth(month)}`,
      ),
    );
  });

const schools = ({ random, household, day }: Scene): DemoPaper[] =>
  household.members
    .filter((person) => person.school && ageOn(person, day) >= 15)
    .map((person) =>
      paper(
        random,
        'school-certificate',
        { person, school: person.school ?? '', date: addDays(day, -20), until: `${Number(day.slice(0, 4)) + 2}-07-31` },
        `Schulbescheinigung ${person.givenName}`,
      ),
    );
