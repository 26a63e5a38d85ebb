import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import {
  arrange,
  chooseView,
  firstVerbs,
  isWorkView,
  ruleInForce,
  ruleVersions,
  shippedBlocks,
  viewOf,
  type WorkView,
  workViews,
} from '../../../modules/views/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { Help } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { blocks, type Placed } from './blocks/index.ts';
import type { CaseData } from './load.ts';
import { type CaseView, readView, viewPath } from './view.ts';

const keys: Readonly<Record<WorkView, string>> = { administrative: '7', placement: '8', social: '9' };

/** What the page of a case shows to this reader now. */
export type Arranged = {
  readonly view: WorkView;
  readonly placed: readonly Placed[];
  /** Verbs that stand first in the bar, in this order. */
  readonly verbs: readonly string[];
  /** So many blocks and fields are hidden. */
  readonly hidden: number;
  /** Neither the answers nor the papers stand open: the work takes their room. */
  readonly papersFolded: boolean;
};

/** The blocks in the order of the view that the reader chose, by the rule that holds for the team of the case today. */
export async function arrangement(tx: Tx, visit: StaffVisit, data: CaseData, view: CaseView): Promise<Arranged> {
  const chosen = await viewOf(tx, visit.staff.id, data.case.id);
  const rule = ruleInForce(await ruleVersions(tx, chosen), {
    teamId: data.case.teamId,
    today: dayInGermany(tx.now),
  });
  const rules = arrange(
    rule?.blocks ?? shippedBlocks[chosen],
    blocks.map((block) => block.name),
  );
  const placed = rules.flatMap(({ block: name, shown }) => {
    const block = blocks.find((each) => each.name === name);
    if (block === undefined || (shown === 'hidden' && !view.all)) return [];
    return [{ block, folded: shown === 'folded' }];
  });
  const wide = placed.some(({ block, folded }) => !folded && (block.column === 'answers' || block.column === 'papers'));
  return {
    view: chosen,
    placed,
    verbs: firstVerbs(chosen, rule),
    hidden: rules.filter(({ shown }) => shown === 'hidden').length + hiddenFields(data),
    papersFolded: !wide,
  };
}

/** How many fields the house or the team hides on this page, own ones among them where somebody looks at everything. */
const hiddenFields = ({ placement, hiddenOwn }: CaseData): number =>
  hiddenOwn + (['head', 'board', 'note'] as const).flatMap(placement).filter(({ hidden }) => hidden).length;

export const viewKeys = (visit: StaffVisit) =>
  workViews.map((view) => ({ key: keys[view], text: visit.t(`views:view.${view}`) }));

/** The three ways of working with the case: whoever works chooses, and may choose again at any moment. */
export const Views = (props: { visit: StaffVisit; data: CaseData; view: CaseView; arranged: Arranged }) => {
  const { visit, data, view, arranged } = props;
  const { t } = visit;
  return (
    <nav class="tw-views" aria-label={t('views:label')}>
      <form action={paths.caseWorkView(data.case.id)} method="post">
        <input type="hidden" name="csrf" value={visit.csrf} />
        <input type="hidden" name="tun" value={view.verb ?? ''} />
        <input type="hidden" name="dok" value={view.document ?? ''} />
        <input type="hidden" name="seite" value={String(view.page)} />
        {workViews.map((each) => (
          <button
            type="submit"
            name="ansicht"
            value={each}
            aria-pressed={each === arranged.view ? 'true' : 'false'}
            data-shortcut={keys[each]}
            aria-keyshortcuts={keys[each]}
          >
            {t(`views:view.${each}`)} <kbd class="td-kbd">{keys[each]}</kbd>
          </button>
        ))}
      </form>
      <Help visit={visit} of="work-views" />
      {arranged.hidden === 0 ? null : (
        <a href={viewPath(data.case.id, view, { all: !view.all })}>
          {view.all ? t('views:less') : t('views:all', { count: arranged.hidden })}
        </a>
      )}
      <a href={paths.workView(arranged.view)}>{t('views:whatShows')}</a>
    </nav>
  );
};

/** Takes the view that was chosen, and shows the case as it was: the open form and the paper stay. */
export async function chooseViewAct(visit: StaffVisit): Promise<Response> {
  const caseId = visit.c.req.param('id') ?? '';
  const wanted = one(visit.input, 'ansicht');
  if (!isId(caseId)) return notFound(visit);
  const outcome = await inTenant(visit, (tx) =>
    chooseView(tx, { reader: visit.reader, caseId }, isWorkView(wanted) ? wanted : undefined),
  );
  if (outcome.kind === 'not-found') return notFound(visit);
  const shown = readView(visit, {}, (name) => one(visit.input, name));
  return visit.c.redirect(viewPath(caseId, shown, {}), 303);
}
