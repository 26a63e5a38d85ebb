import { type Day, dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { acceptSentAgain, askAgain, type RequiredItem, sentAgainFor } from '../../../modules/cases/index.ts';
import { fieldId, formatDate, Select, TextArea, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { freeDayQuestion, holidayPlace, ToldDay, usualDay } from '../free-day.tsx';
import { readDayNear } from '../near-day.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import type { VerbPart } from './more-verbs.ts';
import { type FormProps, field, Sheet } from './verb-sheet.tsx';
import type { Tried, Try } from './verbs.ts';

/** Days a person gets for what is asked for again, where the day that was set first is over. */
const usualDays = 14;

const act = (visit: StaffVisit, caseId: string) => ({ actor: visit.actor, reader: visit.reader, caseId });

/** What came of all that was asked for: what counts as answered, and what was sent again and waits for a word of the office. */
export const itemsThatCame = (data: CaseData): RequiredItem[] =>
  data.items.filter(
    (item) =>
      item.withdrawnAt === null && (item.fulfilledAt !== null || sentAgainFor(data.events, item.id) !== undefined),
  );

const nameOf = ({ what, fulfilledAt }: RequiredItem, { language }: StaffVisit): string =>
  fulfilledAt === null ? what : `${what} (${formatDate(fulfilledAt, language)})`;

/** The day that was set first, as long as it is to come; then a new one. */
function proposedDay(item: RequiredItem | undefined, visit: StaffVisit, usual: Day): Day {
  const today = dayInGermany(visit.services.clock.now());
  return item !== undefined && item.dueOn > today ? item.dueOn : usual;
}

async function AskAgain(props: FormProps) {
  const { visit, data, view } = props;
  const { t, language } = visit;
  const items = itemsThatCame(data);
  const chosen = items.find(({ id }) => id === one(view.input, 'entry')) ?? items.at(-1);
  if (chosen === undefined) return <p>{t('workspace:verb.nachreichung.none')}</p>;
  const day = proposedDay(chosen, visit, usualDay(visit, await holidayPlace(visit), usualDays));
  return (
    <Sheet {...props} verb="nachreichung">
      <ToldDay input={view.input} question={view.question} now={chosen.dueOn} />
      <Select
        {...field(props, 'nachreichung', 'entry')}
        value={chosen.id}
        options={items.map((item) => ({ value: item.id, label: nameOf(item, visit) }))}
      />
      <TextArea
        {...field(props, 'nachreichung', 'why')}
        hint={t('workspace:verb.nachreichung.whyHint')}
        rows={3}
        maxLength={1000}
      />
      <TextField
        {...field(props, 'nachreichung', 'due')}
        value={one(view.input, 'due') || formatDate(day, language)}
        hint={t('workspace:verb.anforderungen.dueHint')}
        width="s"
        maxLength={20}
      />
    </Sheet>
  );
}

const attempt: Try = async (tx, visit, caseId) => {
  const id = one(visit.input, 'entry');
  const why = one(visit.input, 'why').slice(0, 1_000).trim();
  const dueOn = readDayNear(visit, one(visit.input, 'due'));
  const problems = [
    ...(isId(id) ? [] : ['entry']),
    ...(why === '' ? ['why'] : []),
    ...(dueOn === undefined ? ['due'] : dueOn <= dayInGermany(visit.services.clock.now()) ? ['duePast'] : []),
  ];
  if (problems.length > 0 || dueOn === undefined) return wrong(visit, problems);
  const question = await freeDayQuestion(visit, dueOn, 'item', 'due');
  if (question !== undefined) return { kind: 'asks', question };
  return askAgain(tx, act(visit, caseId), id, { why, dueOn });
};

const sentences = { entry: 'askAgainWhat', why: 'askAgainWhy', due: 'due', duePast: 'duePast' } as const;

const wrong = (visit: StaffVisit, problems: readonly string[]): Tried => ({
  kind: 'wrong',
  problems: problems.map((key) => ({
    id: fieldId(key === 'duePast' ? 'due' : key),
    text: visit.t(`workspace:problem.${sentences[key as keyof typeof sentences]}`),
  })),
});

/** What came for a request is not what was asked for: it is asked for again, with the reason that the person reads. */
export const askAgainVerb: VerbPart = {
  possible: (data) => itemsThatCame(data).length > 0,
  form: (_tx, props) => AskAgain(props),
  attempt,
};

/** What was sent again does. */
export const accept: Try = async (tx, visit, caseId) => {
  const itemId = visit.c.req.param('item');
  return isId(itemId) ? acceptSentAgain(tx, act(visit, caseId), itemId) : { kind: 'not-found' };
};
