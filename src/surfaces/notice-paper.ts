import { dayInGermany } from '../kernel/dates.ts';
import { type Appointment, appointmentsForClient } from '../modules/appointments/index.ts';
import {
  type CaseDetail,
  openRequiredItems,
  previewReturnCode,
  type RequiredItem,
  type ReturnTarget,
} from '../modules/cases/index.ts';
import { allStaff } from '../modules/identity/index.ts';
import { receiptOfSubmission, submissionsOfCase } from '../modules/intake/index.ts';
import {
  addressLines,
  type BlockText,
  fillText,
  type LetterPart,
  letterBody,
  linesOf,
  type Notice,
  namesAppointment,
  type PlaceholderValues,
  type ReadyProblem,
  readyProblems,
  rulesOf,
  type TemplateText,
  translatables,
} from '../modules/notices/index.ts';
import { allTeams, type Jobcenter, type Profile, type Team } from '../modules/settings/index.ts';
import { sha256 } from '../platform/crypto/index.ts';
import type { Tx } from '../platform/database/index.ts';
import { defaultLanguage, type Language, translate } from '../platform/i18n/index.ts';
import { inspect } from '../platform/media/index.ts';
import { qrSvg, typeset } from '../platform/pdf/index.ts';
import type { LetterPaper } from '../platform/pdf/papers.ts';
import { formatDate, formatMoney } from '../ui/format.ts';
import { whenForClient, whereForClient } from './appointment-words.ts';
import { letterTranslation } from './letter-translation.ts';
import { hasPortal, returnLink } from './portal-address.ts';
import type { Services } from './services.ts';

/** Letters and notices are written in German (§ 19 (1) SGB X), whatever language somebody reads pages in; a translation stands behind them. */
const language = defaultLanguage;

/** Everything that a letter is set from, read in one transaction. */
export type LetterSource = {
  readonly notice: Notice;
  readonly template: TemplateText | undefined;
  readonly values: PlaceholderValues;
  /** The appointment that it names, if it names one, and those it could name. */
  readonly appointmentId: string | null;
  readonly coming: Awaited<ReturnType<typeof appointmentsForClient>>;
  readonly problems: readonly ReadyProblem[];
  readonly paper: LetterPaper;
  /** The subject as it stands on the paper; also the name of the document. */
  readonly title: string;
  /** What of the letter is in German alone, where a translation stands behind it. */
  readonly untranslated: readonly string[];
};

type LetterServices = Pick<Services, 'profile' | 'catalogue' | 'keyring' | 'baseUrl'>;

/** Reads what a letter is set from: the same state gives the same paper, whoever looks. */
export async function letterSource(
  tx: Tx,
  services: LetterServices,
  jobcenter: Jobcenter,
  found: CaseDetail,
  notice: Notice,
): Promise<LetterSource> {
  const profile = await services.profile(jobcenter.id);
  const { codes } = await services.keyring.of(jobcenter.id);
  const { template, remedy } = await rulesOf(tx, notice);
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
  const writer = (await allStaff(tx)).find((each) => each.id === notice.begunBy)?.name ?? '';
  const concern = (await services.catalogue.all(jobcenter.id)).get(found.concern)?.title;
  const missing = (await openRequiredItems(tx, found.id)).filter(({ id }) => [null, id].includes(notice.itemId));
  const items = missing.map(({ what, why }) => (why === '' ? what : `${what}: ${why}`));
  const today = dayInGermany(tx.now);
  const coming = await appointmentsForClient(tx, found);
  const { appointmentId } = notice;
  const next = appointmentId === null ? coming[0] : coming.find((each) => each.id === appointmentId);
  const filled = (into: Language): PlaceholderValues =>
    valuesOf(
      {
        found,
        notice,
        profile,
        jobcenter,
        team,
        writer,
        concern: concern?.[into] ?? found.concern,
        items,
        today,
        next,
      },
      into,
    );
  const values = filled(language);
  const [first] = await submissionsOfCase(tx, found.id);
  const number = first === undefined ? undefined : (await receiptOfSubmission(tx, first.id))?.number;
  const code = await previewReturnCode(tx, codes, returnTarget(notice, missing));
  const title = fillText(notice.subject, values).text;
  const context: PaperContext = {
    found,
    notice,
    profile,
    jobcenter,
    team,
    writer,
    today,
    title,
    number,
    remedy,
    values,
  };
  const other =
    notice.language === language
      ? undefined
      : letterTranslation({
          notice,
          title,
          remedy,
          known: await translatables(tx),
          values: filled(notice.language),
          name: spoken(found.personName),
          scan: code === undefined ? undefined : scanWords(context),
        });
  return {
    notice,
    template,
    values,
    appointmentId: namesAppointment(notice.subject, notice.body) ? (next?.id ?? null) : null,
    coming,
    title,
    problems: readyProblems(notice, template, remedy, values),
    untranslated: other?.untranslated ?? [],
    paper: {
      ...paperOf(context, code === undefined ? undefined : returnLink(services, jobcenter, code)),
      ...(other?.paper === undefined ? {} : { translation: other.paper }),
    },
  };
}

