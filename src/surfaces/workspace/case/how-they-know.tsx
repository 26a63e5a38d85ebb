import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { type CaseView, firstField, viewPath } from './view.ts';

/** Ways on which somebody saw the page of their case; by the others they may not know that there is one. */
const showThePage: readonly string[] = ['portal', 'kiosk'];

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
  const offline = !data.submissions.some(({ submission }) => showThePage.includes(submission.channel));
  const why =
    phone === undefined && email === undefined
      ? 'unreachable'
      : offline
        ? 'offline'
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
