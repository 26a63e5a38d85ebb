import type { Visit } from '../visit.ts';

/** What somebody is told about what they type, while it is kept (js/draft.js, js/keep-forms.js). */
export const draftTexts = ({ t }: Visit): Readonly<Record<string, string>> => ({
  saved: t('together:draft.saved'),
  local: t('together:draft.local'),
  unsafe: t('together:draft.unsafe'),
  signedOut: t('together:draft.signedOut'),
  away: t('together:draft.away'),
  backAgain: t('together:draft.backAgain'),
});
