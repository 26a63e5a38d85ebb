import { type Notice, needsRelease, type PlainHint, plainHints, plainWords } from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage } from '../../../platform/i18n/index.ts';
import {
  Alert,
  BackLink,
  Badge,
  Button,
  ButtonGroup,
  type Content,
  ErrorSummary,
  Form,
  fieldId,
  formatDateTime,
  TextArea,
} from '../../../ui/index.ts';
import { type SetLetter, setLetter } from '../../notice-paper.ts';
import { one } from '../../request.ts';
import { newCommand, VerbMarks } from '../case/verb-marks.tsx';
import { widths } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { draftAt } from '../together/drafts.tsx';
import { LivePage } from '../together/live-page.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { Editor, type Typed } from './editor.tsx';
import { type LetterData, loadLetter } from './load.ts';
import { Proof } from './proof.tsx';
import { readyWords, standingWords } from './words.ts';

const doneWords = [
  'begonnen',
  'gespeichert',
  'zurueckgenommen',
  'baustein',
  'eingereicht',
  'gesendet',
  'zurueckgegeben',
  'bestritten',
  'ruecklauf',
  'nochmal',
  'belassen',
  'veraendert',
  'unveraendert',
] as const;

/** The page of a letter: its text beside what it will look like; then who releases it; then how it went. */
export async function letterPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const id = visit.c.req.param('id') ?? '';
  const data = await loadLetter(tx, visit, id);
  if (data === undefined) return notFound(visit);
  const draft = await draftAt(tx, visit, paths.letterVerb(id, 'text'));
  const typed: Typed = { problems: [], conflicts: [], ...(draft && { input: draft.fields, draftAt: draft.savedAt }) };
  return showLetter(visit, data, typed);
}

/** The page again, with what is wrong or what somebody else wrote; nothing that was typed is lost. */
export async function letterAgain(visit: StaffVisit, typed: Omit<Typed, 'draftAt'>): Promise<Response> {
  const data = await inTenant(visit, (tx) => loadLetter(tx, visit, visit.c.req.param('id') ?? ''));
  return data === undefined ? notFound(visit) : showLetter(visit, data, typed);
}

async function showLetter(visit: StaffVisit, data: LetterData, typed: Typed): Promise<Response> {
  const { t } = visit;
  const { notice, case: found } = data;
  const open = notice.state === 'draft' || notice.state === 'submitted';
  const set = notice.state === 'draft' ? await setLetter(data.source) : undefined;
  const refused = typed.problems.length > 0 || typed.conflicts.length > 0;
  const ok = doneWords.find((word) => word === queryText(visit, 'ok'));
  const name = nameOnCase(visit, found.personName);
  const heading = notice.title ?? data.source.title;
  const standing = standingWords(visit, notice);
  return show(
    visit,
    {
      title: `${heading} – ${name}`,
      styles: ['css/letter-pages.css'],
      status: refused ? 422 : 200,
      shortcuts: open ? [{ key: 's', text: t('notices:editor.save') }] : [],
    },
    <div class="tw-letter">
      <BackLink href={paths.case(found.id)}>{`${name}, ${found.number}`}</BackLink>
      {typed.problems.length === 0 ? null : <ErrorSummary t={t} problems={typed.problems} />}
      {ok === undefined ? null : <Done visit={visit} ok={ok} notice={notice} />}
      <div class="td-title-row">
        <WithHelp visit={visit} of="letter">
          <h1>{heading}</h1>
        </WithHelp>
        <Badge tone={standing.tone} icon>
          {standing.text}
        </Badge>
      </div>
      <p class="td-muted">
        {t(`notices:kind.${notice.kind}`)} · {t('notices:begunBy', { name: data.names.get(notice.begunBy) ?? '' })} ·{' '}
        {formatDateTime(notice.begunAt, visit.language, t)}
      </p>
      <LivePage
        visit={visit}
        caseId={found.id}
        part="brief"
        stamp={data.stamp}
        present={data.present}
        refresh={!refused}
      />
      {notice.state === 'discarded' ? (
        <p>{t('notices:discarded')}</p>
      ) : set !== undefined ? (
        <Draft visit={visit} data={data} typed={typed} set={set} />
      ) : (
        <Fixed visit={visit} data={data} typed={typed} />
      )}
    </div>,
  );
}

