import { one } from '../../request.ts';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';

/** Where a list goes on: of the page that is shown, or of the one whose form was sent. */
export const placeOf = (visit: StaffVisit, name: string): string => one(visit.input, name) || queryText(visit, name);

export type TickKind = 'unterlage' | 'vorgang';
export const tickId = (id: string): string => `tick-${id}`;

/** What stays ticked after a form was refused, or is ticked because somebody wants all of the page. */
export const isTicked = (visit: StaffVisit, of: TickKind, id: string): boolean =>
  [visit.input[of] ?? []].flat().includes(id) || queryText(visit, 'alle') === of;

/** Shows the same page with everything ticked that may go: looked at and confirmed by a button of its own, and without a script. */
export function TickAll(props: { visit: StaffVisit; of: TickKind; place: string; at: string }) {
  const { visit, of, place, at } = props;
  const from = placeOf(visit, place);
  const query = { alle: of, ...(from === '' ? {} : { [place]: from }) };
  return (
    <p>
      <a href={`${withQuery(paths.fileDeletions, query)}#${at}`}>{visit.t('file:deletion.tickAll')}</a>
    </p>
  );
}
