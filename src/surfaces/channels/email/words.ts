import { plainLine } from '../../../kernel/text.ts';
import { cleanName, foreignText } from '../../../modules/documents/index.ts';
import type { FormDefinition, FrozenAnswers } from '../../../modules/forms/index.ts';
import type { StatedPerson } from '../../../modules/people/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { cutReply, isForwarded, type MailTrouble, type ParsedMail, type Sender } from '../../../platform/mail/index.ts';
import { formatLanguage } from '../../../ui/index.ts';
import type { MailPapers } from './papers.ts';

/** What of a message was not read, besides what the parser says: it was too large to be fetched. */
export type Trouble = MailTrouble | 'message-too-large';

/** The language of what is frozen: an e-mail has no form whose language somebody chose. */
export const language = 'de';

/** What somebody wrote, and what they quoted of earlier letters. */
const cutMail = (mail: ParsedMail) => cutReply(mail.text, { forwarded: isForwarded(mail.subject) });

/** The language of what somebody wrote, where it is surely not German; quoted text says nothing, it may be ours. */
export const languageOfMail = (mail: ParsedMail): Promise<string | undefined> => foreignText(cutMail(mail).fresh);

/**
 * What came with the mail, as it stands in the submission and stays: sender, subject, text with its language
 * (`foreign`, where it is not German), and what became of each paper.
 */
export function frozenMail(
  form: FormDefinition,
  mail: ParsedMail,
  papers: MailPapers,
  rawSha256: Buffer,
  trouble: readonly Trouble[],
  foreign: string | undefined,
): FrozenAnswers {
  const t = translate(language);
  const title = t('email:frozen.title');
  const { fresh, quoted } = cutMail(mail);
  const refused = papers.refused.map(({ name, reason }) =>
    t('email:frozen.refusedPaper', { name: cleanName(name), reason: t(`email:refused.${reason}`) }),
  );
  const lines: readonly (readonly [string, string])[] = [
    ['from', mail.from === undefined ? t('email:frozen.nobody') : senderWords(mail.from)],
    ['subject', mail.subject],
    ['text', fresh],
    ['language', foreign === undefined ? '' : formatLanguage(foreign, language, t)],
    ['quoted', quoted],
    ['refused', refused.join('\n')],
    ['known', papers.known.map(cleanName).join('\n')],
    ['ignored', papers.ignored === 0 ? '' : String(papers.ignored)],
    ['trouble', trouble.map((each) => t(`email:trouble.${each}`)).join('\n')],
    ['sha256', rawSha256.toString('hex')],
  ];
  const items = lines
    .filter(([, text]) => text !== '')
    .map(([field, text]) => ({
      question: 'email',
      questionTitle: title,
      field,
      label: t(`email:frozen.${field}`),
      text,
    }));
  return {
    concern: form.key,
    version: form.version,
    language,
    title: form.title[language],
    sections: [{ key: 'email', title, items }],
  };
}

const senderWords = ({ name, address }: Sender): string => (name === '' ? address : `${name} <${address}>`);

const word = "\\p{L}[\\p{L}\\p{M}.'’-]*";
const familyFirst = new RegExp(`^(${word}(?: ${word}){0,3}), (${word}(?: ${word}){0,3})$`, 'u');
const familyLast = new RegExp(`^(${word}(?: ${word}){0,2}) (${word})$`, 'u');

/** Who a mail says it is from. Names are a hint and nothing more; what does not look like a name of somebody is left out. */
export function statedSender(from: Sender | undefined): StatedPerson {
  if (from === undefined) return { familyName: '', givenName: '' };
  const name = plainLine(from.name.normalize('NFC')).replace(/\s+/g, ' ').trim();
  const comma = familyFirst.exec(name);
  const plain = familyLast.exec(name);
  const [familyName, givenName] =
    name.length > 80 ? [] : comma !== null ? [comma[1], comma[2]] : plain !== null ? [plain[2], plain[1]] : [];
  return { familyName: familyName ?? '', givenName: givenName ?? '', email: from.address };
}
