import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { addressOf, digits, firm, germanDay, later, longDay, person, street, town } from '../words.ts';

const reasons = [
  'Die Kündigung erfolgt aus betriebsbedingten Gründen. Ihr Arbeitsplatz entfällt durch die Schließung der Abteilung; eine Weiterbeschäftigung an anderer Stelle ist nicht möglich. Die Sozialauswahl wurde durchgeführt, der Betriebsrat wurde angehört.',
  'Die Kündigung erfolgt innerhalb der vereinbarten Probezeit mit der gesetzlichen Frist von zwei Wochen.',
  'Grund der Kündigung ist die wiederholte verspätete Arbeitsaufnahme trotz der Abmahnungen, die Sie bereits erhalten haben.',
];

/** Notices of termination: one employer ends the work of several people, or says it again with another date. */
export function terminations(r: Random, count: number): Family {
  const flat = r.chance(0.3);
  const employer = flat ? person(r).name : firm(r);
  const place = [street(r), town(r)];
  const first = person(r);
  const sent = germanDay(2026, r.int(1, 10), r.int(1, 28));
  const wait = r.pick([14, 28, 30, 60, 90]);
  const [reason, boss, number] = [r.pick(reasons), person(r).name, digits(r, 6)];
  const again = r.chance(0.5);
  const models = Array.from({ length: count }, (_, i): Model => {
    const who = i === 0 || again ? first : { ...first, ...person(r) };
    const day = again ? later(sent, i * 9) : sent;
    const end = again ? later(sent, wait + i * 30) : later(sent, wait);
    const title = flat ? 'Kündigung des Mietverhältnisses' : 'Kündigung Ihres Arbeitsverhältnisses';
    const body: Block[] = [
      { t: 'para', text: `Sehr geehrte/r ${who.name},` },
      {
        t: 'para',
        text: flat
          ? `hiermit kündigen wir das Mietverhältnis über die Wohnung ${first.street}, ${first.town}, ordentlich und fristgerecht zum ${longDay(end)}, hilfsweise zum nächstmöglichen Zeitpunkt.`
          : `hiermit kündigen wir das mit Ihnen bestehende Arbeitsverhältnis (Personal-Nr. ${number}) ordentlich und fristgerecht zum ${longDay(end)}, hilfsweise zum nächstmöglichen Termin.`,
      },
      {
        t: 'para',
        text: flat
          ? 'Wir benötigen die Wohnung für einen Familienangehörigen (Eigenbedarf, § 573 Abs. 2 Nr. 2 BGB). Sie können der Kündigung nach § 574 BGB widersprechen; der Widerspruch ist spätestens zwei Monate vor Ablauf schriftlich zu erklären.'
          : reason,
      },
      {
        t: 'para',
        text: flat
          ? 'Bitte stimmen Sie einen Termin für die Übergabe mit uns ab.'
          : 'Noch offene Urlaubsansprüche gewähren wir innerhalb der Kündigungsfrist. Wir weisen darauf hin, dass Sie verpflichtet sind, sich spätestens drei Monate vor Ende des Arbeitsverhältnisses, sonst innerhalb von drei Tagen, bei der Agentur für Arbeit arbeitsuchend zu melden (§ 38 SGB III).',
      },
      { t: 'para', text: 'Bitte bestätigen Sie den Erhalt dieses Schreibens auf der beigefügten Kopie.' },
      { t: 'para', text: 'Mit freundlichen Grüßen' },
      { t: 'sign', names: [boss], place: '', signed: true },
    ];
    return {
      kind: 'termination',
      title,
      sender: { name: employer, lines: place },
      recipient: addressOf(who),
      refs: [
        ['Datum', day],
        ['Zeichen', `${number.slice(0, 2)}/${boss.slice(0, 2)}`],
      ],
      blocks: body,
      footer: [employer, place.join(', ')],
      running: `${title} ${who.name}`,
      commonPages: 0,
    };
  });
  return { style: makeStyle(r), models };
}
