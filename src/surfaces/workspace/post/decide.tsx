import { letterKinds } from '../../../modules/documents/index.ts';
import { asideReasons, type Doubt } from '../../../modules/post/index.ts';
import {
  Button,
  type FieldProblem,
  fieldId,
  formatDate,
  formatMoney,
  RadioGroup,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import { personWords } from '../people/person-words.ts';
import type { StaffVisit } from '../visit.ts';
import { concernOptions, concernTitles } from '../words.tsx';
import { concernOf, type LetterView } from './load-letter.ts';

type Props = { readonly visit: StaffVisit; readonly view: LetterView; readonly problems: readonly FieldProblem[] };

const field = ({ visit, problems }: Props, name: string) => ({
  t: visit.t,
  name,
  label: visit.t(`post:field.${name}`),
  error: problems.find((problem) => problem.id === fieldId(name))?.text,
});

/** Where the letter may go: a new concern, a case, a missing paper of it. */
async function options({ visit, view }: Props) {
  const { t } = visit;
  const title = await concernTitles(visit);
  const correcting = view.letter.submissionId !== null;
  return [
    ...(correcting ? [] : [{ value: 'neu', label: t('workspace:counter.newCase') }]),
    ...(view.foreignCase === undefined
      ? []
      : [
          {
            value: [view.foreignCase.caseId, view.foreignCase.itemId].filter(Boolean).join(':'),
            label: t('post:decide.foreignCase'),
            hint: t('post:decide.foreignCaseHint'),
          },
        ]),
    ...view.cases.flatMap(({ row, items }) => [
      ...items.map((item) => ({
        value: `${row.id}:${item.id}`,
        label: t('workspace:counter.answersItem', { what: item.what }),
        hint: t('workspace:counter.caseHint', { number: row.number, concern: title(row.concern) }),
      })),
      {
        value: row.id,
        label: t('post:decide.addTo', { concern: title(row.concern) }),
        hint: t('workspace:counter.openSince', { number: row.number, date: formatDate(row.openedAt, visit.language) }),
      },
    ]),
  ];
}

/** What was read on the letter, as far as it helps to decide. */
function Read({ visit, view }: Props) {
  const { t, language } = visit;
  const { suggestion } = view.letter;
  const facts = [
    ...(suggestion.sender === undefined ? [] : [[t('post:letter.sender'), suggestion.sender.name] as const]),
    ...(suggestion.kindWords.length === 0
      ? []
      : [[t('post:decide.because'), suggestion.kindWords.map((word) => `„${word}“`).join(', ')] as const]),
    ...(suggestion.days.length === 0
      ? []
      : [
          [
            t('post:decide.days'),
            suggestion.days
              .slice(0, 4)
              .map((day) => formatDate(day, language))
              .join(', '),
          ] as const,
        ]),
    ...(suggestion.amounts.length === 0
      ? []
      : [
          [
            t('post:decide.amounts'),
            suggestion.amounts
              .slice(0, 4)
              .map((cents) => formatMoney(cents, language))
              .join(', '),
          ] as const,
        ]),
    ...(suggestion.returns === undefined ? [] : [[t('post:decide.code'), t('post:decide.codeText')] as const]),
  ];
  return facts.length === 0 ? null : (
    <dl class="tp-facts">
      {facts.map(([key, value]) => (
        <div>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Who the letter says it is from, where the office knows nobody: stated, and settled later in the queue of doubts. */
function Stated(props: Props) {
  const { visit, view } = props;
  if (view.person !== undefined || view.letter.submissionId !== null) return null;
  const [name] = view.letter.suggestion.names;
  const value = (key: string, suggested: string | undefined): string =>
    visit.c.req.method === 'POST' ? one(visit.input, key) : (suggested ?? '');
  const birth = view.letter.suggestion.birthDates[0];
  return (
    <details class="tp-stated" open={props.problems.length > 0}>
      <summary>{visit.t('post:decide.stated')}</summary>
      <p class="kern-hint">{visit.t('post:decide.statedHint')}</p>
      <div class="tw-fields">
        <TextField
          {...field(props, 'familyName')}
          value={value('familyName', name?.familyName)}
          maxLength={100}
          autocomplete="off"
          optional
        />
        <TextField
          {...field(props, 'givenName')}
          value={value('givenName', name?.givenName)}
          maxLength={100}
          autocomplete="off"
          optional
        />
        <TextField
          {...field(props, 'birthDate')}
          value={value('birthDate', birth === undefined ? undefined : formatDate(birth, 'de'))}
          maxLength={20}
          autocomplete="off"
          optional
        />
      </div>
    </details>
  );
}

/** What is suggested, and the button that takes it: it has the focus, so Enter is enough. */
export async function Decide(props: Props) {
  const { visit, view } = props;
  const { t, language } = visit;
  const { letter, batch, person } = view;
  const { suggestion } = letter;
  const correcting = letter.submissionId !== null;
  const value = (name: string, suggested: string): string => one(visit.input, name) || suggested;
  const arrived = suggestion.stampedOn ?? batch.receivedOn;
  const choices = await options(props);
  // Nobody wrote an empty sheet: it is not taken in passing, while one presses Enter for the letters around it.
  const blank = letter.doubts.includes('only-blank');
  return (
    <>
      <form
        action={paths.scanVerb(letter.id, 'bestaetigung')}
        method="post"
        class="td-form tp-decide"
        data-submit-once
        id="decide"
      >
        <VerbMarks visit={visit} />
        <input type="hidden" name="version" value={String(letter.version)} data-version />
        <input type="hidden" name="person" value={person?.id ?? 'niemand'} />
        {view.page === undefined ? null : <input type="hidden" name="seite" value={String(view.page.page)} />}
        <div class="tp-take">
          <p class="tp-take__who">
            {person === undefined ? t('post:who.nobody') : personWords(visit, person)}
            <span class="tw-sub">{t(`post:kind.${suggestion.kind}`)}</span>
          </p>
          <button
            type="submit"
            class="kern-btn kern-btn--primary"
            autofocus={!blank && view.found === undefined && props.problems.length === 0}
            data-enter={blank ? undefined : true}
          >
            <span class="kern-label">{t(correcting ? 'post:decide.move' : 'post:decide.take')}</span>
            {blank ? null : (
              <span class="td-kbd" aria-hidden="true">
                {t('post:decide.enterKey')}
              </span>
            )}
          </button>
        </div>
        {correcting ? (
          <p>
            {t('post:decide.correcting', { number: letter.receiptNumber ?? '' })}{' '}
            <a href={paths.case(letter.caseId ?? '')}>{t('workspace:receipt.toCase')}</a>
          </p>
        ) : null}
        <Read {...props} />
        {choices.length < 2 && !correcting ? (
          <input type="hidden" name="case" value={choices[0]?.value ?? 'neu'} />
        ) : (
          <div data-shortcut-group="c">
            <RadioGroup {...field(props, 'case')} value={view.target} options={choices} />
          </div>
        )}
        {correcting ? null : (
          <>
            <div class="tw-fields">
              <Select
                {...field(props, 'concern')}
                value={value('concern', concernOf(suggestion))}
                options={await concernOptions(visit)}
              />
              <Select
                {...field(props, 'kind')}
                value={value('kind', suggestion.kind)}
                options={letterKinds.map((kind) => ({ value: kind, label: t(`post:kind.${kind}`) }))}
              />
            </div>
            <TextField
              {...field(props, 'receivedOn')}
              value={value('receivedOn', formatDate(arrived, language))}
              hint={t(suggestion.stampedOn === undefined ? 'post:decide.receivedHint' : 'post:decide.stampHint')}
              width="s"
              maxLength={20}
              autocomplete="off"
            />
            <Stated {...props} />
            <div class="kern-form-check">
              <input
                class="kern-form-check__checkbox"
                type="checkbox"
                id={fieldId('receipt')}
                name="receipt"
                value="yes"
                checked={one(visit.input, 'receipt') === 'yes'}
              />
              <label class="kern-label" for={fieldId('receipt')}>
                {t('post:field.receipt')} <kbd class="td-kbd">r</kbd>
              </label>
            </div>
          </>
        )}
      </form>
      {correcting ? null : <PutAside {...props} />}
    </>
  );
}

/** What another scan of the paper may cure. */
const scanDoubts: ReadonlySet<Doubt> = new Set([
  'pages-missing',
  'totals-differ',
  'heads-differ',
  'unreadable',
  'cut-edge',
  'nothing-read',
]);

/** Leaves the letter for later, with the reason; the others go on. */
function PutAside({ visit, view }: Props) {
  const { t } = visit;
  const { letter } = view;
  const reason = letter.doubts.some((doubt) => scanDoubts.has(doubt)) ? 'scan-again' : 'later';
  return (
    <form action={paths.scanVerb(letter.id, 'zurueckstellen')} method="post" class="td-form td-form--inline tp-aside">
      <VerbMarks visit={visit} />
      <div class="kern-form-input">
        <label class="kern-label" for="aside-reason">
          {t('post:aside.label')}
        </label>
        <select class="kern-form-input__input td-select" id="aside-reason" name="grund">
          {asideReasons.map((each) => (
            <option value={each} selected={each === reason}>
              {t(`post:aside.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <Button variant="secondary" small shortcut="l">
        {t('post:aside.send')}
      </Button>
    </form>
  );
}
