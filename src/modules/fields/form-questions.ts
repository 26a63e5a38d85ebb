import { type LocalizedText, translate } from '../../platform/i18n/index.ts';
import { type ExtendForms, type FormDefinition, ownAnswerPrefix, type Question } from '../forms/index.ts';
import { allTeams } from '../settings/index.ts';
import { asFormField } from './as-form-field.ts';
import { allOrders, entriesOf } from './orders.ts';
import { fieldsInForce, isFor, type OwnField } from './queries.ts';
import { placeFields } from './spots.ts';

/** More fields than this do not stand on one page of a form. */
const onePage = 12;
const section = 'own-fields';

const inBoth = (key: string): LocalizedText => ({ de: translate('de')(key), en: translate('en')(key) });

/**
 * The key under which the answer to an own field stands among the answers of a form: no key of a shipped form begins so, and two keys of
 * fields never become one.
 */
export const answerKey = (field: Pick<OwnField, 'key'>): string =>
  `${ownAnswerPrefix}${field.key.replaceAll('-', '_')}`;
const purposeKey = (field: OwnField): string => `own-${field.key}`;

/**
 * What a Jobcenter asks for in the online form of a concern beside the form itself: a last, voluntary page behind the questions of the
 * version. The version stays as it was published; what a person saw and said is frozen with all other answers (§ 36a (2b) SGB I). A draft of
 * an older version gets the page when it goes on with the newer one. The team that works on a concern has an order of its own for it, and may leave
 * fields out: nobody is asked for what it does not need (Art. 5 (1) c DSGVO).
 */
export const extendForms: ExtendForms = async (tx) => {
  const known = await fieldsInForce(tx, ['form']);
  const teams = known.length === 0 ? [] : await allTeams(tx);
  const orders = known.length === 0 ? [] : await allOrders(tx);
  return (form) => {
    const here = known.filter(({ definition }) => isFor(definition, { concern: form.key }));
    const team = teams.find((each) => each.key === form.team)?.id;
    const order = team === undefined ? undefined : entriesOf(orders, 'own-form', team);
    const placed = placeFields(
      here.map(({ key }) => ({ key, required: false })),
      undefined,
      order,
    );
    const fields = placed.flatMap(({ key, hidden }) => (hidden ? [] : here.filter((each) => each.key === key)));
    return fields.length === 0 ? form : withQuestions(form, fields);
  };
};

function withQuestions(form: FormDefinition, fields: readonly OwnField[]): FormDefinition {
  const pages = Array.from({ length: Math.ceil(fields.length / onePage) }, (_, page) =>
    fields.slice(page * onePage, (page + 1) * onePage),
  );
  const questions = pages.map(
    (page, index): Question => ({
      key: index === 0 ? section : `${section}-${index + 1}`,
      section,
      title: inBoth('own:online.title'),
      help: inBoth('own:online.help'),
      fields: page.map((field) => asFormField(answerKey(field), field.definition, { purpose: purposeKey(field) })),
    }),
  );
  const purposes = fields.map((field) => {
    const text = `${field.definition.purpose} (${field.definition.legalBasis})`;
    return [purposeKey(field), { de: text, en: text }] as const;
  });
  return {
    ...form,
    purposes: { ...form.purposes, ...Object.fromEntries(purposes) },
    sections: [...form.sections, { key: section, title: inBoth('own:online.section') }],
    questions: [...form.questions, ...questions],
  };
}
