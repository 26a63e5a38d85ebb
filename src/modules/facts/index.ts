export {
  type BoardCases,
  boardCases,
  boardFact,
  boardFacts,
  casesOfBoard,
  type FactPerson,
  factHistory,
  peopleOfFacts,
  peopleOfPapers,
  placesOfFact,
} from './board.ts';
export { contradicts } from './contradicts.ts';
export {
  type Fact,
  type FactDetail,
  type FactKind,
  type FactProblem,
  type FactSource,
  type FactSourceKind,
  factKinds,
  factSources,
  type HelperScope,
  helperScopes,
  isUnnamed,
  type NewFact,
  type ReachWay,
  reachWays,
  sharedKinds,
  singleKinds,
  standingOf,
} from './fact.ts';
export { FACTS_METHOD, factsBehind, noteFactsRead } from './facts-read.ts';
export { type FactHeirs, forgetFacts, forgetFactsRead, isInFacts } from './forget-case.ts';
export { type PaperAbout, type PaperPage, type PaperReading, readPaper } from './read-paper.ts';
export type { Running } from './running.ts';
export { closeFact, confirmFact, type FactAct, type FactOutcome, nameFact, sayFact } from './say-fact.ts';
export { forgetSuggestions, suggestRunning } from './suggest-fact.ts';
