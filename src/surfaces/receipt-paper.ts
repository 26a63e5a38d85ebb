import { dayInGermany } from '../kernel/dates.ts';
import type { FormDefinition, FrozenAnswers, FrozenItem } from '../modules/forms/index.ts';
import type { Receipt, Submission } from '../modules/intake/index.ts';
import { addressLines, linesOf } from '../modules/notices/index.ts';
import type { Jobcenter, Profile, Team } from '../modules/settings/index.ts';
import { type Language, translate } from '../platform/i18n/index.ts';
import { qrSvg } from '../platform/pdf/index.ts';
import type { AnswerText, ReceiptPaper } from '../platform/pdf/papers.ts';
import { formatBytes, formatDate, formatDateTime } from '../ui/format.ts';
import { hasPortal, portalAddress, returnLink } from './portal-address.ts';
import type { Services } from './services.ts';

export type ReceiptPaperInput = {
  readonly jobcenter: Pick<Jobcenter, 'name' | 'hosts' | 'isDefault' | 'practiceOf'>;
  readonly profile: Profile | undefined;
  readonly receipt: Receipt;
  readonly submission: Submission;
  /** Missing when the concern is no longer offered; the receipt then shows its key. */
  readonly form: FormDefinition | undefined;
  readonly language: Language;
  /** Printed only for the person themselves: whoever holds number, birth date and code sees the state of the case. */
  readonly accessCode?: string;
  /** With it more papers for the case can be handed in, by phone or on paper; needs the birth date besides. */
  readonly returnCode?: string;
  /** Nobody knows the day of birth: the code then tells where paper belongs, and opens nothing online. */
  readonly paperOnly?: boolean;
  readonly team?: Pick<Team, 'name' | 'phone'>;
  /** The day by which the office answers, ISO. */
  readonly dueOn?: string;
  /** Name and address in lines, where the receipt goes out by post. */
  readonly recipient?: string;
};

/** The public page where anybody can check a receipt. */
export const checkPath = (number: string): string => `/pruefen/${number}`;

/**
 * The receipt as paper: the same for every channel, whoever hands it out. Takes what was received, gives the data of
 * `receipt.typ` with every text translated.
 */
export function receiptPaper(services: Pick<Services, 'baseUrl'>, input: ReceiptPaperInput): ReceiptPaper {
  const { receipt, language, accessCode } = input;
  const t = translate(language);
  const portal = portalAddress(services, input.jobcenter);
  const checkUrl = `${portal}${checkPath(receipt.number)}`;
  const reached = hasPortal(input.jobcenter);
  return {
    lang: language,
    date: dayInGermany(receipt.issuedAt),
    title: t('receipt:title'),
    sender: sender(input),
    ...window(input),
    running: t('receipt:running', { number: receipt.number }),
    footer: input.jobcenter.name,
    pageLabel: t('receipt:pageLabel'),
    number: { label: t('receipt:number'), value: receipt.number },
    intro: reached ? t('receipt:intro') : `${t('help:practice.noPortal')} ${t('receipt:intro')}`,
    facts: facts(input),
    ...(accessCode === undefined
      ? {}
      : {
          access: {
            heading: t('receipt:access.heading'),
            code: accessCode,
            text: t('receipt:access.text'),
            ...(reached ? { url: `${portal}/stand` } : {}),
          },
        }),
    next: next(input),
    ...more(services, input),
    documents: documents(input),
    ...answers(input),
    ...(reached
      ? {
          check: {
            heading: t('receipt:check.heading'),
            text: t('receipt:check.text'),
            url: checkUrl,
            qr: qrSvg(checkUrl),
            alt: t('receipt:check.alt'),
          },
        }
      : {}),
    signature: { heading: t('receipt:signature.heading'), text: t('receipt:signature.text'), value: receipt.signature },
  };
}

function sender({ jobcenter, profile, language }: ReceiptPaperInput): ReceiptPaper['sender'] {
  const t = translate(language);
  if (profile === undefined) return { name: jobcenter.name, lines: [] };
  const lines = [
    `${profile.street}, ${profile.postcode} ${profile.town}`,
    t('receipt:phone', { phone: profile.phone }),
    profile.email,
  ];
  return { name: jobcenter.name, lines };
}

