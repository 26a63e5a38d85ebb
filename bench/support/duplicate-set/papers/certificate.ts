import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { digits, firm, germanDay, later, longDay, person, placeOf, relative, street, town } from '../words.ts';

/** Certificates of one office for the children of one family or for several people: name and date of birth differ. */
export function certificates(r: Random, count: number): Family {
  const parent = person(r, 1975, 1995);
  const type = r.pick(['school', 'birth', 'employer', 'doctor'] as const);
  const where = town(r);
  const [line, day, number, boss] = [
    street(r),
    germanDay(2026, r.int(1, 10), r.int(1, 28)),
    r.int(100, 4000),
    person(r).name,
  ];
  const other = person(r, 1970, 1995).name;
  const name = {
    school: `${r.pick(['Grundschule', 'Gesamtschule', 'Gymnasium', 'Realschule'])} ${r.pick(['am Mühlbach', 'Südstadt', 'Käthe-Kollwitz', 'Lindenhof'])}`,
    birth: `Standesamt ${placeOf(where)}`,
    employer: firm(r),
    doctor: `Praxis Dr. med. ${boss}`,
  }[type];
  const from = germanDay(2026, r.int(1, 8), 1);
  const grade = r.int(1, 10);
  const models = Array.from({ length: count }, (_, i): Model => {
    const child = type === 'school' || type === 'birth';
    const who = child ? relative(r, parent, 2008, 2019) : i === 0 ? parent : relative(r, parent, 1970, 2004);
    const facts: Block = {
      t: 'facts',
      rows: [
        ['Name, Vorname', `${who.family}, ${who.given}`],
        ['geboren am', who.born],
        ['wohnhaft', `${who.street}, ${who.town}`],
      ],
    };
    const sign: Block = { t: 'sign', names: [boss], place: `${placeOf(where)}, den ${longDay(day)}`, signed: true };
    const bodies: Record<typeof type, Block[]> = {
      school: [
        { t: 'para', text: 'Hiermit wird bescheinigt, dass' },
        facts,
        {
          t: 'para',
          text: `im Schuljahr 2026/2027 die Klasse ${grade}${'abc'[i % 2]} unserer Schule besucht. Das voraussichtliche Ende des Schulbesuchs ist der ${longDay(`31.07.${2027 + ((10 - grade) % 9)}`)}.`,
        },
        {
          t: 'para',
          text: 'Diese Bescheinigung dient zur Vorlage bei Behörden, beim Arbeitgeber der Eltern und bei der Familienkasse.',
        },
        sign,
        { t: 'seal', text: `${name} ${placeOf(where)}` },
      ],
      birth: [
        { t: 'heading', text: 'Kind' },
        {
          t: 'facts',
          rows: [
            ['Familienname', who.family],
            ['Vorname(n)', who.given],
            ['Geburtstag', longDay(who.born)],
            ['Geburtsort', placeOf(where)],
          ],
        },
        { t: 'heading', text: 'Eltern' },
        {
          t: 'facts',
          rows: [
            ['Mutter', parent.name],
            ['Vater', other],
          ],
        },
        { t: 'para', text: `Registernummer G ${number + i * 37}/${who.born.slice(-4)}` },
        { t: 'seal', text: name },
        sign,
      ],
      employer: [
        { t: 'para', text: 'Zur Vorlage beim Jobcenter bescheinigen wir:' },
        facts,
        {
          t: 'para',
          text: `Die oben genannte Person ist seit dem ${from} in unserem Unternehmen als Aushilfe beschäftigt. Die regelmäßige wöchentliche Arbeitszeit beträgt ${10 + (number % 25)} Stunden. Das Arbeitsverhältnis ist bis zum ${later(from, 364)} befristet und ungekündigt.`,
        },
        sign,
      ],
      doctor: [
        { t: 'para', text: 'Ärztliche Bescheinigung zur Vorlage bei der zuständigen Stelle' },
        facts,
        {
          t: 'para',
          text: `Die Patientin / der Patient befindet sich seit dem ${from} in meiner regelmäßigen Behandlung. Aus ärztlicher Sicht besteht eine kostenaufwändige Ernährung (Mehrbedarf nach § 21 Abs. 5 SGB II). Die voraussichtliche Dauer beträgt 12 Monate.`,
        },
        { t: 'seal', text: `${name} ${line}` },
        sign,
      ],
    };
    const title = {
      school: 'Schulbescheinigung',
      birth: 'Geburtsurkunde',
      employer: 'Arbeitgeberbescheinigung',
      doctor: 'Ärztliches Attest',
    }[type];
    return {
      kind: 'certificate',
      title,
      sender: { name, lines: [line, where] },
      recipient: [],
      refs: [
        ['Datum', day],
        ...(type === 'school'
          ? []
          : ([['Nr.', `${digits(r, 1) && number + (type === 'birth' ? i * 37 : 0)}`]] as const)),
      ],
      blocks: bodies[type],
      footer: [name, `${line}, ${where}`],
      running: title,
      commonPages: 0,
    };
  });
  return { style: makeStyle(r), models };
}