/** What the code on a letter brings papers back to: the one item it asks for, as long as that is missing; else its case. */
export function returnTarget(
  notice: Pick<Notice, 'caseId' | 'itemId' | 'begunBy'>,
  missing: readonly RequiredItem[],
): ReturnTarget {
  const target = { caseId: notice.caseId, by: notice.begunBy } as const;
  const item = missing.find(({ id }) => id === notice.itemId);
  return item === undefined ? { ...target, purpose: 'letter' } : { ...target, item, purpose: 'item' };
}

/** Family name and given name as a letter says them. */
export const spoken = (name: string): string => name.split(', ').reverse().join(' ').trim();
const addressOf = (profile: Profile | undefined): string =>
  profile === undefined ? '' : `${profile.street}, ${profile.postcode} ${profile.town}`;

/** What the case says at each place of a text, as the text's language says it. */
function valuesOf(
  from: {
    readonly found: CaseDetail;
    readonly notice: Notice;
    readonly profile: Profile | undefined;
    readonly jobcenter: Pick<Jobcenter, 'name'>;
    readonly team: Team | undefined;
    readonly writer: string;
    readonly concern: string;
    readonly items: readonly string[];
    readonly today: string;
    /** The appointment that was chosen, or the next one of the case; one that the person may know of. */
    readonly next: Pick<Appointment, 'startsAt' | 'minutes' | 'way' | 'place' | 'topic' | 'topicName'> | undefined;
  },
  language: Language,
): PlaceholderValues {
  const { found, notice, profile, jobcenter, team, next } = from;
  const t = translate(language);
  const day = (value: string | Date | null): string => (value === null ? '' : formatDate(value, language));
  return {
    'person.name': spoken(found.personName),
    'person.birthDate': day(found.birthDate),
    'case.number': found.number,
    'case.concern': from.concern,
    'case.arrived': day(dayInGermany(found.openedAt)),
    items: from.items,
    deadline: day(notice.deadline),
    amount: notice.amountCents === null ? '' : formatMoney(notice.amountCents, language),
    result: notice.result === null ? '' : t(`workspace:result.${notice.result}`),
    today: day(from.today),
    'appointment.when': next === undefined ? '' : whenForClient({ t, language }, next),
    'appointment.where':
      next === undefined ? '' : whereForClient({ t, language }, next, { name: jobcenter.name, profile }),
    'appointment.topic': next === undefined ? '' : (next.topicName ?? t(`myday:topic.${next.topic}`)),
    'staff.name': from.writer,
    'team.name': team?.name ?? '',
    'team.phone': team?.phone ?? profile?.phone ?? '',
    'jobcenter.name': jobcenter.name,
    'jobcenter.address': addressOf(profile),
    'jobcenter.phone': profile?.phone ?? '',
    'jobcenter.email': profile?.email ?? '',
  };
}

type PaperContext = {
  readonly found: CaseDetail;
  readonly notice: Notice;
  readonly profile: Profile | undefined;
  readonly jobcenter: Jobcenter;
  readonly team: Team | undefined;
  readonly writer: string;
  readonly today: string;
  readonly title: string;
  readonly number: string | undefined;
  readonly remedy: BlockText;
  readonly values: PlaceholderValues;
};