/** What shows in the window of the envelope. A receipt of a practice Jobcenter has no address: it goes nowhere. */
function window({ jobcenter, profile, recipient, language }: ReceiptPaperInput): Pick<ReceiptPaper, 'window'> {
  if (recipient === undefined) return {};
  const place = profile === undefined ? [] : [profile.street, `${profile.postcode} ${profile.town}`];
  const lines = linesOf(recipient).slice(0, addressLines);
  return {
    window: {
      returnLine: [jobcenter.name, ...place].join(' · '),
      recipient: jobcenter.practiceOf == null ? lines : [translate(language)('help:practice.recipient')],
    },
  };
}

function facts({ receipt, submission, form, language }: ReceiptPaperInput): ReceiptPaper['facts'] {
  const t = translate(language);
  const { person } = submission;
  const name = `${person.givenName} ${person.familyName}`.trim();
  return [
    { label: t('receipt:facts.receivedAt'), value: formatDateTime(receipt.payload.receivedAt, language, t) },
    { label: t('receipt:facts.channel'), value: t(`receipt:channel.${receipt.payload.channel}`) },
    ...(name === '' ? [] : [{ label: t('receipt:facts.person'), value: name }]),
    ...(person.birthDate === undefined
      ? []
      : [{ label: t('receipt:facts.birthDate'), value: formatDate(person.birthDate, language) }]),
    { label: t('receipt:facts.concern'), value: form?.title[language] ?? submission.concern },
  ];
}

function next({ team, dueOn, profile, language }: ReceiptPaperInput): NonNullable<ReceiptPaper['next']> {
  const t = translate(language);
  const steps = [
    team === undefined ? t('receipt:next.reads') : t('receipt:next.teamReads', { team: team.name }),
    t('receipt:next.missing'),
    dueOn === undefined ? t('receipt:next.answer') : t('receipt:next.answerBy', { date: formatDate(dueOn, language) }),
  ];
  const phone = team?.phone ?? profile?.phone;
  const who = team?.name ?? t('receipt:next.house');
  return {
    heading: t('receipt:next.heading'),
    steps,
    ...(phone === undefined ? {} : { contact: t('receipt:next.contact', { who, phone }) }),
  };
}

function documents({ receipt, language }: ReceiptPaperInput): ReceiptPaper['documents'] {
  const t = translate(language);
  const label = (name: string): string => t(`receipt:documents.${name}`);
  return {
    heading: label('heading'),
    none: label('none'),
    labels: {
      position: label('position'),
      name: label('name'),
      pages: label('pages'),
      size: label('size'),
      hash: label('hash'),
    },
    rows: receipt.payload.documents.map((d) => ({
      name: d.name,
      pages: String(d.pages),
      size: formatBytes(d.bytes, language, t),
      sha256: d.sha256,
    })),
  };
}

/**
 * A second QR code, not a way on from the check page: that one is shown to landlords and banks and must lead into nobody's case.
 */
function more(services: Pick<Services, 'baseUrl'>, input: ReceiptPaperInput): Pick<ReceiptPaper, 'more'> {
  const t = translate(input.language);
  if (input.returnCode === undefined) return {};
  const url = returnLink(services, input.jobcenter, input.returnCode);
  const online = input.paperOnly === true ? 'receipt:more.paper' : 'receipt:more.text';
  const text = t(hasPortal(input.jobcenter) ? online : 'help:practice.scan');
  const words = { heading: t('receipt:more.heading'), text, alt: t('receipt:more.alt') };
  return { more: { ...words, url, qr: qrSvg(url) } };
}

/** The answers as they were frozen: in the language they were given in, never computed again. */
function answers({ submission, language }: ReceiptPaperInput): Pick<ReceiptPaper, 'answers'> {
  const t = translate(language);
  const sections = frozenSections(submission.frozen).map((section) => ({
    title: section.title,
    rows: section.items.map((item) => ({ question: item.label, answer: answerText(item) })),
  }));
  if (sections.length === 0) return {};
  return {
    answers: {
      heading: t('receipt:answers.heading'),
      intro: t('receipt:answers.intro'),
      labels: { question: t('receipt:answers.question'), answer: t('receipt:answers.answer') },
      sections,
    },
  };
}

function answerText(item: FrozenItem): AnswerText {
  const first = item.rows?.[0];
  if (item.rows === undefined || first === undefined) return item.text;
  return { columns: first.items.map((i) => i.label), rows: item.rows.map((row) => row.items.map((i) => i.text)) };
}

/** The sections of frozen answers; none when a program sent no answers. */
export function frozenSections(frozen: unknown): FrozenAnswers['sections'] {
  const sections = (frozen as Partial<FrozenAnswers> | null)?.sections;
  return Array.isArray(sections) ? sections : [];
}
