import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { type CaseView, firstField, viewPath } from './view.ts';

/** Ways on which somebody saw the page of their case; by the others they may not know that there is one. */
const showThePage: readonly string[] = ['portal', 'kiosk'];
/** Ways on which nothing is handed in online. */
const notOnline: readonly string[] = ['post', 'counter', 'phone'];
/** What the code in a letter lets a person do as well, who sees no page of the case by it. */
const byReturnCode: readonly string[] = ['received', 'item-fulfilled', 'item-sent-again'];

/** Whether the person was on the page of their case: they came by it, or did there what is done nowhere else. */
const knowsThePage = ({ submissions, events }: CaseData): boolean =>
  submissions.some(({ submission }) => showThePage.includes(submission.channel)) ||
  events.some(({ actorKind, kind }) => actorKind === 'client' && !byReturnCode.includes(kind));

/** What the person last stated in a field of a form. */
function stated(data: CaseData, name: 'phone' | 'email'): string | undefined {
  for (const { submission } of data.submissions.toReversed()) {
    const text = (submission.answers as Partial<Record<typeof name, unknown>> | null)?.[name];
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}

/**
 * How the person gets to know of a message: it stands on their page, and nothing tells them of it. Whom nobody can call or write an e-mail, or who may not know
 * of the page, is better written a letter as well.
 */
export function HowTheyKnow({ visit, data, view }: { visit: StaffVisit; data: CaseData; view: CaseView }) {
  const { t } = visit;
  const phone = stated(data, 'phone');
  const email = data.email ?? stated(data, 'email');
  const nothingOnline = data.submissions.every(({ submission }) => notOnline.includes(submission.channel));
  const why =
    phone === undefined && email === undefined
      ? 'unreachable'
      : !knowsThePage(data)
        ? nothingOnline
          ? 'offline'
          : 'otherPage'
        : phone === undefined
          ? 'noPhone'
          : 'phone';
  return (
    <p>
      {t('workspace:message.noWord')} {t(`workspace:message.know.${why}`, { phone: phone ?? '' })}{' '}
      {why === 'phone' ? null : (
        <a href={`${viewPath(data.case.id, view, { verb: 'brief' })}#${firstField.brief}`}>
          {t('workspace:message.letter')}
        </a>
      )}
    </p>
  );
}
