import { type Question, validateAnswer } from '../../modules/forms/index.ts';

const question: Question = {
  key: 'login',
  section: 'login',
  title: { de: '-', en: '-' },
  fields: [
    {
      key: 'birthDate',
      kind: 'date',
      label: { de: 'Geburtsdatum', en: 'Date of birth' },
      required: true,
      privacy: { category: 'identity', purpose: 'login' },
      validation: { notBefore: '1900-01-01', notAfter: 'today' },
    },
  ],
};

/** A birth date as somebody typed it to prove who they are, read as in every form. `today` is an ISO day. */
export const readBirthDate = (typed: string, today: string): ReturnType<typeof validateAnswer> =>
  validateAnswer(question, { birthDate: typed }, today);
