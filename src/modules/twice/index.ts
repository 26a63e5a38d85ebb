export { compareDocument } from './compare-document.ts';
export { type DecideOutcome, decidePair, mergeCases } from './decide-pair.ts';
export { forgetPairs } from './forget-case.ts';
export { type CaseItem, itemsAsTheyCame, itemsOfCase, itemsOfCases, type Way } from './items.ts';
export { enqueueCompare, noticeCase, noticeSubmission } from './notice-submission.ts';
export { type Cause, causes, type TwiceCount, twiceOverview } from './overview.ts';
export {
  judgeLookalikes,
  judgeTwins,
  type Lookalike,
  ownLookalikes,
  type TwinFiles,
  twinFiles,
} from './own-lookalikes.ts';
export { type OwnConcern, type OwnHint, ownConcern, ownHints } from './own-things.ts';
export {
  type Decision,
  decisions,
  type Level,
  levels,
  type PageMarks,
  type Pair,
  type Place,
  type Side,
} from './pair.ts';
export { decisionsOf, findPair, openPairs, type PairCursor, pairsOfCase, type SeenPair } from './queries.ts';
export { forgetDocumentMarks } from './store.ts';
export { enqueueUncompared, enqueueUnnoticed } from './sweep.ts';