type FrameInput = {
  readonly found: Pick<CaseDetail, 'number' | 'personName'>;
  readonly profile: Profile | undefined;
  readonly jobcenter: Jobcenter;
  readonly team: Team | undefined;
  /** The lines for the window of the envelope. */
  readonly recipient: string;
  readonly today: string;
};

/** What stands around the words of every letter: sender, window, greeting, foot. */
export function frameOf({ found, profile, jobcenter, team, recipient, today }: FrameInput) {
  const t = translate(language);
  const place = profile === undefined ? [] : [profile.street, `${profile.postcode} ${profile.town}`];
  const phone = team?.phone ?? profile?.phone ?? '';
  const name = spoken(found.personName);
  const lines = linesOf(recipient);
  return {
    lang: language,
    date: today,
    sender: {
      name: jobcenter.name,
      lines: [place.join(', '), t('receipt:phone', { phone }), profile?.email ?? ''].filter((line) => line !== ''),
    },
    running: t('notices:paper.running', { number: found.number }),
    footer: jobcenter.name,
    pageLabel: t('receipt:pageLabel'),
    returnLine: [jobcenter.name, ...place].join(' · '),
    // A letter written for practice has no address: in a window envelope it goes nowhere.
    recipient: jobcenter.practiceOf == null ? lines.slice(0, addressLines) : [t('help:practice.recipient')],
    salutation: t(name === '' ? 'letter:salutationUnknown' : 'letter:salutation', { name }),
    closing: t('letter:closing'),
  } as const;
}

function paperOf(context: PaperContext, url: string | undefined): LetterPaper {
  const { notice, found, team, title, values } = context;
  const t = translate(language);
  return {
    ...frameOf({ ...context, recipient: notice.recipient }),
    title,
    facts: [
      { label: t('letter:date'), value: formatDate(context.today, language) },
      { label: t('notices:paper.case'), value: found.number },
      ...(context.number === undefined ? [] : [{ label: t('receipt:number'), value: context.number }]),
    ],
    parts: [...letterBody(notice.body, values).parts, ...legalParts(context)],
    signer: [context.writer, team?.name ?? ''].join('\n').trim(),
    ...(url === undefined
      ? {}
      : {
          check: {
            url,
            qr: qrSvg(url),
            // Without a known day of birth nobody can prove who they are online: the code then files paper only.
            text: t(scanWords(context)),
            alt: t('letter:bank.alt'),
          },
        }),
  };
}

/** What stands beside the code. */
const scanWords = ({ found: { birthDate }, notice: { itemId }, jobcenter }: PaperContext): string => {
  if (!hasPortal(jobcenter)) return 'help:practice.scan';
  if (birthDate === null) return 'notices:paper.scanPaper';
  return itemId === null ? 'notices:paper.scan' : 'notices:paper.scanItem';
};

/** What stands under every notice: the reasons, what was weighed (§ 35 SGB X), and the remedy (§ 36 SGB X). */
function legalParts({ notice, remedy, values }: PaperContext): LetterPart[] {
  if (notice.kind !== 'notice') return [];
  const t = translate(language);
  return [
    ...under(t('notices:paper.reasons'), notice.reasons, {}),
    ...under(t('notices:paper.weighing'), notice.weighing, {}),
    ...under(t('notices:paper.remedy'), remedy.body, values),
  ];
}

function under(heading: string, text: string, values: PlaceholderValues): LetterPart[] {
  const [first, ...rest] = letterBody(text, values).parts;
  if (first === undefined) return [];
  return first.heading === undefined ? [{ ...first, heading }, ...rest] : [{ heading }, first, ...rest];
}

/** A letter as it is set: its bytes, their hash, and how many pages they have. */
export type SetLetter = { readonly bytes: Uint8Array; readonly sha256: Buffer; readonly pages: number };

/** Sets a letter as tagged PDF (PDF/UA): the same source gives the same bytes. */
export async function setLetter(source: Pick<LetterSource, 'paper'>): Promise<SetLetter> {
  const bytes = await typeset('letter.typ', source.paper);
  const found = await inspect(bytes);
  if (!found.ok) throw new Error('The letter that was set cannot be opened.');
  return { bytes, sha256: sha256(bytes), pages: found.pages };
}
