import { chooseDelivery, deliveryChoice } from '../../../modules/notices/index.ts';
import { isEmail } from '../../../modules/people/index.ts';
import { Checkbox, fieldId, RadioGroup, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import { errorOf, Sheet, wasTyped } from '../case/verb-sheet.tsx';

/** Notes by which way the person wants the letters of a case, as they said it at the counter or by phone. */
export const chooseWay: VerbPart = {
  form: async (tx, props) => {
    const { visit, data, view } = props;
    const { t } = visit;
    const choice = await deliveryChoice(tx, data.case.id);
    const value = (name: string, now: string): string => (wasTyped(view) ? one(view.input, name) : now);
    return (
      <Sheet {...props} verb="zustellweg">
        <RadioGroup
          t={t}
          name="way"
          label={t('notices:way.question')}
          hint={t('notices:way.hint')}
          value={value('way', choice?.way ?? 'post')}
          options={[
            { value: 'post', label: t('notices:way.viaPost') },
            { value: 'portal', label: t('notices:way.portalConsent') },
          ]}
        />
        <Checkbox
          t={t}
          optional
          name="everywhere"
          label={t('notices:way.everywhere')}
          value="ja"
          checked={wasTyped(view) && one(view.input, 'everywhere') === 'ja'}
        />
        <TextField
          t={t}
          name="mail"
          type="email"
          label={t('notices:way.email')}
          hint={t('notices:way.emailHint')}
          value={value('mail', choice?.email ?? data.email ?? '')}
          error={errorOf(view, 'mail')}
          maxLength={300}
          optional
          mark="none"
        />
        <RadioGroup
          t={t}
          name="reminders"
          label={t('notices:way.reminders')}
          hint={t('notices:way.remindersHint')}
          value={value('reminders', choice?.reminders === true ? 'ja' : 'nein')}
          options={[
            { value: 'ja', label: t('notices:way.remind') },
            { value: 'nein', label: t('notices:way.remindNot') },
          ]}
        />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const email = one(visit.input, 'mail').slice(0, 300).toLowerCase();
    const said = one(visit.input, 'reminders');
    const reminders = said === 'ja' || said === 'nein' ? { reminders: said === 'ja' } : {};
    const portal = one(visit.input, 'way') === 'portal';
    if ((portal || said === 'ja') && !isEmail(email))
      return { kind: 'wrong', problems: [{ id: fieldId('mail'), text: visit.t('notices:problem.mail') }] };
    return chooseDelivery(
      tx,
      visit.actor,
      caseId,
      portal
        ? { way: 'portal', email, ...reminders }
        : {
            way: 'post',
            ...(said === 'ja' && { email }),
            ...reminders,
            everywhere: one(visit.input, 'everywhere') === 'ja',
          },
    );
  },
};
