import { casesByIds } from '../../../modules/cases/index.ts';
import { type BoardCases, boardFacts } from '../../../modules/facts/index.ts';
import { deliveryChoice } from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { wayOfLetter } from '../../letter-way.ts';
import { firstField } from '../case/view.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { aboutFact, factWords } from './words.ts';

/**
 * How somebody is best reached and by which way a letter with legal effect goes are two things: the first is a wish that anybody may note, the second
 * needs consent (§ 37 (2a) SGB X, § 9 OZG) and is kept with each case. Each is said beside the other, in words, with where it is changed.
 */
const lettersPath = (caseId: string): string =>
  `${withQuery(paths.case(caseId), { tun: 'zustellweg' })}#${firstField.zustellweg}`;

/** By which way letters go now, for the open cases that the reader may see: one line where it is the same for all of them. */
export async function letterWays(tx: Tx, visit: StaffVisit, cases: BoardCases, caseId: string): Promise<Content> {
  const { t } = visit;
  const open = (await casesByIds(tx, cases.visible)).filter((each) => each.closedAt === null || each.id === caseId);
  const found = new Map<string, { readonly caseId: string; readonly numbers: string[] }>();
  for (const each of open.toSorted((a, b) => Number(b.id === caseId) - Number(a.id === caseId))) {
    const { way, why } = await wayOfLetter(tx, visit.jobcenter, each, { bankConfirmationId: null });
    const email = way === 'portal' ? ((await deliveryChoice(tx, each.id))?.email ?? '') : '';
    const words = t(`facts:letters.${way}.${why}`, { email });
    const known = found.get(words);
    if (known === undefined) found.set(words, { caseId: each.id, numbers: [each.number] });
    else known.numbers.push(each.number);
  }
  return [...found].map(([words, { caseId: first, numbers }]) => (
    <li>
      {words} {found.size > 1 ? <span class="td-muted">({numbers.join(', ')})</span> : null}
      <span class="tw-sub">
        <a href={lettersPath(first)}>{t('facts:letters.change')}</a>
      </span>
    </li>
  ));
}

/** How the people of a case prefer to be reached, beside the way of its letters; nothing where nobody said. */
export async function preferredWays(tx: Tx, visit: StaffVisit, cases: BoardCases | undefined, caseId: string) {
  const facts = cases === undefined ? [] : await boardFacts(tx, cases);
  const reach = facts.filter((each) => each.kind === 'reach' && each.confirmedAt !== null);
  if (reach.length === 0) return null;
  const { t } = visit;
  return (
    <p class="td-muted">
      {t('facts:letters.preferred')}{' '}
      {reach.map((fact, index) => {
        const about = aboutFact(visit, fact).join(', ');
        return (
          <>
            {index === 0 ? null : '; '}
            <a href={paths.fact(caseId, fact.id)}>{factWords(visit, fact)}</a>
            {about === '' ? null : ` (${about})`}
          </>
        );
      })}
      . {t('facts:letters.notTheWay')}
    </p>
  );
}
