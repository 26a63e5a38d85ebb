import type { FederalState } from '../../kernel/holidays.ts';
import type { Role } from '../../modules/identity/index.ts';
import type { Profile } from '../../modules/settings/index.ts';

/** An invented Jobcenter of the demonstration. */
export type DemoTenant = {
  readonly key: string;
  readonly name: string;
  readonly town: string;
  readonly postcode: string;
  readonly state: FederalState;
  readonly street: string;
  readonly phone: string;
  readonly hosts: readonly string[];
  readonly isDefault: boolean;
  readonly teams: readonly { readonly key: string; readonly name: string; readonly phone: string }[];
  readonly staff: readonly {
    readonly login: string;
    readonly name: string;
    readonly role: Role;
    readonly teams: readonly string[];
  }[];
};

const everyTeam = ['eingangszone', 'leistung', 'wohnen', 'vermittlung'];

/** Phone numbers are of the range 030 23125 that the Bundesnetzagentur keeps free for films and examples. */
const teams = (base: number) => [
  { key: 'eingangszone', name: 'Eingangszone', phone: `030 23125 ${base + 10}` },
  { key: 'leistung', name: 'Leistung', phone: `030 23125 ${base + 20}` },
  { key: 'wohnen', name: 'Wohnen', phone: `030 23125 ${base + 30}` },
  { key: 'vermittlung', name: 'Arbeit und Vermittlung', phone: `030 23125 ${base + 40}` },
];

/** Who is the data protection officer of a demonstration. */
export const privacyLogin = 'schutz';

const clerk = (login: string, name: string, ...own: string[]) => ({ login, name, role: 'clerk' as const, teams: own });

export const demoTenants: readonly DemoTenant[] = [
  {
    key: 'musterstadt',
    name: 'Jobcenter Musterstadt',
    town: 'Musterstadt',
    postcode: '00001',
    state: 'BB',
    street: 'Rathausplatz 1',
    phone: '030 23125 100',
    hosts: ['musterstadt.localhost'],
    isDefault: true,
    teams: teams(100),
    staff: [
      { login: 'leitung', name: 'Alex Leitner', role: 'lead', teams: everyTeam },
      clerk('empfang', 'Kim Empfang', 'eingangszone', 'leistung'),
      clerk('eingang1', 'Toni Tresen', 'eingangszone'),
      clerk('eingang2', 'Sascha Schalter', 'eingangszone'),
      clerk('leistung1', 'Robin Rechner', 'leistung'),
      clerk('leistung2', 'Mika Akte', 'leistung'),
      clerk('leistung3', 'Jona Bescheid', 'leistung'),
      clerk('leistung4', 'Chris Komma', 'leistung'),
      clerk('leistung5', 'Luca Lineal', 'leistung', 'wohnen'),
      clerk('wohnen1', 'Nico Nebenkosten', 'wohnen'),
      clerk('wohnen2', 'Eike Erker', 'wohnen'),
      clerk('vermittlung1', 'Jule Jobwort', 'vermittlung'),
      clerk('vermittlung2', 'Bo Brücke', 'vermittlung'),
      clerk('vermittlung3', 'Kai Kompass', 'vermittlung'),
      clerk('vermittlung4', 'Sam Startblock', 'vermittlung'),
      // The data protection officer (`privacyLogin`): of no team.
      clerk(privacyLogin, 'Mara Schutz'),
      { login: 'teamleitung', name: 'Dana Dienstplan', role: 'lead', teams: ['leistung', 'wohnen'] },
    ],
  },
  {
    key: 'kleinstadt',
    name: 'Jobcenter Kleinstadt',
    town: 'Kleinstadt',
    postcode: '00002',
    state: 'NW',
    street: 'Am Markt 3',
    phone: '030 23125 500',
    hosts: ['kleinstadt.localhost'],
    isDefault: false,
    teams: teams(500),
    staff: [
      { login: 'leitung', name: 'Pat Kleinert', role: 'lead', teams: everyTeam },
      clerk('eingang', 'Uli Ufer', 'eingangszone', 'wohnen'),
      clerk('leistung', 'Ina Inhalt', 'leistung'),
      clerk('vermittlung', 'Ole Otter', 'vermittlung'),
    ],
  },
];

