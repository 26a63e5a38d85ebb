import { agreements } from '../../../modules/plans/index.ts';
import { formatDate } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { Deadline } from '../words.tsx';
import type { BoardPart } from './parts.ts';

/** What both sides agreed and what is still to be done (§ 15 SGB II), from the plans of the cases the reader may see. */
export const agreed: BoardPart = {
  name: 'agreed',
  title: 'facts:group.agreed',
  draw: async (tx, visit, caseIds) => {
    const { t, language } = visit;
    const open = [];
    for (const caseId of caseIds)
      for (const each of await agreements(tx, caseId)) if (each.endedAt === null) open.push({ ...each, caseId });
    if (open.length === 0) return null;
    return open
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
      .map((each) => (
        <li>
          <a href={paths.case(each.caseId)}>{each.what}</a> <Deadline visit={visit} day={each.dueOn} />
          <span class="tw-sub">
            {t('facts:source.agreed', {
              date: formatDate(each.madeAt, language),
              who: each.who === '' ? t(`plans:side.${each.side}`) : each.who,
            })}
          </span>
        </li>
      ));
  },
};