/** What was done; of a letter that goes by post, where it lies now and who takes it on. */
function Done({ visit, ok, notice }: { visit: StaffVisit; ok: (typeof doneWords)[number]; notice: Notice }) {
  const { t } = visit;
  if (ok !== 'gesendet')
    return <Alert tone={ok === 'veraendert' ? 'warning' : 'success'} live title={t(`notices:done.${ok}`)} />;
  const way = notice.way ?? 'post';
  return (
    <Alert tone="success" live title={t(`notices:done.gesendet.${way}`)}>
      {way === 'portal' ? null : (
        <p>
          <a href={paths.printQueue}>{t('notices:done.toPrinter')}</a>
        </p>
      )}
    </Alert>
  );
}

type Shown = { readonly visit: StaffVisit; readonly data: LetterData; readonly typed: Typed };

/** While it is written: text on one side, on the other what is missing, the preview, and hints. */
function Draft({ visit, data, typed, set }: Shown & { set: SetLetter }) {
  const { t } = visit;
  const { notice, source, way } = data;
  const hash = set.sha256.toString('hex');
  const others = needsRelease(source.template, notice.amountCents);
  const ready = source.problems.length === 0 && !data.itemGone;
  const typing = typed.input !== undefined;
  return (
    <div class="tw-letter__sides">
      <section aria-labelledby="write" class="tw-panel">
        <h2 id="write">{t('notices:editor.title')}</h2>
        <Editor visit={visit} data={data} typed={typed} hash={hash} />
      </section>
      <section aria-labelledby="preview" class="tw-panel">
        <h2 id="preview">{t('notices:preview.title')}</h2>
        {typing ? <p class="td-muted">{t('notices:preview.older')}</p> : null}
        {data.preferred}
        {ready ? (
          <p>{t(`notices:goes.${way.way}.${way.why}`)}</p>
        ) : (
          <div class="tw-letter__missing">
            <h3>{t('notices:preview.missing')}</h3>
            <ul>
              {data.itemGone ? <li>{t('notices:problem.itemGone')}</li> : null}
              {source.problems.map((problem) => {
                const { id, text } = readyWords(visit, problem);
                return (
                  <li>
                    <a href={`#${id}`}>{text}</a>
                  </li>
                );
              })}
            </ul>
          </div>
        )}
        <ButtonGroup>
          <Button form="text" name="tun" value="senden" disabled={!ready}>
            {t(others ? 'notices:send.submit' : 'notices:send.now')}
          </Button>
        </ButtonGroup>
        <p class="td-muted">{t(others ? 'notices:send.submitText' : 'notices:send.nowText')}</p>
        <Pages
          visit={visit}
          pages={set.pages}
          src={(page) => paths.letterPreview(notice.id, page, widths.steps[0], hash.slice(0, 12))}
        />
        <p>
          <a href={paths.letterPdf(notice.id)} data-download>
            {t('notices:preview.pdf')}
          </a>
        </p>
        <Untranslated visit={visit} data={data} />
        <Hints visit={visit} data={data} />
        <Discard visit={visit} data={data} />
      </section>
    </div>
  );
}

/** The pages as pictures; whoever cannot see them opens the PDF, which has its text and structure. */
const Pages = (props: { visit: StaffVisit; pages: number; src: (page: number) => string }) => (
  <ol class="tw-letter__pages">
    {Array.from({ length: props.pages }, (_, index) => (
      <li>
        <img
          src={props.src(index + 1)}
          alt={props.visit.t('notices:preview.page', { page: index + 1, pages: props.pages })}
          width="900"
          height="1273"
          loading={index === 0 ? undefined : 'lazy'}
        />
      </li>
    ))}
  </ol>
);

