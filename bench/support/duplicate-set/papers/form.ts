import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Field, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { digits, euro, germanDay, iban, person, placeOf, town } from '../words.ts';

/** One printed form: filled in by several people, typed or by pen, and once left blank. */
export function filledForms(r: Random, count: number): Family {
  const where = placeOf(town(r));
  const name = r.pick([
    'Hauptantrag',
    'Anlage EK Einkommenserklärung',
    'Anlage KDU Unterkunft und Heizung',
    'Antrag auf Wohngeld',
    'Veränderungsmitteilung',
    'Antrag auf Leistungen für Bildung und Teilhabe',
  ]);
  const code = `${r.pick(['HA', 'EK', 'KDU', 'WG', 'VÄM', 'BuT'])}.${digits(r, 2)}.20${r.int(23, 26)}`;
  const [two, hand, blankAt] = [r.chance(0.4), r.chance(0.6), r.chance(0.5) ? count - 1 : -1];
  const layout = r.int(0, 2);
  const style = makeStyle(r);
  const models = Array.from({ length: count }, (_, i) =>
    form(r, { where, name, code, two, layout, hand: hand !== r.chance(0.15), blank: count > 1 && i === blankAt }),
  );
  return {
    style: { ...style, layout: r.pick(['dense', 'band', 'din', 'centre']), size: Math.min(10, style.size) },
    models,
  };
}

interface Sheet {
  readonly where: string;
  readonly name: string;
  readonly code: string;
  readonly two: boolean;
  readonly layout: number;
  readonly hand: boolean;
  readonly blank: boolean;
}

function form(r: Random, s: Sheet): Model {
  const p = person(r);
  const day = germanDay(2026, r.int(5, 11), r.int(1, 28));
  const f = (label: string, value: string, width: number): Field => ({
    label,
    value: s.blank ? '' : value,
    width,
    hand: s.hand,
  });
  const on = (): boolean => !s.blank && r.chance(0.4);
  const who: Block = {
    t: 'fields',
    rows: [
      [f('Familienname', p.family, 2), f('Vorname', p.given, 2), f('Geburtsdatum', p.born, 1.3)],
      [f('Straße, Hausnummer', p.street, 3), f('Postleitzahl, Ort', p.town, 3)],
      [
        f('Telefon (freiwillig)', `0${digits(r, 3)} ${digits(r, 7)}`, 2),
        f('Kundennummer', `${digits(r, 3)}D${digits(r, 6)}`, 2),
        f('Familienstand', r.pick(['ledig', 'verheiratet', 'geschieden', 'getrennt lebend']), 1.5),
      ],
    ],
  };
  const money: Block = {
    t: 'fields',
    rows: [
      [
        f('Arbeitgeber', r.pick(['Minijob Bäckerei', 'Spedition', 'keiner', 'Reinigung']), 3),
        f('Einkommen monatlich brutto', `${euro(r.int(90, 2400) * 100)} €`, 2),
      ],
      [
        f('Kindergeld', `${r.int(1, 3) * 255},00 €`, 1),
        f('Unterhalt', r.chance(0.5) ? '-' : `${r.int(120, 500)},00 €`, 1),
        f('Kaltmiete', `${r.int(250, 800)},00 €`, 1),
        f('Heizkosten', `${r.int(40, 120)},00 €`, 1),
      ],
      [f('IBAN', iban(r), 3), f('Kontoinhaber', p.name, 2)],
    ],
  };
  const checks: Block = {
    t: 'checks',
    rows: [
      [on(), 'Ich lebe allein.'],
      [on(), 'Ich lebe mit meiner Partnerin oder meinem Partner zusammen.'],
      [on(), 'Ich bin alleinerziehend.'],
      [on(), 'Ich habe einen Antrag auf andere Leistungen gestellt.'],
    ],
  };
  const hint: Block = {
    t: 'small',
    text: 'Ihre Angaben sind nach § 60 ff. SGB I erforderlich. Die Hinweise zum Datenschutz finden Sie in den Ausfüllhinweisen. Füllen Sie diesen Vordruck bitte in Druckbuchstaben aus. Die grau unterlegten Felder füllt die Behörde aus. Änderungen teilen Sie bitte unverzüglich mit.',
  };
  const sign: Block = {
    t: 'sign',
    names: ['Unterschrift der antragstellenden Person'],
    place: s.blank ? 'Ort, Datum: ____________' : `${placeOf(p.town)}, ${day}`,
    signed: !s.blank,
  };
  const children: Block[] = [
    { t: 'heading', text: 'Weitere Personen im Haushalt' },
    ...[1, 2, 3].map(
      (n): Block => ({
        t: 'fields',
        rows: [
          [
            f(`${n}. Person: Name`, n < 3 ? `${p.family}, ${person(r).given}` : '', 3),
            f('geboren am', n < 3 ? germanDay(r.int(1990, 2022), r.int(1, 12), r.int(1, 28)) : '', 1.4),
            f('Verhältnis', n < 3 ? r.pick(['Kind', 'Partner/in', 'Mutter']) : '', 1.4),
          ],
        ],
      }),
    ),
    { t: 'heading', text: 'Begründung' },
    {
      t: 'fields',
      rows: [
        [f('Ihre Angaben', r.pick(['Umzug wegen Trennung', 'Arbeit verloren', 'Kind geboren', 'Miete erhoeht']), 1)],
        [f('seit wann', germanDay(2026, r.int(1, 10), r.int(1, 28)), 1)],
      ],
    },
  ];
  const parts: Block[][] = [
    [
      { t: 'heading', text: 'A  Persönliche Daten' },
      who,
      { t: 'heading', text: 'B  Lebenssituation' },
      checks,
      { t: 'heading', text: 'C  Einkommen und Unterkunft' },
      money,
    ],
    [
      hint,
      { t: 'heading', text: '1. Angaben zur Person' },
      who,
      { t: 'heading', text: '2. Wirtschaftliche Verhältnisse' },
      money,
      checks,
    ],
    [checks, who, money, hint],
  ];
  return {
    kind: 'form',
    title: s.name,
    sender: { name: `Jobcenter ${s.where}`, lines: [] },
    recipient: [],
    refs: [['Vordruck', s.code]],
    blocks: [
      ...(parts[s.layout] as Block[]),
      ...(s.two ? [{ t: 'break' } as const, ...children] : []),
      sign,
      ...(s.layout === 0 ? [hint] : []),
    ],
    footer: [s.code, `Jobcenter ${s.where}`],
    running: `${s.name} ${s.code}`,
    commonPages: 0,
    blank: s.blank,
  };
}
