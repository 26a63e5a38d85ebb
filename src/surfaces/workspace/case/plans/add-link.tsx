import type { StaffVisit } from '../../visit.ts';
import { type CaseView, type Verb, verbKeys, verbPath } from '../view.ts';

/** The way from a block to the form that adds to it, with its key where it has one. */
export const AddLink = (props: { visit: StaffVisit; caseId: string; view: CaseView; verb: Verb; text: string }) => {
  const key = verbKeys[props.verb];
  return (
    <a href={verbPath(props.caseId, props.view, props.verb)}>
      {props.text} {key === undefined ? null : <kbd class="td-kbd">{key}</kbd>}
    </a>
  );
};
