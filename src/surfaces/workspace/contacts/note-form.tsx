import { isId } from '../../../kernel/ids.ts';
import { contactWays } from '../../../modules/cases/index.ts';
import { circlesOf, notesOf, noteTopics, peopleOfCase } from '../../../modules/contacts/index.ts';
import { employerLabel, employersMeant, employersOfNotes } from '../../../modules/employers/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Content, Select, TextArea, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { AnsweredInTalk } from '../case/open-messages.tsx';
import { errorOf, type FormProps, Sheet, wasTyped } from '../case/verb-sheet.tsx';
import { employerField } from '../employers/choose.tsx';
import { fieldName, isShown } from '../fields/field-words.tsx';
import { OwnInputs } from '../fields/own-inputs.tsx';
import { nameOnCase } from '../words.tsx';
import { fieldsOfNote } from './note-fields.tsx';
import { NoteText, noteQuery } from './note-list.tsx';
import { partnerTopic, topicOptions } from './words.ts';

/** A note: what was said first, then about what and whom, how and when, and who may read it. */
export async function noteForm(tx: Tx, props: FormProps): Promise<Content> {
  const { visit, data, view } = props;
  const { t } = visit;
  const corrects = one(view.input, 'corrects');
  const corrected = isId(corrects)
    ? (await notesOf(tx, visit, [data.case.id], { id: corrects }, undefined, 1)).notes[0]
    : undefined;
  const people = await peopleOfCase(tx, data.case);
  const lost = isId(corrects) && corrected === undefined; // they may not read it any more: sending is refused, not made public
  const circles =
    corrected === undefined && !lost ? (await circlesOf(tx, visit.reader)).filter((each) => !each.closed) : [];
  const placed = data.placement('note');
  const field = (name: string, otherwise = '') => ({
    t,
    name,
    label: fieldName(visit, placed, 'note', name),
    value: one(view.input, name) || otherwise,
    error: errorOf(view, name),
  });
  const chosen = one(view.input, 'circle');
  const gone = chosen !== '' && !circles.some((each) => each.id === chosen);
  const whom = [
    ...(data.case.personId === null
      ? [{ value: 'stated', label: nameOnCase(visit, data.case.personName) }]
      : people.map((each) => ({ value: each.id, label: each.name }))),
    { value: 'household', label: t('contacts:household') },
  ];
  const about = corrected?.about;
  // What the house or the team hides is asked for again where it has been said: nothing that was written is lost.
  const asked = (name: 'way' | 'day'): boolean =>
    view.all || one(view.input, name) !== '' || (name === 'way' && about?.way != null) || isShown(placed, name);
  const topic = one(view.input, 'topic') || about?.topic || noteQuery(visit).thema;
  const linked = corrected === undefined ? [] : await employersOfNotes(tx, [corrected.id]);
  const [employer] = (
    await employersMeant(
      tx,
      linked.map((each) => each.employerId),
    )
  ).values();
  const talkedWith = employer === undefined ? (about?.employer ?? '') : employerLabel(employer);
  const withEmployer = topic === partnerTopic || one(view.input, 'employer') !== '' || talkedWith !== '';
  const topics = topicOptions(visit, await noteTopics(tx), about?.topic);
  const short: Readonly<Record<string, () => Content>> = {
    topic: () => (
      <Select
        {...field('topic', about?.topic ?? noteQuery(visit).thema)}
        options={topics}
        empty={t('workspace:verb.choose')}
      />
    ),
    whom: () => <Select {...field('whom', about?.personId ?? whom[0]?.value)} options={whom} />,
    way: () => (
      <Select
        {...field('way', about?.way)}
        optional
        empty={t('contacts:noWay')}
        options={contactWays.map((value) => ({ value, label: t(`contacts:way.${value}`) }))}
      />
    ),
    day: () => <TextField {...field('day')} optional width="s" maxLength={20} />,
  };
  return (
    <Sheet {...props} verb="notizen">
      {lost ? <input type="hidden" name="corrects" value={corrects} /> : null}
      {corrected === undefined ? null : (
        <>
          <input type="hidden" name="corrects" value={corrected.id} />
          <p>
            {t(about?.circle === undefined ? 'contacts:correcting' : 'contacts:correctingCircle', {
              circle: about?.circle ?? '',
            })}
          </p>
          <NoteText visit={visit} note={corrected} />
        </>
      )}
      <TextArea {...field('text')} rows={4} maxLength={10_000} hint={t('contacts:field.textHint')} />
      <div class="tw-fields">
        {placed.map(({ key }) => ((key === 'way' || key === 'day') && !asked(key) ? null : short[key]?.()))}
      </div>
      {withEmployer
        ? await employerField(tx, props, {
            name: 'employer',
            label: t('contacts:field.employer'),
            hint: t('contacts:field.employerHint'),
            otherwise: talkedWith,
          })
        : null}
      <OwnInputs
        visit={visit}
        groups={await fieldsOfNote(tx, data.case, corrected?.id, view.all)}
        input={wasTyped(view) ? view.input : undefined}
        problems={view.problems}
      />
      {circles.length === 0 && !gone ? null : (
        <Select
          {...field('circle')}
          optional
          hint={t('contacts:field.circleHint')}
          empty={t('contacts:everybody')}
          options={[
            ...circles.map((each) => ({ value: each.id, label: t('contacts:circle.only', { circle: each.name }) })),
            ...(gone ? [{ value: chosen, label: t('contacts:circle.gone') }] : []),
          ]}
        />
      )}
      {corrected === undefined && !lost ? <AnsweredInTalk {...props} circles={circles.length > 0 || gone} /> : null}
    </Sheet>
  );
}
