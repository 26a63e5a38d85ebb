export { ANY_LANGUAGE, type EntryKind, entryKinds, type Findable, SEARCH_METHOD } from './entry.ts';
export { type FindFor, findTexts, type TextHit, type TextHits, type TextQuery } from './find.ts';
export { type Fit, fits } from './fit.ts';
export { beginningOf, placedText, type Snippet, snippetOf, wordsFound } from './snippet.ts';
export { forgetFindable, keepFindable, moveFindables, notFindable, searchKey } from './store.ts';
export { askedTerms } from './terms.ts';
