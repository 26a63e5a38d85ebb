import { decisionResults } from '../../../modules/cases/index.ts';
import type { Match, PersonHit } from '../../../modules/people/index.ts';
import { isNamed } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import {
  Button,
  type Content,
  ErrorSummary,
  Form,
  fieldId,
  formatDate,
  formatLanguage,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { AppointmentsAtClosing } from '../appointments/at-closing.tsx';
import { holidayPlace, ToldDay, usualDay } from '../free-day.tsx';
import { WithHelp } from '../help/help.tsx';
import { LettersAtClosing } from '../letters/at-closing.tsx';
import { paths } from '../paths.ts';
import { alikeToo } from '../people/look-up.ts';
import { PeopleFound } from '../people/people-found.tsx';
import { nameOf, personWords } from '../people/person-words.ts';
import { PromiseFields } from '../promise-fields.tsx';
import { SearchField } from '../search-field.tsx';
import { ConflictNote } from '../together/conflict.tsx';
import { DraftNote } from '../together/drafts.tsx';
import { closedLink } from '../words-in-addresses.ts';
import { FollowUpsAtClosing, ItemsAtClosing, PromisesAtClosing } from './at-closing.tsx';
import { FollowUpFields, MoveFollowUpFields } from './follow-up-fields.tsx';
import { HowTheyKnow } from './how-they-know.tsx';
import { partOf } from './more-verbs.ts';
import { papersOf } from './papers.tsx';
import { newCommand } from './verb-marks.tsx';
import { errorOf, type FormProps, field, marks, Sheet, SheetButtons, versions, wasTyped } from './verb-sheet.tsx';
import { type CaseVerb, isCaseVerb, type Verb, viewPath } from './view.ts';

/** Days a person gets for something that is missing, unless the clerk says otherwise. */
const usualDays = 14;

function Assign(props: FormProps) {
  const { visit, data } = props;
  const { t } = visit;
  const options = data.staff.map((each) => ({ value: each.id, label: each.name }));
  return (
    <Sheet {...props} verb="zuweisung">
      <Select
        {...field(props, 'zuweisung', 'staff')}
        value={wasTyped(props.view) ? one(props.view.input, 'staff') : (data.case.assigneeId ?? '')}
        options={options}
        empty={t('workspace:verb.zuweisung.nobody')}
      />
    </Sheet>
  );
}

/** What a person is asked for and why, where a paper is not in German; in German, as letters are. */
function translationWords({ data, view }: FormProps, name: 'what' | 'why', language: string): string {
  const t = translate('de');
  const paper = papersOf(data).find((each) => each.id === view.document)?.name ?? '';
  return t(`workspace:foreign.${name}`, { language: formatLanguage(language, 'de', t), paper });
}

async function Require(props: FormProps) {
  const { visit, view } = props;
  const usual = formatDate(usualDay(visit, await holidayPlace(visit), usualDays), visit.language);
  const language = one(view.input, 'translation');
  /** Asked from a paper in another language, the form proposes the words; the person who asks changes them. */
  const asked = (name: 'what' | 'why') => {
    const own = field(props, 'anforderungen', name);
    return language === '' || own.value !== '' ? own : { ...own, value: translationWords(props, name, language) };
  };
  return (
    <Sheet {...props} verb="anforderungen">
      <ToldDay input={view.input} question={view.question} />
      <TextField {...asked('what')} maxLength={200} />
      <TextArea {...asked('why')} rows={2} maxLength={1000} />
      <TextField
        {...field(props, 'anforderungen', 'due')}
        value={one(view.input, 'due') || usual}
        hint={visit.t('workspace:verb.anforderungen.dueHint')}
        width="s"
        maxLength={20}
      />
      <p class="td-muted">{visit.t('workspace:verb.anforderungen.seen')}</p>
    </Sheet>
  );
}

const Write = (props: FormProps) => (
  <Sheet {...props} verb="nachrichten">
    <HowTheyKnow {...props} />
    <TextArea
      {...field(props, 'nachrichten', 'text')}
      rows={5}
      maxLength={10_000}
      hint={props.visit.t('workspace:verb.nachrichten.hint')}
    />
  </Sheet>
);

const Decide = (props: FormProps) => (
  <Sheet {...props} verb="entscheidung">
    <Select
      {...field(props, 'entscheidung', 'result')}
      empty={props.visit.t('workspace:verb.choose')}
      options={decisionResults.map((value) => ({ value, label: props.visit.t(`workspace:result.${value}`) }))}
    />
    <TextArea
      {...field(props, 'entscheidung', 'reasons')}
      rows={5}
      maxLength={10_000}
      hint={props.visit.t('workspace:verb.entscheidung.hint')}
    />
    <TextArea
      {...field(props, 'entscheidung', 'discretion')}
      rows={3}
      maxLength={5_000}
      hint={props.visit.t('workspace:verb.entscheidung.discretionHint')}
      optional
    />
  </Sheet>
);

const Close = (props: FormProps) => (
  <Sheet {...props} verb="abschluss">
    <p>{props.visit.t('workspace:verb.abschluss.text')}</p>
    <ItemsAtClosing {...props} />
    <PromisesAtClosing {...props} />
    <AppointmentsAtClosing {...props} />
    <FollowUpsAtClosing {...props} />
    <LettersAtClosing {...props} />
  </Sheet>
);

const Reopen = (props: FormProps) => (
  <Sheet {...props} verb="wiederaufnahme">
    <TextArea {...field(props, 'wiederaufnahme', 'reason')} rows={3} maxLength={2_000} />
  </Sheet>
);

const Move = (props: FormProps) => (
  <Sheet {...props} verb="team">
    <Select
      {...field(props, 'team', 'team')}
      empty={props.visit.t('workspace:verb.choose')}
      options={props.data.teams
        .filter((team) => team.id !== props.data.case.teamId)
        .map((team) => ({ value: team.id, label: team.name }))}
    />
  </Sheet>
);

/** One of the people found, as a line of the question who this is; chosen only where somebody chose it. */
const FoundChoice = (props: { person: PersonHit; label: string; says: Content; id: string; chosen: boolean }) => (
  <div class="kern-form-check">
    <input
      class="kern-form-check__radio"
      type="radio"
      id={props.id}
      name="person"
      value={props.person.id}
      checked={props.chosen}
      required
      aria-describedby={`${props.id}-hint`}
    />
    <label class="kern-label" for={props.id}>
      {props.label}
    </label>
    <div class="kern-hint" id={`${props.id}-hint`}>
      {props.says}
    </div>
  </div>
);

function Confirm(props: FormProps) {
  const { visit, data, view } = props;
  const { t } = visit;
  const because = (match: Match): string =>
    t('workspace:person.because', {
      reasons: match.reasons.map((reason) => t(`workspace:matchReason.${reason}`)).join(', '),
    });
  const found = new Set(data.found?.people.map(({ id }) => id));
  const suggested = data.matches
    .filter(({ id }) => !found.has(id))
    .map((match) => ({ value: match.id, label: personWords(visit, match), hint: because(match) }));
  const matchOf = (person: PersonHit) => data.matches.find(({ id }) => id === person.id);
  const stated = data.submissions[0]?.submission.person;
  const fresh =
    stated === undefined || !isNamed(stated) || data.case.personId !== null
      ? []
      : [
          {
            value: 'neu',
            label: t('workspace:verb.person.new', { name: nameOf(stated) }),
          },
        ];
  const takeBack =
    data.case.personId === null ? [] : [{ value: 'niemand', label: t('workspace:verb.person.takeBack') }];
  const options = [...suggested, ...fresh, ...takeBack];
  // Who looks for somebody else does not mean the one who is suggested.
  const only = data.found === undefined && data.matches.length === 1 ? data.matches[0]?.id : undefined;
  const chosen = one(view.input, 'person') || only;
  const { document } = view;
  const alike = { tun: 'person', dok: document, suche: view.search, namen: alikeToo };
  return (
    <>
      <form action={paths.case(data.case.id)} method="get" class="td-form td-form--inline">
        <input type="hidden" name="tun" value="person" />
        {document === undefined ? null : <input type="hidden" name="dok" value={document} />}
        <SearchField
          name="suche"
          label={t('workspace:verb.person.search')}
          hint={t('workspace:verb.person.searchHint')}
          value={view.search}
        />
        <Button variant="secondary">{t('workspace:verb.person.find')}</Button>
      </form>
      <Form
        action={paths.caseVerb(data.case.id, 'person')}
        csrf={visit.csrf}
        hidden={{ ...marks(props), suche: view.search, namen: view.names }}
        versions={versions(props, 'person')}
      >
        <RadioGroup
          {...field(props, 'person', 'person')}
          value={chosen}
          options={options}
          before={
            <PeopleFound
              visit={visit}
              found={data.found}
              narrow
              person={(person, says, first) => (
                <FoundChoice
                  person={person}
                  says={says}
                  label={personWords(visit, person)}
                  id={first && options.length === 0 ? fieldId('person') : `found-${person.id}`}
                  chosen={person.id === chosen}
                />
              )}
              note={(person) => {
                const match = matchOf(person);
                return match === undefined ? undefined : because(match);
              }}
              alikeHref={`${closedLink(visit, paths.case(data.case.id), alike)}#verb`}
              nobody={<p role="status">{t('workspace:verb.person.nobody')}</p>}
            />
          }
        />
        <SheetButtons {...props} verb="person" />
      </Form>
    </>
  );
}

/** Two ways a stranger does not have: the identity document at the counter, or the code of a letter. */
const Account = (props: FormProps) => {
  const { t, csrf } = props.visit;
  return (
    <>
      {props.data.bank?.confirmedAt === null ? (
        <Sheet {...props} verb="konto">
          <p>{t('workspace:verb.konto.counter')}</p>
        </Sheet>
      ) : null}
      <Form
        action={paths.bankLetter(props.data.case.id)}
        csrf={csrf}
        hidden={{ command: newCommand(props.visit) }}
        label={t('workspace:verb.konto.letter')}
      >
        <h3>{t('workspace:verb.konto.letter')}</h3>
        <TextArea
          t={t}
          name="address"
          label={t('workspace:verb.konto.address')}
          hint={t('workspace:verb.konto.addressHint')}
          value={one(props.view.input, 'address')}
          error={errorOf(props.view, 'address')}
          rows={4}
          maxLength={500}
        />
        <Button variant="secondary">{t('workspace:verb.konto.print')}</Button>
      </Form>
    </>
  );
};

const Promised = (props: FormProps) => (
  <Sheet {...props} verb="zusage">
    <PromiseFields
      visit={{ ...props.visit, input: props.view.input }}
      problems={props.view.problems}
      question={props.view.question}
    />
  </Sheet>
);

/** Where the person may be written to, and from where what they write may come. */
const Email = (props: FormProps) => {
  const { visit, data, view } = props;
  const typed = one(view.input, 'email');
  return (
    <Sheet {...props} verb="email">
      <TextField
        {...field(props, 'email', 'email')}
        value={wasTyped(view) ? typed : (data.email ?? '')}
        hint={visit.t('workspace:verb.email.hint')}
        type="email"
        maxLength={254}
        autocomplete="off"
        optional
      />
    </Sheet>
  );
};

const FollowUpForm = async (props: FormProps) => (
  <Sheet {...props} verb="wiedervorlage">
    <FollowUpFields {...props} place={await holidayPlace(props.visit)} />
  </Sheet>
);

const MoveFollowUpForm = async (props: FormProps) => (
  <Sheet {...props} verb="verschiebung">
    <MoveFollowUpFields {...props} place={await holidayPlace(props.visit)} />
  </Sheet>
);

const forms: Readonly<Record<CaseVerb, (props: FormProps) => Content | Promise<Content>>> = {
  zuweisung: Assign,
  anforderungen: Require,
  nachrichten: Write,
  entscheidung: Decide,
  abschluss: Close,
  wiederaufnahme: Reopen,
  team: Move,
  person: Confirm,
  konto: Account,
  zusage: Promised,
  email: Email,
  wiedervorlage: FollowUpForm,
  verschiebung: MoveFollowUpForm,
};

/** The form of the open verb, with what was typed and what is wrong. */
export async function verbForm(tx: Tx, props: FormProps & { verb: Verb }): Promise<Content> {
  const { visit, view, verb } = props;
  const body = await (isCaseVerb(verb) ? forms[verb](props) : partOf(verb)?.form(tx, props));
  return (
    <section class="tw-verb" id="verb" tabindex={-1} aria-labelledby="verb-title">
      <WithHelp visit={visit} of={`verb-${verb}`}>
        <h2 id="verb-title">{visit.t(`workspace:verb.${verb}.title`)}</h2>
      </WithHelp>
      <ErrorSummary t={visit.t} problems={view.problems} />
      {view.conflict === undefined ? null : <ConflictNote visit={visit} conflict={view.conflict} />}
      {view.draftAt === undefined ? null : (
        <DraftNote
          visit={visit}
          savedAt={view.draftAt}
          place={paths.caseVerb(props.data.case.id, verb)}
          page={viewPath(props.data.case.id, view, { verb })}
        />
      )}
      {body}
    </section>
  );
}
