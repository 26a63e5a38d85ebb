import type { LetterPaper, ReceiptPaper } from './papers.ts';
import { qrSvg } from './qr.ts';

/** How large a sample is. */
export interface SampleSize {
  readonly documents: number;
  readonly answers: number;
}

const URL = 'https://jobcenter.musterstadt.example/pruefen/MU-2026-004711?k=Zx81bQ';
const JWS = `eyJhbGciOiJFZERTQSIsImtpZCI6Im11c3RlcnN0YWR0LTIwMjYifQ.${'eyJudW1iZXIiOiJNVS0yMDI2LTAwNDcxMSJ9'.repeat(20)}.${'c2lnbmF0dXJl'.repeat(7)}`;
const LONG_NAME = `${'Scan_2026-11-19_Kontoauszug_Sparkasse_Musterstadt_'.repeat(4)}final(3).pdf`;

const paper = {
  lang: 'de',
  date: '2026-11-23',
  sender: {
    name: 'Jobcenter Musterstadt',
    lines: ['Am Muster 1, 12345 Musterstadt', 'Telefon 030 23125 100', 'jobcenter@example.org'],
  },
  running: 'Eingangsbestätigung MU-2026-004711',
  footer: 'Jobcenter Musterstadt',
  pageLabel: 'Seite {page} von {pages}',
};

/** A receipt of any size with fictitious content, for tests and for looking at the template. */
export function sampleReceipt({ documents, answers }: SampleSize): ReceiptPaper {
  const rows = Array.from({ length: answers }, (_, i) => ({
    question:
      i % 9 === 4
        ? 'Welche Personen leben mit Ihnen zusammen in der Wohnung? Bitte nennen Sie alle, auch Kinder.'
        : `Frage ${i + 1}`,
    answer:
      i % 25 === 7
        ? {
            columns: ['Name', 'Geburtsdatum', 'Verhältnis zu Ihnen'],
            rows: [
              ['Mina Beispielova', '03.04.2015', 'Kind'],
              ['Theo Beispiel', '12.11.2018', 'Kind'],
            ],
          }
        : i % 11 === 3
          ? `Erste Zeile\nZweite Zeile mit ${'sehrlangemwortohneleerzeichen'.repeat(5)}`
          : `Antwort ${i + 1}`,
  }));
  return {
    ...paper,
    title: 'Eingangsbestätigung',
    number: { label: 'Nummer', value: 'MU-2026-004711' },
    intro: 'Wir haben Ihre Angaben und Unterlagen vollständig erhalten und sicher gespeichert.',
    facts: [
      { label: 'Eingegangen am', value: '23. November 2026, 14:05 Uhr' },
      { label: 'Weg', value: 'Online-Portal' },
      { label: 'Von', value: 'Mina Beispielova-Überlang' },
      { label: 'Anliegen', value: 'Grundsicherungsgeld beantragen (Schritt 1)' },
    ],
    access: {
      heading: 'Ihr Zugangs-Code',
      code: 'K7QM-4TXA-9WRD',
      text: 'Mit der Nummer, Ihrem Geburtsdatum und diesem Code sehen Sie jederzeit, wie es weitergeht. Bewahren Sie den Code gut auf und geben Sie ihn nicht weiter.',
      url: 'jobcenter.musterstadt.example/stand',
    },
    next: {
      heading: 'Was passiert jetzt?',
      steps: [
        'Wir prüfen Ihre Angaben. Das dauert meistens weniger als zwei Wochen.',
        'Wenn etwas fehlt, schreiben wir Ihnen und nennen einen Termin.',
        'Sie bekommen einen Bescheid mit der Post oder online.',
      ],
      contact: 'Fragen? Team Leistung 2, Telefon 030 23125 120, montags bis freitags 8 bis 12 Uhr.',
    },
    documents: {
      heading: 'Unterlagen',
      none: 'Sie haben keine Unterlagen mitgeschickt.',
      labels: { position: 'Nr.', name: 'Name', pages: 'Seiten', size: 'Größe', hash: 'SHA-256' },
      rows: Array.from({ length: documents }, (_, i) => ({
        name: i === 1 ? LONG_NAME : `Kontoauszug Monat ${i + 1}.pdf`,
        pages: String((i % 4) + 1),
        size: `${120 + i} KB`,
        sha256: i.toString(16).padStart(2, '0').repeat(32).slice(0, 64),
      })),
    },
    answers: {
      heading: 'Ihre Angaben',
      intro: 'So haben wir Ihre Antworten erhalten.',
      labels: { question: 'Frage', answer: 'Ihre Antwort' },
      sections: [
        { title: 'A  Person', rows: rows.slice(0, Math.ceil(rows.length / 2)) },
        { title: 'B  Wohnung', rows: rows.slice(Math.ceil(rows.length / 2)) },
      ].filter((section) => section.rows.length > 0),
    },
    check: {
      heading: 'Echtheit prüfen',
      text: 'Jede Stelle kann diese Bestätigung prüfen: mit dem QR-Code auf der ersten Seite oder unter dieser Adresse.',
      url: URL,
      qr: qrSvg(URL),
      alt: 'QR-Code zur Prüfseite dieser Eingangsbestätigung',
    },
    signature: { heading: 'Elektronische Signatur', text: 'Signiert mit Ed25519 (JWS).', value: JWS },
  };
}

/** A letter with fictitious content. */
export const sampleLetter = (): LetterPaper => ({
  ...paper,
  running: 'Ihr Zeichen 4711',
  title: 'Bitte reichen Sie noch Unterlagen ein',
  returnLine: 'Jobcenter Musterstadt · Am Muster 1 · 12345 Musterstadt',
  recipient: ['Frau', 'Mina Beispielova', 'Lindenweg 12', '12345 Musterstadt'],
  facts: [
    { label: 'Datum', value: '23.11.2026' },
    { label: 'Nummer', value: 'MU-2026-004711' },
  ],
  salutation: 'Guten Tag Mina Beispielova,',
  parts: [
    { paragraphs: ['vielen Dank für Ihren Antrag. Damit wir weiterarbeiten können, fehlen noch diese Unterlagen:'] },
    { items: ['Mietvertrag, alle Seiten', 'Kontoauszüge der letzten drei Monate'] },
    { heading: 'Bis wann?', paragraphs: ['Bitte schicken Sie uns alles bis zum 14. Dezember 2026.'] },
  ],
  closing: 'Freundliche Grüße',
  signer: 'Jo Muster\nTeam Leistung 2',
  check: { text: 'Unterlagen online hochladen:', url: URL, qr: qrSvg(URL), alt: 'QR-Code zum Hochladen' },
});
