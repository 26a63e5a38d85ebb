export { changeRule, type RuleChange } from './change-rule.ts';
export { chooseView, viewOf } from './choose-view.ts';
export { forgetViews, ruleVersions } from './store.ts';
export {
  arrange,
  type BlockRule,
  firstVerbs,
  isWorkView,
  type RuleVersion,
  ruleInForce,
  type ShownAs,
  shippedBlocks,
  shippedVerbs,
  shownAs,
  type WorkView,
  workViews,
} from './work-view.ts';
