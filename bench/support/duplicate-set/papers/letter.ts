import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import {
  addressOf,
  digits,
  euro,
  germanDay,
  later,
  longDay,
  monthName,
  person,
  placeOf,
  relative,
  street,
  town,
} from '../words.ts';

const remedy =
  'Rechtsbehelfsbelehrung: Gegen diesen Bescheid kann jeder Betroffene innerhalb eines Monats nach Bekanntgabe Widerspruch erheben. Der Widerspruch ist schriftlich, elektronisch oder zur Niederschrift bei der oben genannten Stelle einzulegen.';

/** Letters of an authority: issued again with another date and deadline, another amount, or to another of the household. */
export function letters(r: Random, count: number): Family {
  const who = person(r);
  const where = town(r);
  const type = r.pick(['award', 'request', 'invitation'] as const);
  const office = {
    name: r.pick([
      `Jobcenter ${placeOf(where)}`,
      `Stadt ${placeOf(where)} - Der Oberbürgermeister`,
      `Landratsamt ${placeOf(where)}`,
    ]),
    lines: [street(r), where, `Telefon 0${digits(r, 4)} ${digits(r, 5)}`],
  };
  const [number, clerk] = [`${digits(r, 5)}//00${digits(r, 5)}`, person(r).name];
  const first = germanDay(2026, r.int(1, 10), r.int(1, 28));
  const [need, rent, start, hour] = [
    r.pick([56_300, 50_600, 45_100]),
    r.int(300, 900) * 100,
    r.int(1, 7),
    r.int(8, 15),
  ];
  const change = type === 'award' ? r.int(0, 2) : r.pick([0, 2]);
  const models = Array.from({ length: count }, (_, i): Model => {
    const sent = change === 1 ? first : later(first, i * 13);
    const to = change === 2 && i > 0 ? relative(r, who, 1965, 2005) : who;
    const money = need + rent + (change === 1 ? i * 1_150 : 0);
    const months = Array.from({ length: 6 }, (_, k) => [
      `${monthName(start + k)} 2026`,
      euro(need),
      euro(money - need),
      euro(money),
    ]);
    const award: Block[] = [
      {
        t: 'para',
        text: `Guten Tag ${to.name}, für die Zeit vom ${germanDay(2026, start, 1)} bis ${germanDay(2026, start + 5, 28)} bewillige ich Ihnen Leistungen zur Sicherung des Lebensunterhalts nach dem Zweiten Buch Sozialgesetzbuch in folgender Höhe:`,
      },
      { t: 'table', head: ['Monat', 'Regelbedarf', 'Unterkunft', 'Gesamt EUR'], widths: [3, -2, -2, -2], rows: months },
      { t: 'heading', text: 'Begründung' },
      {
        t: 'para',
        text: 'Sie haben die Voraussetzungen nach § 7 Abs. 1 SGB II nachgewiesen. Die Bedarfe für Unterkunft und Heizung werden in tatsächlicher Höhe anerkannt, soweit sie angemessen sind. Änderungen in Ihren Verhältnissen teilen Sie bitte unaufgefordert und unverzüglich mit.',
      },
      { t: 'para', text: remedy },
    ];
    const request: Block[] = [
      {
        t: 'para',
        text: `Guten Tag ${to.name}, Ihr Antrag ist eingegangen. Um über Ihren Anspruch entscheiden zu können, benötige ich noch folgende Unterlagen:`,
      },
      {
        t: 'list',
        items: [
          'Kontoauszüge der letzten drei Monate',
          'Nachweis über die aktuelle Miete und Heizkosten',
          'Lohnabrechnung des letzten Monats',
          'Bescheinigung der Krankenkasse',
        ],
      },
      { t: 'para', bold: true, text: `Bitte reichen Sie die Unterlagen bis zum ${longDay(later(sent, 17))} ein.` },
      {
        t: 'para',
        text: 'Haben Sie bis zum genannten Termin nicht reagiert oder die erforderlichen Unterlagen nicht eingereicht, können die Geldleistungen ganz versagt werden, bis Sie die Mitwirkung nachholen (§§ 60, 66, 67 SGB I).',
      },
      { t: 'small', text: remedy },
    ];
    const invitation: Block[] = [
      {
        t: 'para',
        text: `Guten Tag ${to.name}, ich möchte mit Ihnen Ihre berufliche Situation besprechen. Bitte kommen Sie am`,
      },
      {
        t: 'facts',
        rows: [
          ['Tag', longDay(later(sent, 12))],
          ['Uhrzeit', `${hour}:30 Uhr`],
          ['Ort', office.lines.slice(0, 2).join(', ')],
          ['Zimmer', `${number.slice(0, 3)}`],
        ],
      },
      {
        t: 'para',
        text: 'Bitte bringen Sie Ihren Lebenslauf und aktuelle Bewerbungen mit. Dies ist eine Einladung nach § 59 SGB II in Verbindung mit § 309 Abs. 1 SGB III. Wenn Sie ohne wichtigen Grund nicht erscheinen, kann Ihr Regelbedarf gemindert werden. Reisekosten werden auf Antrag erstattet.',
      },
    ];
    const body = { award, request, invitation }[type];
    const title = {
      award: 'Bescheid über Leistungen zur Sicherung des Lebensunterhalts',
      request: 'Aufforderung zur Mitwirkung',
      invitation: 'Einladung',
    }[type];
    return {
      kind: 'letter',
      title,
      sender: office,
      recipient: addressOf(to),
      refs: [
        ['Datum', sent],
        ['Mein Zeichen', number],
        ['Auskunft', clerk],
      ],
      blocks: [
        ...body,
        { t: 'para', text: 'Mit freundlichen Grüßen' },
        { t: 'sign', names: [clerk], place: '', signed: number.charCodeAt(0) % 2 === 0 },
      ],
      footer: [office.name, office.lines[0] as string, 'Mo-Fr 8-12 Uhr'],
      running: `${title} ${number} ${sent}`,
      commonPages: 0,
    };
  });
  return { style: makeStyle(r), models };
}
