import { isId } from '../../../kernel/ids.ts';
import {
  contactsOf,
  doublesOf,
  employerLabel,
  employersMeant,
  findEmployer,
  findEmployers,
  idsOfEmployer,
  mergedInto,
} from '../../../modules/employers/index.ts';
import { retentionRules } from '../../../modules/files/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, BackLink, type Content, ErrorSummary, type FieldProblem, formatDateTime } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { unlessShown } from '../enforce.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { LiveList } from '../together/live-page.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { Doubles } from './doubles.tsx';
import { followEmployer } from './followed.ts';
import { employerForm } from './form.tsx';
import { People } from './people.tsx';
import { employerOf } from './said.ts';
import { Proposals, readSeen, Talks } from './seen.tsx';

export const doneWords = ['neu', 'geaendert', 'mensch', 'geloescht', 'zusammen', 'getrennt', 'unveraendert'] as const;

/** Which form of the page was refused, and why. */
export type Refused = { readonly id: string; readonly problems: readonly FieldProblem[] };
export const employerFormId = 'betrieb';

export const employerId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

/** What a page shows, in short: equal where nothing of it differs. */
const brief = (shown: unknown): string => sha256(JSON.stringify(shown)).toString('base64url');

/** One employer: what stands about it, whom to call, and what of it stands in cases that the reader may open. */
export async function employerPage(visit: StaffVisit, tx: Tx, refused?: Refused): Promise<Response> {
  const { t, language } = visit;
  const id = employerId(visit);
  const followed = isId(id) ? await followEmployer(tx, visit.reader, id) : undefined; // before the rows, as in the list
  const employer = followed && (await findEmployer(tx, id));
  if (employer === undefined || followed === undefined) return notFound(visit);
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  const meant = employer.mergedInto === null ? undefined : (await employersMeant(tx, [id])).get(id);
  const seen = await readSeen(tx, visit, id, await idsOfEmployer(tx, id));
  const carer = (await allStaff(tx)).find((each) => each.id === employer.carerId)?.name;
  const changer = (await allStaff(tx)).find((each) => each.id === employer.changedBy)?.name ?? '';
  const wrong = refused?.id === employerFormId ? refused.problems : [];
  const asked = queryText(visit, 'andere').trim().slice(0, 100);
  const found = (await findEmployers(tx, asked, 10)).filter((each) => each.id !== id);
  const facts: readonly (readonly [string, Content])[] = [
    ['kind', t(`employers:kind.${employer.kind}`)],
    ['sector', employer.sector === '' ? t('employers:noSector') : t(`employers:sector.${employer.sector}`)],
    ['carerId', carer ?? t('employers:nobody')],
    ['changed', `${formatDateTime(employer.changedAt, language, t)}, ${changer}`],
  ];
  const contacts = await contactsOf(tx, id);
  const rule = (await retentionRules(tx))['employer-contacts'];
  const open = employer.mergedInto === null;
  const doubles = { doubles: open ? await doublesOf(tx, id) : [], merged: open ? await mergedInto(tx, id) : [], found };
  const shown = brief([employer, meant, { ...seen, cases: [...seen.cases] }, contacts, rule, doubles, facts, language]);
  if (refused === undefined) unlessShown(visit.c, shown, followed.stamp);
  return show(
    visit,
    { title: employerLabel(employer), active: 'employers', status: refused === undefined ? 200 : 422 },
    <>
      <BackLink href={paths.employers}>{t('employers:title')}</BackLink>
      {ok === undefined ? null : <Alert tone="success" live title={t(`employers:done.${ok}`)} />}
      <ErrorSummary t={t} problems={refused?.problems ?? []} />
      <WithHelp visit={visit} of="employer">
        <h1>{employerLabel(employer)}</h1>
      </WithHelp>
      {meant === undefined || employer.mergedInto === null ? null : (
        <div class="tw-panel">
          <p>
            {t('employers:isMerged')} <a href={paths.employer(meant.id)}>{employerLabel(meant)}</a>
          </p>
          <form action={paths.employerSeparate(id)} method="post">
            <VerbMarks visit={visit} />
            <button type="submit" class="td-link-button">
              {t('employers:separate')}
            </button>
          </form>
        </div>
      )}
      <dl class="tw-facts">
        {facts.map(([name, value]) => (
          <div>
            <dt>{t(`employers:column.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="tw-columns">
        <div>
          <section class="tw-panel" aria-labelledby="sucht">
            <WithHelp visit={visit} of="employer-wants">
              <h2 id="sucht">{t('employers:field.wants')}</h2>
            </WithHelp>
            {employer.wants === '' ? (
              <p class="td-muted">{t('employers:noWants')}</p>
            ) : (
              <p class="tw-typed">{employer.wants}</p>
            )}
            {open ? (
              <details open={wrong.length > 0} id="aendern">
                <summary>{t('employers:change')}</summary>
                {
                  await employerForm(tx, {
                    visit,
                    action: paths.employer(id),
                    said: wrong.length > 0 ? employerOf(visit.input) : employer,
                    opened: employer,
                    problems: wrong,
                    button: t('employers:keep'),
                  })
                }
              </details>
            ) : null}
          </section>
          <People
            visit={visit}
            employerId={id}
            contacts={contacts}
            rule={rule}
            refused={refused?.id === employerFormId ? undefined : refused}
            changeable={open}
          />
          {open ? <Doubles visit={visit} employer={employer} {...doubles} asked={asked} /> : null}
        </div>
        <div>
          <Proposals visit={visit} seen={seen} />
          <Talks visit={visit} seen={seen} />
        </div>
      </div>
      <LiveList list={id} stamp={followed.stamp} shown={shown} refresh={refused === undefined} />
    </>,
  );
}