/** Every text that must stand on every page; invented, and recognisable as such. */
export function demoProfile(tenant: DemoTenant): Profile {
  const place = `${tenant.street}, ${tenant.postcode} ${tenant.town}`;
  return {
    street: tenant.street,
    postcode: tenant.postcode,
    town: tenant.town,
    state: tenant.state,
    directions: {
      de: 'Straßenbahn 1 und 4, Haltestelle Rathaus. Der Eingang ist ohne Stufen.',
      en: 'Tram 1 and 4, stop Rathaus. The entrance has no steps.',
    },
    phone: tenant.phone,
    email: `post@${tenant.key}.example.org`,
    openingHours: [
      {
        days: { de: 'Montag, Dienstag, Freitag', en: 'Monday, Tuesday, Friday' },
        hours: { de: '8 bis 12:30 Uhr', en: '8 am to 12:30 pm' },
      },
      {
        days: { de: 'Donnerstag', en: 'Thursday' },
        hours: { de: '8 bis 12:30 Uhr und 14 bis 18 Uhr', en: '8 am to 12:30 pm and 2 to 6 pm' },
      },
    ],
    phoneHours: { de: 'Montag bis Freitag 8 bis 16 Uhr', en: 'Monday to Friday 8 am to 4 pm' },
    imprint: {
      de: `${tenant.name}\n${place}\nTelefon ${tenant.phone}\n\nDies ist eine Vorführung mit erfundenen Daten. Diesen Ort und dieses Jobcenter gibt es nicht.`,
      en: `${tenant.name}\n${place}\nPhone ${tenant.phone}\n\nThis is a demonstration with invented data. Neither the town nor this Jobcenter exists.`,
    },
    privacy: {
      de: `Verantwortlich für Ihre Daten ist das ${tenant.name}, ${place}.\n\nWir brauchen Ihre Angaben, um über Ihr Anliegen zu entscheiden (§§ 67a bis 67c SGB X). Bei jeder Frage steht, wofür wir die Antwort brauchen. Angaben zu Telefon und E-Mail sind freiwillig.\n\nIhre Unterlagen speichern wir verschlüsselt. Jeder Blick unserer Mitarbeitenden in Ihre Daten wird aufgeschrieben. Mit Ihrer Eingangsbestätigung können Sie sehen, wer Ihre Daten angesehen hat und warum.\n\nEinen Entwurf, den Sie nicht absenden, löschen wir 30 Tage nach Ihrer letzten Änderung.\n\nSie dürfen Auskunft über Ihre Daten verlangen, falsche Daten berichtigen lassen und sich beim Landesbeauftragten für den Datenschutz beschweren.`,
      en: `${tenant.name}, ${place}, is responsible for your data.\n\nWe need your details to decide on your concern (sections 67a to 67c SGB X). Each question says what we need the answer for. Phone and e-mail are voluntary.\n\nWe store your papers encrypted. Every look of our staff at your data is written down. With your receipt you can see who looked at your data and why.\n\nA draft that you do not send is deleted 30 days after your last change.\n\nYou may ask for information about your data, have wrong data corrected, and complain to the data protection commissioner of your state.`,
    },
    accessibility: {
      de: `Wir möchten, dass alle Menschen diese Seiten nutzen können. Grundlage ist die BITV 2.0.\n\nAlle Seiten funktionieren ohne JavaScript, nur mit der Tastatur und auf kleinen Bildschirmen. Noch nicht vorhanden sind Leichte Sprache und Gebärdensprache.\n\nFinden Sie eine Barriere? Rufen Sie uns an: ${tenant.phone}. Oder schreiben Sie uns: post@${tenant.key}.example.org.\n\nSind Sie mit unserer Antwort nicht zufrieden? Dann können Sie sich an die Durchsetzungsstelle Ihres Bundeslandes wenden.`,
      en: `We want everybody to be able to use these pages. They follow the BITV 2.0.\n\nAll pages work without JavaScript, by keyboard alone and on small screens. Easy-to-read German and sign language are not there yet.\n\nHave you found a barrier? Call us: ${tenant.phone}. Or write to us: post@${tenant.key}.example.org.\n\nIf you are not satisfied with our answer you can turn to the enforcement body of your state.`,
    },
  };
}
