import { type Answers, type FormDefinition, reachable } from '../../modules/forms/index.ts';
import type { DemoPaper } from './papers/index.ts';

/** What a paper proves, by the names that the forms have for it, the closest first. */
function proves(paper: DemoPaper): readonly string[] {
  switch (paper.kind) {
    case 'payslip':
      return ['lohnabrechnung', 'bescheid'];
    case 'rent-contract':
      return ['mietangebot', 'mietvertrag', 'mietunterlagen', 'mietschreiben'];
    case 'utility-bill':
      return ['abrechnung', 'mietunterlagen', 'abschlag'];
    case 'account-statement':
      return ['kontoauszug'];
    case 'sick-note':
      return ['au'];
    case 'termination-notice':
      return ['kuendigung'];
    case 'id-copy':
      return ['ausweis'];
    case 'school-certificate':
      return ['schulbescheinigung', 'ausbildung'];
    case 'certificate':
      return {
        'health-insurance': ['mitgliedschaft'],
        'child-benefit': ['kindergeld', 'bescheid'],
        registration: ['meldebescheinigung'],
      }[paper.facts.subject];
    case 'letter':
      return ['kontovertrag', 'mietschreiben'];
  }
}

/**
 * The question of the form under which each paper is handed in, in the order of the papers: the first that is asked and takes it, else one for other
 * papers; undefined where the form asks for nothing of the kind.
 */
export function evidenceFields(
  form: FormDefinition,
  answers: Answers,
  papers: readonly DemoPaper[],
): readonly (string | undefined)[] {
  const asked = reachable(form, answers).flatMap((question) =>
    question.fields.flatMap((field) =>
      field.kind === 'documents' ? [{ key: field.key, takes: field.evidence.map((each) => each.key) }] : [],
    ),
  );
  return papers.map(
    (paper) =>
      [...proves(paper), 'sonstiges'].flatMap((name) => asked.filter(({ takes }) => takes.includes(name)))[0]?.key,
  );
}

/** The answers with the papers under their questions, as a person hands them in. */
export function withEvidence(
  answers: Answers,
  fields: readonly (string | undefined)[],
  documents: readonly { readonly id: string }[],
): Answers {
  const given = new Map<string, string[]>();
  documents.forEach(({ id }, index) => {
    const field = fields[index];
    if (field !== undefined) given.set(field, [...(given.get(field) ?? []), id]);
  });
  const proofs = [...given].map(([field, ids]) => [field, { documents: ids, later: false }] as const);
  return { ...answers, ...Object.fromEntries(proofs) };
}
