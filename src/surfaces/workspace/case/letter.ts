import { dayInGermany } from '../../../kernel/dates.ts';
import type { Submission } from '../../../modules/intake/index.ts';
import type { Profile, Team } from '../../../modules/settings/index.ts';
import { defaultLanguage, isLanguage, type Language, type Translate, translate } from '../../../platform/i18n/index.ts';
import { qrSvg, typeset } from '../../../platform/pdf/index.ts';
import type { LetterPaper } from '../../../platform/pdf/papers.ts';
import { formatDate } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';

/** What every letter about a case is written from. */
export type LetterFrom = {
  readonly submission: Submission;
  /** Number of the receipt, which the person knows the case by. */
  readonly number: string;
  readonly team: Team | undefined;
};

/** What the letter itself says, in the language in which the person wrote to us. */
export type LetterWords = Pick<LetterPaper, 'title' | 'parts' | 'check'>;
export type LetterTools = {
  readonly t: Translate;
  readonly language: Language;
  readonly phone: string;
  readonly profile: Profile | undefined;
};

/** The lines of the address field of a form, for the window of the envelope. */
export const recipientOf = (visit: StaffVisit): readonly string[] =>
  one(visit.input, 'address')
    .slice(0, 500)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 7);

/** Sets a letter about a case: sender, window, reference and greeting are the same for all. */
export async function printLetter(
  visit: StaffVisit,
  from: LetterFrom,
  words: (tools: LetterTools) => LetterWords,
): Promise<Response> {
  const { services, jobcenter, staff } = visit;
  const { submission, number, team } = from;
  const language = isLanguage(submission.language) ? submission.language : defaultLanguage;
  const t = translate(language);
  const profile = await services.profile(jobcenter.id);
  const today = dayInGermany(services.clock.now());
  const place = profile === undefined ? [] : [profile.street, `${profile.postcode} ${profile.town}`];
  const phone = team?.phone ?? profile?.phone ?? '';
  const name = `${submission.person.givenName} ${submission.person.familyName}`.trim();
  // A letter written for practice has no address: in a window envelope it goes nowhere.
  const recipient = jobcenter.practiceOf == null ? recipientOf(visit) : [t('help:practice.recipient')];
  const paper: LetterPaper = {
    ...words({ t, language, phone, profile }),
    lang: language,
    date: today,
    sender: { name: jobcenter.name, lines: [place.join(', '), t('receipt:phone', { phone }), profile?.email ?? ''] },
    running: t('receipt:running', { number }),
    footer: jobcenter.name,
    pageLabel: t('receipt:pageLabel'),
    returnLine: [jobcenter.name, ...place].join(' · '),
    recipient: recipient.length === 0 ? [name] : recipient,
    facts: [
      { label: t('letter:date'), value: formatDate(today, language) },
      { label: t('receipt:number'), value: number },
    ],
    salutation: t(name === '' ? 'letter:salutationUnknown' : 'letter:salutation', { name }),
    closing: t('letter:closing'),
    signer: [staff.name, team?.name ?? ''].join('\n').trim(),
  };
  const pdf = await typeset('letter.typ', paper);
  return new Response(new Uint8Array(pdf), {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="brief.pdf"' },
  });
}

/** The box with the QR code that brings papers back. */
export const returnBox = (url: string, text: string, alt: string): NonNullable<LetterPaper['check']> => ({
  text,
  url,
  qr: qrSvg(url),
  alt,
});
