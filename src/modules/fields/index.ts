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
export {
  fieldHistory,
  fieldsAt,
  type ListedField,
  listedFields,
  type OwnField,
  type Place,
} from './queries.ts';
export { addField, changeField, type FieldSaved } from './save-field.ts';
export type { FieldAct, VersionRow } from './store.ts';
export type { OwnChange, OwnState } from './tables.ts';
