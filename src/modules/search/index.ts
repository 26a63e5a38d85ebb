export { ANY_LANGUAGE, type EntryKind, entryKinds, type Findable, SEARCH_METHOD } from './entry.ts';
export { findNewest, findTexts } from './find.ts';
export { type Fit, fits } from './fit.ts';
export type { FindFor, TextHit, TextHits, TextQuery } from './query.ts';
export { beginningOf, placedText, type Snippet, snippetOf, wordsFound } from './snippet.ts';
export {
  type FoundKind,
  findableKinds,
  findablesOfCase,
  findablesOfTopic,
  forgetFindable,
  forgetFindablesOfCase,
  keepFindable,
  moveFindables,
  notFindable,
  searchKey,
} from './store.ts';
export { askedTerms } from './terms.ts';
