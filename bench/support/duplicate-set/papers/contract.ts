import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import {
  addressOf,
  digits,
  euro,
  firm,
  germanDay,
  iban,
  later,
  longDay,
  person,
  placeOf,
  street,
  town,
} from '../words.ts';
import { houseRules, leaseTerms } from './terms.ts';

/** A rent contract and its amended versions: same parties and text, one figure or date changed. */
export function contracts(r: Random, count: number): Family {
  const tenant = person(r);
  const private_ = r.chance(0.5);
  const landlord = private_ ? person(r).name : `${firm(r).split(' ')[0]} Wohnbau GmbH`;
  const flat = street(r);
  const where = town(r);
  const signed = germanDay(r.int(2019, 2026), r.int(1, 12), r.int(1, 28));
  const deal: Deal = {
    tenant,
    landlord,
    landlordAddress: [street(r), town(r)],
    flat,
    where,
    signed,
    from: later(signed, r.int(10, 45)),
    rooms: r.int(1, 4),
    area: r.int(28, 96),
    floor: r.pick(['Erdgeschoss', '1. Obergeschoss links', '2. Obergeschoss rechts', 'Dachgeschoss']),
    cold: r.int(24, 78) * 1000 + r.pick([0, 500, 0, 250]),
    side: r.int(6, 16) * 1000,
    heat: r.int(4, 12) * 1000,
    number: `${digits(r, 3)}-${digits(r, 4)}/${r.int(1, 30)}`,
    account: iban(r),
    long: r.int(6, leaseTerms.length),
    rules: r.chance(0.5),
    form: r.chance(0.4),
  };
  const models = [contract(deal)];
  while (models.length < count)
    models.push(
      contract(
        r.pick([
          { ...deal, cold: deal.cold + r.pick([1000, 1500, 2500, 100]) * models.length },
          { ...deal, from: later(deal.from, 31 * models.length), signed: later(deal.signed, 14 * models.length) },
          { ...deal, side: deal.side + 500 * models.length },
        ]),
      ),
    );
  return { style: { ...makeStyle(r), pageNumbers: 'foot' }, models };
}

interface Deal {
  readonly tenant: ReturnType<typeof person>;
  readonly landlord: string;
  readonly landlordAddress: readonly string[];
  readonly flat: string;
  readonly where: string;
  readonly signed: string;
  readonly from: string;
  readonly rooms: number;
  readonly area: number;
  readonly floor: string;
  readonly cold: number;
  readonly side: number;
  readonly heat: number;
  readonly number: string;
  readonly account: string;
  readonly long: number;
  readonly rules: boolean;
  readonly form: boolean;
}

function contract(d: Deal): Model {
  const all = d.cold + d.side + d.heat;
  const rent: Block = d.form
    ? {
        t: 'fields',
        rows: [
          [
            { label: 'Grundmiete monatlich (EUR)', value: euro(d.cold), width: 1, hand: true },
            { label: 'Betriebskosten (EUR)', value: euro(d.side), width: 1, hand: true },
          ],
          [
            { label: 'Heizung und Warmwasser (EUR)', value: euro(d.heat), width: 1, hand: true },
            { label: 'Gesamtmiete (EUR)', value: euro(all), width: 1, hand: true },
          ],
        ],
      }
    : {
        t: 'table',
        head: ['Mietbestandteil', 'monatlich EUR'],
        widths: [4, -2],
        rows: [
          ['Grundmiete (Nettokaltmiete)', euro(d.cold)],
          ['Vorauszahlung Betriebskosten', euro(d.side)],
          ['Vorauszahlung Heizung/Warmwasser', euro(d.heat)],
        ],
        total: ['Gesamtmiete', euro(all)],
      };
  const terms = leaseTerms.slice(0, d.long).flatMap(([title, text], i): Block[] => [
    { t: 'heading', text: `§ ${i + 4} ${title}` },
    { t: 'para', text },
  ]);
  return {
    kind: 'rent-contract',
    title: 'Mietvertrag über Wohnraum',
    sender: { name: d.landlord, lines: d.landlordAddress },
    recipient: [],
    refs: [
      ['Vertrag', d.number],
      ['Datum', d.signed],
    ],
    blocks: [
      {
        t: 'para',
        text: `Zwischen ${d.landlord}, ${d.landlordAddress.join(', ')} (Vermieter) und ${addressOf(d.tenant).join(', ')}, geboren am ${d.tenant.born} (Mieter) wird folgender Mietvertrag geschlossen:`,
      },
      { t: 'heading', text: '§ 1 Mieträume' },
      {
        t: 'para',
        text: `Vermietet wird im Haus ${d.flat}, ${d.where}, ${d.floor}, eine Wohnung mit ${d.rooms} Zimmer(n), Küche, Bad und Keller, Wohnfläche ${d.area} m², zu Wohnzwecken. Dem Mieter werden 2 Haustür-, 2 Wohnungs- und 1 Briefkastenschlüssel übergeben.`,
      },
      { t: 'heading', text: '§ 2 Mietzeit' },
      {
        t: 'para',
        text: `Das Mietverhältnis beginnt am ${d.from} und läuft auf unbestimmte Zeit. Es gelten die gesetzlichen Kündigungsfristen.`,
      },
      { t: 'heading', text: '§ 3 Miete' },
      rent,
      {
        t: 'para',
        text: `Die Miete ist monatlich im Voraus, spätestens am dritten Werktag, auf das Konto ${d.account} zu zahlen. Die Kaution beträgt ${euro(d.cold * 3)} EUR.`,
      },
      ...terms,
      {
        t: 'sign',
        names: [`${d.landlord} (Vermieter)`, `${d.tenant.name} (Mieter)`],
        place: `${placeOf(d.where)}, den ${longDay(d.signed)}`,
        signed: true,
      },
      ...(d.rules
        ? [
            { t: 'break' } as const,
            { t: 'heading', text: 'Hausordnung' } as const,
            ...houseRules.map((text): Block => ({ t: 'para', text })),
          ]
        : []),
    ],
    footer: ['Mietvertrag Wohnraum', d.form ? 'Formular WV 12' : ''],
    running: d.form || d.rules ? 'Mietvertrag über Wohnraum' : `Mietvertrag ${d.number} ${d.flat}`,
    commonPages: d.rules ? 1 : 0,
  };
}
