import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { projectPath } from '../../src/platform/env/project.ts';

/** A page of a paper: HTML for its body, its language, and whether it is written from right to left. */
export type WrittenPaper = { readonly language: string; readonly pages: readonly string[] };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** Paragraphs as HTML. */
export const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => `<p>${escaped(text)}</p>`).join('');
/** A table as HTML, one array a row. */
export const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

/** A PDF with a text layer in any script, as an office program writes it: letters are shaped, and run the way they do. */
export async function writtenPaper(browser: Browser, { language, pages }: WrittenPaper): Promise<Buffer> {
  const font = readFileSync(projectPath('node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf')).toString('base64');
  const direction = ['ar', 'fa', 'he'].includes(language) ? 'rtl' : 'ltr';
  const page = await browser.newPage();
  try {
    await page.setContent(
      `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8"><style>
@font-face { font-family: Paper; src: url(data:font/ttf;base64,${font}); }
body { font: 11pt/1.5 Paper; margin: 0 } section { break-after: page; padding: 10mm } td { padding: 1mm 4mm }
</style>${pages.map((body) => `<section>${body}</section>`).join('')}</html>`,
    );
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return await page.pdf({ format: 'A4' });
  } finally {
    await page.close();
  }
}

/** An employer's certificate in several languages: what it says, in plain sentences. */
export const certificates = {
  pl: [
    'Zaświadczenie o zatrudnieniu',
    'Zaświadcza się, że pani Anna Kowalska, urodzona 14 maja 1988 roku, jest zatrudniona w naszym zakładzie od dnia pierwszego marca na podstawie umowy o pracę na czas nieokreślony.',
    'Pracownica otrzymuje miesięczne wynagrodzenie, które jest wypłacane przelewem do dziesiątego dnia każdego miesiąca. Zaświadczenie wydaje się na prośbę pracownicy w celu przedłożenia w urzędzie.',
  ],
  tr: [
    'Çalışma belgesi',
    'Bu belge, adı geçen kişinin iş yerimizde mart ayından beri çalıştığını ve aylık ücretini banka hesabına aldığını göstermek üzere düzenlenmiştir.',
    'Çalışanımız haftada otuz saat çalışmaktadır ve sözleşmesi süresizdir. Belge, kendi isteği üzerine ilgili kuruma verilmek için hazırlanmıştır.',
  ],
  uk: [
    'Довідка про роботу',
    'Цим підтверджується, що пані Олена Шевченко працює на нашому підприємстві з першого березня і отримує щомісячну заробітну плату на свій рахунок у банку.',
    'Трудовий договір укладено на невизначений строк. Довідку видано на прохання працівниці для подання до установи за місцем проживання.',
  ],
  ar: [
    'شهادة عمل',
    'نشهد نحن الموقعين أدناه بأن السيدة المذكورة تعمل في شركتنا منذ الأول من شهر مارس وتتقاضى راتبا شهريا يحول إلى حسابها في المصرف.',
    'وقد أعطيت لها هذه الشهادة بناء على طلبها لتقديمها إلى الجهات المختصة، وعقد العمل غير محدد المدة وهي تعمل ثلاثين ساعة في الأسبوع.',
  ],
  en: [
    'Certificate of employment',
    'This is to certify that the above named person has been employed with our company since the first of March and receives a monthly salary, which is paid into her bank account.',
    'The contract of employment has no end date. This letter has been written at her own request, so that she can hand it in at the office where she lives.',
  ],
  ro: [
    'Adeverință de salariat',
    'Prin prezenta se adeverește că persoana menționată mai sus este angajată în societatea noastră de la întâi martie și primește un salariu lunar care este virat în contul său bancar.',
    'Contractul de muncă este încheiat pe durată nedeterminată. Adeverința a fost eliberată la cererea salariatei pentru a fi depusă la autoritatea competentă.',
  ],
  fr: [
    'Attestation de travail',
    'Nous attestons que la personne nommée ci-dessus est employée dans notre entreprise depuis le premier mars et perçoit un salaire mensuel qui est versé sur son compte bancaire.',
    'Le contrat de travail est conclu pour une durée indéterminée. La présente attestation est délivrée à sa demande pour être remise à qui de droit.',
  ],
  sq: [
    'Vërtetim pune',
    'Vërtetohet se personi i lartpërmendur është i punësuar në kompaninë tonë që nga një marsi dhe merr një pagë mujore, e cila derdhet në llogarinë e saj bankare.',
    'Kontrata e punës është lidhur për një kohë të pacaktuar. Ky vërtetim lëshohet me kërkesën e saj për ta dorëzuar në zyrën përkatëse.',
  ],
} as const;

/** German papers with much in them that is not German: names, shops, labels and figures. */
export const germanPapers = {
  letter: paragraphs(
    'Yıldız Gıda GmbH · Çiğdem Sokak 3 · 01235 Musterstadt',
    'Sehr geehrte Frau Öztürk,',
    'anbei erhalten Sie die Bescheinigung über Ihre Beschäftigung, um die Sie gebeten haben. Sie arbeiten seit dem ersten März bei uns und erhalten Ihren Lohn jeden Monat auf Ihr Konto. Bitte melden Sie sich, wenn Sie weitere Unterlagen von uns brauchen.',
    'Mit freundlichen Grüßen, Mehmet Yıldız',
  ),
  payslip:
    paragraphs('Entgeltabrechnung Oktober 2026', 'Ayşe Yıldırım, Mevlana Reinigung Ltd. Şti., geb. 03.04.1990') +
    table([
      ['Steuerklasse', '1', 'Kinderfreibetrag', '0,5'],
      ['Gesamtbrutto', '1.450,00', 'SV-Brutto', '1.450,00'],
      ['Lohnsteuer', '12,40', 'Krankenversicherung', '118,90'],
      ['Rentenversicherung', '134,85', 'Arbeitslosenversicherung', '18,85'],
      ['Überstunden netto', '38,00', 'Vermögenswirksame Leistung', '27,00'],
      ['Auszahlungsbetrag', '1.120,50', 'Personalnummer', '471108'],
    ]),
  statement:
    paragraphs('Kontoauszug 11/2026', 'Kontoinhaberin: Svitlana Kovalenko, alter Saldo 214,08') +
    table([
      ['02.11.', 'LIDL SAGT DANKE Kartenzahlung', '-23,41'],
      ['03.11.', 'Wise Payments Limited, transfer from Oleksandr Kovalenko', '150,00'],
      ['05.11.', 'Netflix International B.V., your monthly membership', '-9,99'],
      ['06.11.', 'Uber Eats, thank you for your order', '-18,20'],
      ['08.11.', 'Western Union, remesas a la familia', '-60,00'],
      ['10.11.', 'Dauerauftrag Miete Gartenstraße', '-480,00'],
    ]) +
    paragraphs('Bitte prüfen Sie die Umsätze und teilen Sie uns Einwendungen innerhalb von sechs Wochen mit.'),
  form:
    paragraphs('Hauptantrag', 'Zutreffendes bitte ankreuzen und in Druckbuchstaben ausfüllen.') +
    table([
      ['Name', 'Öztürk-Yılmaz'],
      ['Vorname', 'Gülşen Çağla'],
      ['Geburtsort', 'Kahramanmaraş, Dulkadiroğlu ilçesi'],
      ['Bevollmächtigter', 'Cumhur İbrahimoğlu'],
    ]),
} as const;
