export { type Contradiction, contradiction, type PageIdentity, pageIdentity } from './contradict.ts';
export { amountsIn, daysIn, stampDay } from './dates.ts';
export { type Beginning, beginsLetter, missingNumbers, type PageSigns, pageSigns, totalChange } from './first-page.ts';
export { type KindSuggestion, type LetterKind, letterKinds, suggestKind } from './kind.ts';
export { foreignLanguage } from './language.ts';
export { type Line, linesOf, type SeenPage, type SeenWord } from './lines.ts';
export { type FoundName, type PersonClues, personClues } from './person.ts';
export { type SenderSuggestion, suggestSender } from './sender.ts';