/** What of the letter has no translation: the person reads it in German alone. It never keeps a letter from being sent. */
function Untranslated({ visit, data }: Pick<Shown, 'visit' | 'data'>) {
  const { t } = visit;
  const { notice, source } = data;
  if (notice.language === defaultLanguage) return null;
  return (
    <section aria-labelledby="translation">
      <WithHelp visit={visit} of="letter-translation">
        <h3 id="translation">{t('notices:translation.heading')}</h3>
      </WithHelp>
      {source.untranslated.length === 0 ? (
        <p>{t('notices:translation.whole')}</p>
      ) : (
        <>
          <p>
            {t(source.paper.translation === undefined ? 'notices:translation.nothing' : 'notices:translation.parts')}
          </p>
          <ul class="tw-letter__hints">
            {source.untranslated.map((each) => (
              <li class="tw-typed">{each}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What is hard to read, as hints; they never keep a letter from being sent. */
function Hints({ visit, data }: Pick<Shown, 'visit' | 'data'>) {
  const { t } = visit;
  const { notice } = data;
  const hints = plainHints([notice.body, notice.reasons, notice.weighing].join('\n\n'), plainWords());
  const words = (hint: PlainHint): Content => (
    <>
      <strong>{hint.words}</strong>
      <span class="tw-sub">
        {hint.better === undefined
          ? t(`notices:plain.${hint.kind}`)
          : t(`notices:plain.${hint.kind}`, { better: hint.better })}
      </span>
    </>
  );
  return (
    <section aria-labelledby="plain">
      <WithHelp visit={visit} of="letter-plain">
        <h3 id="plain">{t('notices:plain.title')}</h3>
      </WithHelp>
      {hints.length === 0 ? (
        <p>{t('notices:plain.none')}</p>
      ) : (
        <ul class="tw-letter__hints">
          {hints.map((hint) => (
            <li>{words(hint)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

const Discard = ({ visit, data }: Pick<Shown, 'visit' | 'data'>) => (
  <form action={paths.letterVerb(data.notice.id, 'verwerfung')} method="post">
    <VerbMarks visit={visit} />
    <button type="submit" class="td-link-button">
      {visit.t('notices:discard')}
    </button>
  </form>
);

/** Once it is fixed: the bytes that were previewed, then who releases them, or how they went. */
function Fixed({ visit, data, typed }: Shown) {
  const { t } = visit;
  const { notice, document } = data;
  const submitted = notice.state === 'submitted';
  return (
    <div class="tw-letter__sides">
      <div class="tw-letter__work">
        {submitted ? (
          <Release visit={visit} data={data} typed={typed} />
        ) : (
          <Proof visit={visit} data={data} typed={typed} />
        )}
      </div>
      <section aria-labelledby="paper" class="tw-panel">
        <h2 id="paper">{t(submitted ? 'notices:release.paper' : 'notices:sent.paper')}</h2>
        {document === undefined || document.erasedAt !== null ? (
          <p>{t('notices:sent.erased')}</p>
        ) : (
          <>
            <p>
              <a href={paths.original(document.id)} data-download>
                {t('notices:sent.pdf')}
              </a>
            </p>
            <Pages
              visit={visit}
              pages={document.pages}
              src={(page) => paths.page(document.id, page, widths.steps[0])}
            />
          </>
        )}
      </section>
      {submitted ? (
        <details class="tw-letter__change" open={typed.input !== undefined}>
          <summary>{t('notices:release.change')}</summary>
          <Editor visit={visit} data={data} typed={typed} hash="" />
        </details>
      ) : null}
    </div>
  );
}

/** Somebody who wrote nothing in it looks and releases, or gives it back with a reason. */
function Release({ visit, data, typed }: Shown) {
  const { t } = visit;
  const { notice, way, authors, names } = data;
  const own = authors.includes(visit.staff.id);
  const hash = notice.sha256?.toString('hex') ?? '';
  return (
    <section aria-labelledby="release" class="tw-panel">
      <WithHelp visit={visit} of="letter-release">
        <h2 id="release">{t('notices:release.title')}</h2>
      </WithHelp>
      <p>{t('notices:release.writers', { names: authors.map((id) => names.get(id) ?? '').join(', ') })}</p>
      <p>{t(`notices:goes.${way.way}.${way.why}`)}</p>
      {data.preferred}
      {data.itemGone ? (
        <p>{t('notices:problem.itemGone')}</p>
      ) : own ? (
        <p>{t('notices:release.own')}</p>
      ) : (
        <form action={paths.letterVerb(notice.id, 'freigabe')} method="post" class="td-form">
          <VerbMarks visit={visit} />
          <input type="hidden" name="hash" value={hash} />
          <Button shortcut="g">{t('notices:release.send')}</Button>
        </form>
      )}
      <p class="td-muted tw-letter__hash">{t('notices:release.hash', { hash: hash.slice(0, 16) })}</p>
      <Form
        action={paths.letterVerb(notice.id, 'rueckgabe')}
        csrf={visit.csrf}
        hidden={{ command: newCommand(visit) }}
        label={t('notices:release.back')}
      >
        <TextArea
          t={t}
          name="why"
          label={t('notices:release.why')}
          value={typed.small === undefined ? '' : one(typed.small, 'why')}
          error={typed.problems.find((each) => each.id === fieldId('why'))?.text}
          rows={2}
          maxLength={1000}
        />
        <Button variant="secondary">{t('notices:release.back')}</Button>
      </Form>
    </section>
  );
}
