import { dayInGermany } from '../kernel/dates.ts';
import { bankCode, bankConfirmation, type CaseDetail } from '../modules/cases/index.ts';
import { dispatchesOf, type FurtherDispatch, type LetterPart, type Notice } from '../modules/notices/index.ts';
import { allTeams, type Jobcenter } from '../modules/settings/index.ts';
import type { Tx } from '../platform/database/index.ts';
import { defaultLanguage, type Language, translate } from '../platform/i18n/index.ts';
import { typeset } from '../platform/pdf/index.ts';
import type { LetterPaper, PaperTranslation } from '../platform/pdf/papers.ts';
import { formatDate } from '../ui/format.ts';
import { translationFrame } from './letter-translation.ts';
import { frameOf, spoken } from './notice-paper.ts';
import { hasPortal, portalAddress } from './portal-address.ts';
import type { Services } from './services.ts';

const language = defaultLanguage;
type SheetServices = Pick<Services, 'profile' | 'keyring' | 'baseUrl'>;

/**
 * The sheet that lies on a letter when it is printed, undefined for most: the letter stays the bytes that were released, so what is not in them stands
 * on a page of its own. That is the address where it goes out once more, and the code that confirms an account number, which nobody may read
 * anywhere else: not in the file, not on the person's page.
 */
export async function sheetOnTop(
  tx: Tx,
  services: SheetServices,
  jobcenter: Jobcenter,
  found: CaseDetail,
  notice: Notice,
): Promise<Uint8Array | undefined> {
  const dispatch = (await dispatchesOf(tx, [notice.id])).at(-1);
  const account = notice.bankConfirmationId;
  const code = account === null ? undefined : await codePart(tx, services, jobcenter, notice.caseId, account);
  if (dispatch === undefined && code === undefined) return undefined;
  const words = (into: Language) => sheetWords(into, notice, dispatch, code);
  const profile = await services.profile(jobcenter.id);
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
  const today = dayInGermany(tx.now);
  const { title, parts } = words(language);
  const t = translate(language);
  const paper: LetterPaper = {
    ...frameOf({ found, profile, jobcenter, team, recipient: dispatch?.recipient ?? notice.recipient, today }),
    title,
    facts: [
      { label: t('letter:date'), value: formatDate(today, language) },
      { label: t('notices:paper.case'), value: found.number },
    ],
    parts,
    signer: team?.name ?? '',
    ...(notice.language === language
      ? {}
      : { translation: translated(notice.language, title, spoken(found.personName), words(notice.language).parts) }),
  };
  return typeset('letter.typ', paper);
}

/** All words of the sheet are the house's own, so all of them have a translation. */
const translated = (into: Language, subject: string, name: string, parts: readonly LetterPart[]): PaperTranslation => ({
  ...translationFrame(into, { subject, name }),
  parts,
});

/** What the sheet says, in a language. */
function sheetWords(
  into: Language,
  notice: Notice,
  dispatch: FurtherDispatch | undefined,
  code: Code | undefined,
): { readonly title: string; readonly parts: readonly LetterPart[] } {
  const own = code?.(into);
  const title = translate(into)('notices:sheet.title', { title: notice.title ?? notice.subject });
  return {
    title: own !== undefined && (dispatch === undefined || own.gone) ? own.title : title,
    parts: [
      ...(dispatch === undefined ? [] : [again(into, notice, dispatch)]),
      ...(own === undefined ? [] : [own.part]),
    ],
  };
}

function again(into: Language, notice: Notice, dispatch: FurtherDispatch): LetterPart {
  const t = translate(into);
  // The letter bears the day on which its bytes were fixed; somebody may have released them later.
  const date = formatDate(dayInGermany(notice.submittedAt ?? notice.releasedAt ?? dispatch.at), into);
  const period = notice.kind === 'notice' ? [t('notices:sheet.period')] : [];
  return { paragraphs: [t('notices:sheet.text', { date }), ...period, t('notices:sheet.address')] };
}

/** What the sheet says of a code, in a language. */
type Code = (into: Language) => { readonly title: string; readonly part: LetterPart; readonly gone: boolean };

/**
 * The code for the account number that a letter was begun for, and for no other: a number that came after it may be a stranger's, and the letter would
 * confirm it. So a code stands here only while its number is the newest of the case and waits.
 */
async function codePart(
  tx: Tx,
  services: SheetServices,
  jobcenter: Jobcenter,
  caseId: string,
  account: string,
): Promise<Code> {
  const newest = await bankConfirmation(tx, caseId);
  if (newest?.id !== account || newest.confirmedAt !== null) {
    const why = newest?.id === account ? 'codeDone' : 'codeOther';
    return (into) => {
      const t = translate(into);
      return { gone: true, title: t('notices:sheet.codeGone'), part: { paragraphs: [t(`notices:sheet.${why}`)] } };
    };
  }
  const { codes } = await services.keyring.of(jobcenter.id);
  const code = bankCode(codes, newest);
  const url = `${portalAddress(services, jobcenter)}/stand`;
  return (into) => {
    const t = translate(into);
    const online = hasPortal(jobcenter) ? t('letter:bank.online', { url }) : t('help:practice.noPortal');
    const items = [online, t('letter:bank.counter')];
    const part = { heading: t('letter:bank.code', { code }), items };
    return { gone: false, title: t('notices:sheet.codeTitle'), part };
  };
}
