import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { hasPages, nextOpenLetter } from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, ButtonLink, ErrorSummary, type FieldProblem } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { Doubts } from './batch.tsx';
import { Decide } from './decide.tsx';
import { DoubtNext } from './doubt-next.tsx';
import { type LetterView, loadLetter } from './load-letter.ts';
import { Pages } from './pages.tsx';
import { CameBack } from './returned.tsx';
import { WhoIsIt } from './who.tsx';

/** The keys of the page, for the list of keys; Enter takes what is suggested. */
const keys = ['n', 'b', 't', 's', 'v', 'w', 'x', 'p', '0', 'c', 'k', 'a', 'd', 'r', 'l', 'z', 'u'] as const;

/** Why something could not be done with a letter, from its address. */
const whyOf = (said: string): 'receipt' | 'erased' | 'decided' =>
  said === 'erased' || said === 'decided' ? said : 'receipt';

/** What happened to the letter before, and the way back to it. */
function Before({ visit, view }: { visit: StaffVisit; view: LetterView }) {
  const { t } = visit;
  const { last } = view;
  const fresh = queryText(visit, 'zuletzt');
  if (last === undefined) return null;
  const back = (
    <form action={paths.scanVerb(last.id, 'wieder')} method="post" class="tp-back">
      <VerbMarks visit={visit} />
      {fresh === last.id ? (
        <span role="status">
          {last.state === 'returned'
            ? t('post:returned.last')
            : t('post:letter.filedLast', { number: last.receiptNumber ?? '' })}
        </span>
      ) : null}
      <Button small variant="tertiary" shortcut="u">
        {t('post:letter.back')}
      </Button>
    </form>
  );
  return back;
}

/** A letter that is filed or lies aside: what became of it, and the way to take it up again. */
async function ended(visit: StaffVisit, tx: Tx, view: LetterView) {
  const { t } = visit;
  const { letter } = view;
  const next = await nextOpenLetter(tx, letter.batchId, letter.position);
  const seesCase = letter.caseId !== null && (await findCase(tx, visit.reader, letter.caseId)) !== undefined;
  return (
    <>
      <Alert tone={letter.state === 'aside' ? 'info' : 'success'} title={t(`post:letterState.${letter.state}`)}>
        {letter.state === 'filed' ? (
          <p>
            {t('post:letter.receipt')} <a href={paths.receipt(letter.receiptNumber ?? '')}>{letter.receiptNumber}</a>
            {' · '}
            <a href={paths.case(letter.caseId ?? '')}>{t('workspace:receipt.toCase')}</a>
          </p>
        ) : letter.state === 'returned' ? (
          seesCase ? (
            <p>
              <a href={paths.letter(letter.noticeId ?? '')}>{t('post:returned.toLetter')}</a>
            </p>
          ) : null
        ) : (
          <p>{letter.asideReason === null ? '' : t(`post:asideNext.${letter.asideReason}`)}</p>
        )}
      </Alert>
      {hasPages(letter, view.batch) ? (
        <form action={paths.scanVerb(letter.id, 'wieder')} method="post">
          <VerbMarks visit={visit} />
          <Button variant="secondary" shortcut="u">
            {t(letter.state === 'filed' ? 'post:letter.correct' : 'post:letter.takeUp')}
          </Button>
        </form>
      ) : (
        <p class="td-muted">{t('post:letter.refused.erased')}</p>
      )}
      {next === undefined ? null : (
        <p>
          <ButtonLink href={paths.scanLetter(next.id)} id="go-on">
            {t('post:letter.next')}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

/** One letter at one glance: its pages on the left, what is suggested on the right, Enter takes it and goes on. */
export async function letterPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t } = visit;
  const view = await loadLetter(visit, tx);
  if (view === undefined) return notFound(visit);
  const { letter, batch } = view;
  await recordAudit(tx, visit.actor, {
    action: 'scan-letter.read',
    subjectType: 'scan-batch',
    subjectId: letter.batchId,
    ...(letter.caseId === null ? {} : { caseId: letter.caseId }),
    reason: t('post:readReason'),
    detail: { letter: letter.position },
  });
  const refused = queryText(visit, 'nicht');
  return show(
    visit,
    {
      title: t('post:letter.title', { from: letter.position }),
      active: 'post',
      scripts: ['js/letter.js'],
      status: problems.length > 0 ? 422 : 200,
      shortcuts: [
        { key: 'Enter', text: t('post:key.enter') },
        ...keys.map((key) => ({ key, text: t(`post:key.${key}`) })),
      ],
    },
    <>
      <ErrorSummary t={t} problems={problems} />
      {refused === '' ? null : <Alert tone="warning" live title={t(`post:letter.refused.${whyOf(refused)}`)} />}
      {queryText(visit, 'bild') === '' ? null : <Alert tone="info" live title={t('post:returned.kept')} />}
      <div class="tp-title">
        <h1>
          {t('post:letter.title', { from: letter.position })}{' '}
          <a class="tp-title__batch" href={paths.scanBatch(batch.id)}>
            {batch.name}
          </a>
        </h1>
        {letter.state === 'open' ? <Before visit={visit} view={view} /> : null}
      </div>
      <div class="tp-desk">
        <Pages visit={visit} view={view} />
        <div class="tp-desk__side">
          {letter.doubts.length === 0 ? null : (
            <Alert tone="warning" title={t('post:letter.doubtful')}>
              <Doubts visit={visit} letter={letter} />
              {letter.doubts.map((doubt) => (
                <DoubtNext visit={visit} view={view} doubt={doubt} />
              ))}
            </Alert>
          )}
          {letter.state === 'open' ? (
            <>
              {await Decide({ visit, view, problems })}
              <CameBack visit={visit} view={view} problems={problems} />
              <WhoIsIt visit={visit} view={view} />
            </>
          ) : (
            await ended(visit, tx, view)
          )}
        </div>
      </div>
    </>,
  );
}
