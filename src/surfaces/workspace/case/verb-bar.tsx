import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { partOf } from './more-verbs.ts';
import { verbsId } from './to-verbs.tsx';
import { VerbMarks } from './verb-marks.tsx';
import { type CaseView, firstField, isCaseVerb, type Verb, verbKeys, verbs, viewPath } from './view.ts';

type Props = { readonly visit: StaffVisit; readonly data: CaseData; readonly view: CaseView };

/** Verbs that make sense where the case stands; a decided or closed one can be opened again. */
export const possible = (data: CaseData): readonly Verb[] => {
  const { state } = data.case;
  return verbs.filter((verb) => {
    if (!isCaseVerb(verb)) return partOf(verb)?.possible?.(data) ?? true;
    if (verb === 'email') return data.case.personId !== null;
    if (verb === 'verschiebung') return data.followUps.length > 0;
    if (verb === 'konto') return data.bank?.confirmedAt === null;
    if (verb === 'wiederaufnahme') return state === 'decided' || state === 'closed';
    return verb !== 'abschluss' || state !== 'closed';
  });
};

/** The verbs that can stand in the bar: those with a key. The others stand in the block they belong to. */
export const barVerbs = verbs.filter((verb) => verbKeys[verb] !== undefined);

/** What can be done with the case, each by its key: first what the view puts first, in its order. */
export function Verbs({ visit, data, view, firstOnes }: Props & { readonly firstOnes: readonly string[] }) {
  const { t } = visit;
  const mine = data.case.assigneeId === visit.staff.id;
  const can = possible(data);
  const all = barVerbs.filter((verb) => can.includes(verb));
  const first = firstOnes.flatMap((name) => all.find((verb) => verb === name) ?? []);
  const more = all.filter((verb) => !first.includes(verb));
  const link = (verb: Verb) => (
    <li>
      <a
        href={`${viewPath(data.case.id, view, { verb })}#${firstField[verb]}`}
        aria-current={view.verb === verb ? 'true' : undefined}
        data-shortcut={verbKeys[verb]}
        aria-keyshortcuts={verbKeys[verb]}
      >
        {t(`workspace:verb.${verb}.title`)} <kbd class="td-kbd">{verbKeys[verb]}</kbd>
      </a>
    </li>
  );
  return (
    <nav class="tw-verbs" id={verbsId} tabindex={-1} data-stays aria-label={t('workspace:case.verbs')}>
      <ul>
        {mine ? null : (
          <li>
            <form action={paths.caseVerb(data.case.id, 'zuweisung')} method="post">
              <VerbMarks visit={visit} />
              <input type="hidden" name="stand" value={data.fields(data.case.id, 'assignee').version} data-version />
              <input type="hidden" name="dok" value={view.document ?? ''} />
              <button type="submit" name="staff" value={visit.staff.id} data-shortcut="m" aria-keyshortcuts="m">
                {t('workspace:verb.mine')} <kbd class="td-kbd">m</kbd>
              </button>
            </form>
          </li>
        )}
        {first.map(link)}
        {more.length === 0 ? null : (
          <li class="tw-verbs__more">
            <details open={view.verb !== undefined && more.includes(view.verb)}>
              <summary>{t('workspace:case.moreVerbs', { count: more.length })}</summary>
              <ul>{more.map(link)}</ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  );
}
