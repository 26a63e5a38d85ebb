import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import {
  boardCases,
  boardFact,
  closeFact,
  confirmFact,
  type Fact,
  type FactAct,
  type FactOutcome,
  factHistory,
  nameFact,
} from '../../../modules/facts/index.ts';
import { type Household, householdById } from '../../../modules/people/index.ts';
import { presentIn } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  BackLink,
  Button,
  ErrorSummary,
  type FieldProblem,
  fieldId,
  formatDateTime,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { type Outcome, once } from '../command.ts';
import { isRefresh } from '../enforce.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { LivePage } from '../together/live-page.tsx';
import { stampOf } from '../together/stamp.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { Source } from './board.tsx';
import { type SourceLink, sourceLinks } from './load-board.ts';
import { asksWhose, Whose } from './whose.tsx';
import { aboutFact, factWords, standingWords, validWords } from './words.ts';

const caseId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';
const factId = (visit: StaffVisit): string => visit.c.req.param('fact') ?? '';

/** One fact with everything that stood there before, and what can be said about it: newer, ended, wrong. */
export async function factPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t } = visit;
  const known = isId(caseId(visit)) && isId(factId(visit));
  const found = known ? await findCase(tx, visit.reader, caseId(visit)) : undefined;
  const stamp = found === undefined ? '' : await stampOf(tx, [found.id]);
  const cases = found === undefined ? undefined : await boardCases(tx, visit.reader, found.id);
  const fact = cases === undefined ? undefined : await boardFact(tx, cases, factId(visit));
  if (found === undefined || cases === undefined || fact === undefined) return notFound(visit);
  await recordAudit(tx, visit.actor, {
    action: 'case.read',
    subjectType: 'fact',
    subjectId: fact.id,
    caseId: found.id,
    reason: t('workspace:case.readReason'),
    ...(isRefresh(visit.c) ? { detail: { renewed: true } } : {}),
  });
  const history = await factHistory(tx, cases, fact.id);
  const links = await sourceLinks(tx, cases, [fact, ...history]);
  const household = found.householdId === null ? undefined : await householdById(tx, found.householdId);
  const kind = t(`facts:kind.${fact.kind}`);
  return show(
    visit,
    { title: kind, status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.case(found.id)}>{`${nameOnCase(visit, found.personName)}, ${found.number}`}</BackLink>
      <WithHelp visit={visit} of="fact">
        <h1>{kind}</h1>
      </WithHelp>
      <LivePage
        visit={visit}
        caseId={found.id}
        part="case"
        stamp={stamp}
        present={await presentIn(tx, [found.id], visit.staff.id)}
        refresh={problems.length === 0}
      />
      <ErrorSummary t={t} problems={problems} />
      <One visit={visit} fact={fact} link={links.get(fact.id)} />
      {fact.closedAs === null ? <Ways visit={visit} fact={fact} problems={problems} household={household} /> : null}
      {history.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="before">
          <h2 id="before">{t('facts:before')}</h2>
          <ol class="tw-note-list">
            {history.map((each) => (
              <li>
                <One visit={visit} fact={each} link={links.get(each.id)} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>,
  );
}

/** A fact with its days, its source, who entered and confirmed it, and what became of it. */
function One({ visit, fact, link }: { visit: StaffVisit; fact: Fact; link: SourceLink | undefined }) {
  const { t, language } = visit;
  const at = (date: Date | null): string => (date === null ? '' : formatDateTime(date, language, t));
  return (
    <div class="tw-said">
      <p>
        <strong>{factWords(visit, fact)}</strong> {validWords(visit, fact)} {standingWords(visit, fact)}
      </p>
      <p>{aboutFact(visit, fact).join(', ')}</p>
      <p class="tw-sub">
        <Source visit={visit} fact={fact} link={link} />
      </p>
      {fact.confirmedAt === null ? (
        <p class="tw-sub">{t('facts:notConfirmed')}</p>
      ) : (
        <p class="tw-sub">{t('facts:entered', { name: fact.confirmedByName ?? '', at: at(fact.confirmedAt) })}</p>
      )}
      {fact.closedAs === null ? null : (
        <p>
          {t(`facts:closed.${fact.closedAs}`, { name: fact.closedByName ?? '', at: at(fact.closedAt) })}{' '}
          {fact.closedReason}
        </p>
      )}
    </div>
  );
}

/** What can be done with a fact that holds. */
function Ways(props: {
  visit: StaffVisit;
  fact: Fact;
  problems: readonly FieldProblem[];
  household: Household | undefined;
}) {
  const { visit, fact, problems, household } = props;
  const { t } = visit;
  const asks = household !== undefined && asksWhose(fact, household);
  const id = caseId(visit);
  const replace = withQuery(paths.case(id), { tun: 'fakten', fakt: fact.kind, ersetzt: fact.id });
  const sentTo = visit.c.req.path.split('/').at(-1);
  const close = (how: 'ended' | 'wrong', action: string) => {
    const name = `grund-${how}`;
    const error = problems.find((each) => each.id === fieldId(name))?.text;
    return (
      <section class="tw-panel" aria-labelledby={how}>
        <h2 id={how}>{t(`facts:close.${how}.title${fact.kind === 'helper' && how === 'ended' ? 'Helper' : ''}`)}</h2>
        <form action={action} method="post" class="td-form" novalidate>
          <VerbMarks visit={visit} />
          <TextField
            t={t}
            id={fieldId(name)}
            name="grund"
            label={t(`facts:close.${how}.why`)}
            hint={t(`facts:close.${how}.hint`)}
            value={sentTo === (how === 'ended' ? 'ende' : 'fehler') ? one(visit.input, 'grund') : ''}
            maxLength={300}
            error={error}
          />
          <Button variant="secondary">{t(`facts:close.${how}.send`)}</Button>
        </form>
      </section>
    );
  };
  return (
    <>
      {fact.confirmedAt === null ? (
        <form action={paths.factConfirm(id, fact.id)} method="post">
          <VerbMarks visit={visit} />
          {asks ? <Whose visit={visit} fact={fact} household={household} /> : null}
          <Button>{t('facts:confirm')}</Button>
        </form>
      ) : (
        <p>
          <a href={`${replace}#verb`}>{t('facts:replace')}</a>
        </p>
      )}
      {asks && fact.confirmedAt !== null ? (
        <section class="tw-panel" aria-labelledby="whose">
          <h2 id="whose">{t('facts:whose.unsaid')}</h2>
          <p>{t('facts:whose.why')}</p>
          <form action={paths.factWhose(id, fact.id)} method="post" class="td-form" novalidate>
            <VerbMarks visit={visit} />
            <Whose
              visit={visit}
              fact={fact}
              household={household}
              chosen={one(visit.input, 'whose')}
              error={problems.find((each) => each.id === fieldId(`whose-${fact.id}`))?.text}
            />
            <Button>{t('facts:whose.send')}</Button>
          </form>
        </section>
      ) : null}
      {fact.confirmedAt === null ? null : close('ended', paths.factEnd(id, fact.id))}
      {close('wrong', paths.factWrong(id, fact.id))}
    </>
  );
}

type Tried = FactOutcome | { readonly kind: 'refused'; readonly why: 'reason' };

const act =
  (attempt: (tx: Tx, act: FactAct, visit: StaffVisit) => Promise<Tried>, nameOf: (visit: StaffVisit) => string) =>
  async (visit: StaffVisit): Promise<Response> => {
    if (!isId(caseId(visit)) || !isId(factId(visit))) return notFound(visit);
    const outcome = await once(visit, async (tx): Promise<Outcome> => {
      const tried = await attempt(tx, { actor: visit.actor, reader: visit.reader, caseId: caseId(visit) }, visit);
      // Somebody was faster: what stands there now is shown.
      if (tried.kind === 'overtaken') return { kind: 'unchanged' };
      if (tried.kind !== 'refused') return tried;
      return { kind: 'wrong', problems: [{ id: fieldId(nameOf(visit)), text: visit.t(`facts:problem.${tried.why}`) }] };
    });
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong') return inTenant(visit, (tx) => factPage(visit, tx, outcome.problems));
    const ok = outcome.kind === 'done' ? 'fakten' : 'unveraendert';
    const from = one(visit.input, 'von');
    return visit.c.redirect(withQuery(isId(from) ? paths.file(from) : paths.case(caseId(visit)), { ok }), 303);
  };

const reason = (visit: StaffVisit): string => one(visit.input, 'grund').slice(0, 300);

const whose = (visit: StaffVisit): string => one(visit.input, 'whose');
const whoseField = (visit: StaffVisit): string => `whose-${factId(visit)}`;

export const confirmAct = act(
  (tx, at, visit) => confirmFact(tx, at, factId(visit), whose(visit) === '' ? undefined : whose(visit)),
  whoseField,
);
/** Says whose a fact is that was taken over from a paper without saying so. */
export const whoseAct = act((tx, at, visit) => nameFact(tx, at, factId(visit), whose(visit)), whoseField);
export const wrongAct = act(
  (tx, at, visit) => closeFact(tx, at, factId(visit), { as: 'wrong', reason: reason(visit) }),
  () => 'grund-wrong',
);
export const endAct = act(
  (tx, at, visit) => closeFact(tx, at, factId(visit), { as: 'ended', reason: reason(visit) }),
  () => 'grund-ended',
);
