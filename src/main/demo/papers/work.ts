// Papers of employers and authorities about a person.
import { addDays } from '../../../kernel/dates.ts';
import { euro, germanDay, germanMonth, monthEnd, monthStart } from '../calendar.ts';
import type { DemoPerson } from '../households.ts';
import { type DemoAddress, type DemoCompany, inGroups } from '../places.ts';
import type { PaperFacts } from './facts.ts';
import { payDay, payOf } from './payroll.ts';
import { A4, createPdf } from './pdf-writer.ts';
import { createSheet, MARK } from './sheet.ts';

export const nameOf = (person: DemoPerson): string => `${person.givenName} ${person.familyName}`;
export const linesOf = (address: DemoAddress): [string, string] => [
  `${address.street} ${address.houseNumber}`,
  `${address.postalCode} ${address.city}`,
];
export const headOf = (company: DemoCompany): string[] => [...linesOf(company.address), `Telefon ${company.phone}`];

export function drawPayslip({ person, address, job, bank, month }: PaperFacts['payslip']): Uint8Array {
  const pay = payOf(job);
  const sheet = createSheet(`Abrechnung ${germanMonth(month)}`);
  sheet.letterhead(job.employer.name, headOf(job.employer));
  sheet.recipient([nameOf(person), ...linesOf(address)]);
  sheet.title('Abrechnung der Brutto-Netto-Bezüge', germanMonth(month));
  sheet.pairs([
    ['Personalnummer', String(1000 + person.key.length * 37 + job.hoursPerWeek)],
    ['Geburtsdatum', germanDay(person.birthDate)],
    ['Tätigkeit', `${job.title}, ${job.hoursPerWeek} Stunden je Woche`],
    ['Eintritt', germanDay(job.since)],
    ['Abrechnungszeitraum', `${germanDay(monthStart(month))} bis ${germanDay(monthEnd(month))}`],
  ]);
  const rows: string[][] = [
    ['100', 'Lohn/Gehalt', euro(pay.grossCents)],
    ['', 'Gesamtbrutto', euro(pay.grossCents)],
  ];
  pay.deductions.forEach(([label, cents], i) => void rows.push([String(700 + i * 10), label, euro(cents)]));
  rows.push(['', 'Nettoverdienst', euro(pay.netCents)], ['', 'Auszahlungsbetrag', euro(pay.netCents)]);
  sheet.table(
    [
      { head: 'Art', at: 0 },
      { head: 'Bezeichnung', at: 60 },
      { head: 'Betrag EUR', at: 480, right: true },
    ],
    rows,
    new Set([1, rows.length - 2, rows.length - 1]),
  );
  sheet.paragraph(`Auszahlung am ${germanDay(payDay(month))} auf das Konto ${inGroups(bank.iban)}, ${bank.bank}.`);
  return sheet.finish();
}

export function drawTerminationNotice({
  person,
  address,
  job,
  date,
  lastDay,
}: PaperFacts['termination-notice']): Uint8Array {
  const sheet = createSheet('Kündigung');
  sheet.letterhead(job.employer.name, headOf(job.employer));
  sheet.recipient([nameOf(person), ...linesOf(address)]);
  sheet.title('Kündigung Ihres Arbeitsverhältnisses', germanDay(date));
  sheet.paragraph(`Guten Tag ${nameOf(person)},`);
  sheet.paragraph(
    `hiermit kündigen wir das seit dem ${germanDay(job.since)} bestehende Arbeitsverhältnis als ${job.title} ordentlich und fristgerecht zum ${germanDay(lastDay)}. Grund ist der Rückgang der Aufträge.`,
  );
  sheet.paragraph(
    `Ihren Lohn erhalten Sie bis zum letzten Tag. Nicht genommener Urlaub wird mit der letzten Abrechnung ausgezahlt. Ihre Arbeitspapiere schicken wir Ihnen bis zum ${germanDay(addDays(lastDay, 10))} zu.`,
  );
  sheet.paragraph('Bitte melden Sie sich innerhalb von drei Tagen bei der Agentur für Arbeit arbeitsuchend.');
  sheet.paragraph('Mit freundlichen Grüßen');
  sheet.signature(job.employer.address.city, job.employer.name);
  return sheet.finish();
}

export function drawSickNote({ person, from, to, followUp }: PaperFacts['sick-note']): Uint8Array {
  const sheet = createSheet('Arbeitsunfähigkeitsbescheinigung');
  sheet.letterhead('Praxis Dr. Fabelhaupt', ['Wolkensteig 3', '12345 Musterstadt', 'Telefon 030 23125 700']);
  sheet.title('Arbeitsunfähigkeitsbescheinigung', followUp ? 'Folgebescheinigung' : 'Erstbescheinigung');
  sheet.pairs([
    ['Versicherte Person', nameOf(person)],
    ['Geburtsdatum', germanDay(person.birthDate)],
    ['Arbeitsunfähig seit', germanDay(from)],
    ['Voraussichtlich bis einschließlich', germanDay(to)],
    ['Festgestellt am', germanDay(from)],
  ]);
  sheet.paragraph('Ausfertigung für den Arbeitgeber oder die zuständige Stelle. Sie enthält keine Diagnose.');
  sheet.signature('Musterstadt', 'Dr. Fabelhaupt');
  return sheet.finish();
}

