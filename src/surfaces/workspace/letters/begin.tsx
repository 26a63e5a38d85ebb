import { isId } from '../../../kernel/ids.ts';
import { appointmentsForClient } from '../../../modules/appointments/index.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import { accountTemplate, allTemplates, beginNotice, invitation } from '../../../modules/notices/index.ts';
import { fieldId, RadioGroup, Select, TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { whenWords, whomWords } from '../appointments/words.ts';
import { addressLength, statedAddress, statedLanguage } from '../case/item-letter.tsx';
import type { VerbPart } from '../case/more-verbs.ts';
import { errorOf, Sheet, wasTyped } from '../case/verb-sheet.tsx';
import { paths } from '../paths.ts';

/** Begins a letter in the case: what it is begun from, and for whose window. */
export const beginLetter: VerbPart = {
  form: async (tx, props) => {
    const { visit, view, data } = props;
    const { t } = visit;
    const templates = (await allTemplates(tx)).filter((each) => !each.retired && each.key !== accountTemplate);
    const coming = await appointmentsForClient(tx, data.case);
    const entry = one(view.input, 'entry');
    const submissions = data.submissions.map((each) => each.submission);
    return (
      <Sheet {...props} verb="brief">
        <RadioGroup
          t={t}
          name="template"
          label={t('notices:begin.template')}
          value={one(view.input, 'template') || (entry === '' ? '' : invitation)}
          error={errorOf(view, 'template')}
          options={templates.map((each) => ({
            value: each.key,
            label: each.kind === 'notice' ? t('notices:begin.isNotice', { title: each.title }) : each.title,
          }))}
        />
        {coming.length > 1 || (coming.length > 0 && entry !== '') ? (
          <Select
            t={t}
            name="entry"
            label={t('notices:begin.appointment')}
            hint={t('notices:begin.appointmentHint')}
            value={entry}
            error={errorOf(view, 'entry')}
            options={coming.map((each) => ({
              value: each.id,
              label: `${whenWords(visit, each)}, ${whomWords(visit, each.personName)}`,
            }))}
          />
        ) : null}
        <TextArea
          t={t}
          name="recipient"
          label={t('notices:field.recipient')}
          hint={t('notices:field.recipientHint')}
          value={wasTyped(view) ? one(view.input, 'recipient') : statedAddress(submissions)}
          rows={4}
          maxLength={addressLength}
          optional
        />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const act = { actor: visit.actor, reader: visit.reader, caseId };
    const recipient = one(visit.input, 'recipient').slice(0, addressLength);
    const template = one(visit.input, 'template');
    const language = statedLanguage(await submissionsOfCase(tx, caseId));
    const entry = one(visit.input, 'entry');
    const chosen = isId(entry) ? { appointmentId: entry } : {};
    const begun = await beginNotice(tx, act, { template, recipient, language, ...chosen });
    if (begun.kind === 'begun') return { kind: 'next', path: paths.letter(begun.id) };
    if (begun.kind === 'not-found') return { kind: 'not-found' };
    if (begun.kind === 'no-appointment')
      return { kind: 'wrong', problems: [{ id: fieldId('entry'), text: visit.t('notices:problem.appointmentId') }] };
    const problem = { id: fieldId('template'), text: visit.t('notices:problem.template') };
    return { kind: 'wrong', problems: [problem] };
  },
};
