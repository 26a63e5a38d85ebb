export { type Arranged, hideField, moveField } from './arrange-fields.ts';
export { asFormField } from './as-form-field.ts';
export { decideField, type FieldDecided } from './decide-field.ts';
export {
  checkOwnDefinition,
  type DefinitionProblem,
  hasChoices,
  inLanguage,
  isSensitive,
  type Known,
  type OwnCategory,
  type OwnDefinition,
  type OwnKind,
  type OwnText,
  ownCategories,
  ownDefinition,
  ownKinds,
  sensitiveCategories,
  type Target,
  targets,
  type ValueTarget,
} from './definition.ts';
export { exportFields, type FieldsImported, type FileProblem, importFields } from './exchange.ts';
export { forgetValues, passValue, valuesThrough } from './forget-subject.ts';
export { forgetOwnValue } from './forget-values.ts';
export { answerKey, extendForms } from './form-questions.ts';
export { mayOrder, type OrderAct, type OrderChange, type Ordered, orderFields, seesOrder } from './order-fields.ts';
export {
  allOrders,
  entriesOf,
  fieldsOfSpot,
  type OrderVersion,
  ordersFor,
  orderVersions,
  ownOfSpot,
  type Placement,
  placementFor,
} from './orders.ts';
export {
  fieldHistory,
  fieldsAt,
  fieldsInForce,
  type ListedField,
  listedFields,
  type OwnField,
  type Place,
} from './queries.ts';
export { addField, changeField, type FieldSaved } from './save-field.ts';
export {
  isOwnSpot,
  isSpot,
  type OrderEntry,
  type PlacedField,
  placeFields,
  type Spot,
  shippedFields,
  spots,
} from './spots.ts';
export type { FieldAct, VersionRow } from './store.ts';
export type { OwnChange, OwnState } from './tables.ts';
export { findableValue, ownValueWords } from './value-words.ts';
export {
  type OwnValue,
  ownValues,
  type PastValue,
  pastValues,
  valuesAfter,
  valuesOf,
  valuesOfField,
} from './values.ts';
export { type OwnConflict, type OwnWrite, type OwnWritten, writeOwnValues } from './write-values.ts';