const CERTIFICATES = {
  'health-insurance': {
    from: 'Krankenkasse Beispiel',
    title: 'Mitgliedsbescheinigung',
    text: 'ist bei uns seit dem 01.01.2022 krankenversichert und pflegeversichert. Die Versicherung besteht weiter.',
  },
  'child-benefit': {
    from: 'Familienkasse Musterland',
    title: 'Bescheinigung über Kindergeld',
    text: 'erhält laufend Kindergeld für die im Haushalt lebenden Kinder. Der Anspruch wird monatlich auf das bekannte Konto gezahlt.',
  },
  registration: {
    from: 'Bürgeramt',
    title: 'Meldebescheinigung',
    text: 'ist mit alleiniger Wohnung unter der oben genannten Anschrift gemeldet.',
  },
} as const;

export function drawCertificate({ person, address, date, subject }: PaperFacts['certificate']): Uint8Array {
  const { from, title, text } = CERTIFICATES[subject];
  const sheet = createSheet(title);
  sheet.letterhead(subject === 'registration' ? `${from} ${address.city}` : from, [
    'Postfach 4711',
    `${address.postalCode} ${address.city}`,
  ]);
  sheet.recipient([nameOf(person), ...linesOf(address)]);
  sheet.title(title, germanDay(date));
  sheet.paragraph(`${nameOf(person)}, geboren am ${germanDay(person.birthDate)} in ${person.birthPlace}, ${text}`);
  sheet.paragraph(
    'Diese Bescheinigung dient zur Vorlage bei Behörden. Sie wurde maschinell erstellt und ist ohne Unterschrift gültig.',
  );
  return sheet.finish();
}

export function drawSchoolCertificate({ person, school, date, until }: PaperFacts['school-certificate']): Uint8Array {
  const sheet = createSheet('Schulbescheinigung');
  sheet.letterhead(school, ['Am Probelauf 1', '12345 Musterstadt', 'Telefon 030 23125 650']);
  sheet.title('Schulbescheinigung', germanDay(date));
  sheet.paragraph(
    `${nameOf(person)}, geboren am ${germanDay(person.birthDate)}, besucht unsere Schule. Der Schulbesuch dauert voraussichtlich bis zum ${germanDay(until)}.`,
  );
  sheet.signature('Musterstadt', 'Schulsekretariat');
  return sheet.finish();
}

/** Both sides of a card on one sheet, as a copier gives them; a silhouette instead of a face. */
export function drawIdCopy({ person, address, validUntil }: PaperFacts['id-copy']): Uint8Array {
  const pdf = createPdf('Ausweiskopie');
  pdf.page();
  pdf.text(A4.width / 2, 24, MARK, { size: 8, grey: 0.35, align: 'center' });
  const card = (top: number, rows: readonly (readonly [string, string])[], left: number): void => {
    pdf.box(120, top, 350, 220, 0.9, true);
    pdf.text(170, top + 190, MARK, { size: 16, grey: 0.75, angle: 24, bold: true });
    pdf.text(136, top + 24, 'MUSTERLAND – AUSWEIS – KEIN AMTLICHES DOKUMENT', { size: 9, bold: true });
    rows.forEach(([label, value], i) => {
      pdf.text(left, top + 48 + i * 30, label, { size: 6.5, grey: 0.35 });
      pdf.text(left, top + 60 + i * 30, value, { size: 11, bold: true });
    });
  };
  card(
    90,
    [
      ['Name', person.familyName],
      ['Vornamen', person.givenName],
      ['Geburtstag, Geburtsort', `${germanDay(person.birthDate)}  ${person.birthPlace}`],
      ['Staatsangehörigkeit', person.nationality],
      ['Gültig bis', germanDay(validUntil)],
    ],
    250,
  );
  pdf.raw('0.6 g 188 626 34 40 re f 0.6 g 165 570 80 50 re f');
  card(
    350,
    [
      ['Anschrift', linesOf(address).join(', ')],
      ['Ausstellende Stelle', `Stadt ${address.city}`],
      ['Nummer', 'MUSTER0000'],
    ],
    140,
  );
  return pdf.finish();
}

export function drawLetter({ person, address, date, subject, text }: PaperFacts['letter']): Uint8Array {
  const sheet = createSheet(subject);
  sheet.recipient([nameOf(person), ...linesOf(address)]);
  sheet.recipient([`Jobcenter ${address.city}`, `${address.postalCode} ${address.city}`]);
  sheet.paragraph(`${address.city}, ${germanDay(date)}`);
  sheet.title(subject);
  sheet.paragraph('Sehr geehrte Damen und Herren,');
  sheet.paragraph(text);
  sheet.paragraph('Mit freundlichen Grüßen');
  sheet.signature(address.city, nameOf(person));
  return sheet.finish();
}
