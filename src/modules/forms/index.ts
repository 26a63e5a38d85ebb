export type { Address, Answers, AnswerValue, DocumentsAnswer, Period, Row, SimpleValue } from './answers.ts';
export { type Condition, condition, holds } from './condition.ts';
export * from './definition.ts';
export { shippedDefinitions, shippedGroups } from './shipped.ts';
