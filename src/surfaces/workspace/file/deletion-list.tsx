import { Button, type Column, type Content, Table } from '../../../ui/index.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { isTicked, placeOf, TickAll, type TickKind, tickId } from './deletion-ticks.tsx';

/** What a list of due deletions says of one row beside its columns: what is ticked, and whether something holds it. */
export type Ticked = { readonly id: string; readonly held: boolean; readonly label: string };

/** Rows with the classes of the workspace: each is a card on a narrow screen. */
export const DeletionTable = <Row,>(props: {
  caption: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}) => <Table {...props} class="tw-inbox" />;

/**
 * The form in which a lead ticks what may be deleted, with its table: papers or cases. What is held has a word in place of its tick; where everything is
 * held, there is nothing to confirm.
 */
export function DeletionList<Row>(props: {
  visit: StaffVisit;
  of: TickKind;
  /** Where the list goes on, and where it stands on the page. */
  place: string;
  at: string;
  caption: string;
  choose: string;
  confirm: Content;
  rows: readonly Row[];
  tick: (row: Row) => Ticked;
  columns: readonly Column<Row>[];
}) {
  const { visit, of, place, at, rows, tick } = props;
  const anyFree = rows.some((row) => !tick(row).held);
  const choose: Column<Row> = { header: props.choose, cell: (row) => <Tick visit={visit} of={of} {...tick(row)} /> };
  return (
    <form action={paths.fileDeletions} method="post" data-submit-once="">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="command" value={newCommand(visit)} />
      <input type="hidden" name={place} value={placeOf(visit, place)} />
      {anyFree ? <TickAll visit={visit} of={of} place={place} at={at} /> : null}
      <DeletionTable caption={props.caption} rows={rows} columns={[choose, ...props.columns]} />
      {anyFree ? <Button variant="danger">{props.confirm}</Button> : null}
    </form>
  );
}

const Tick = ({ visit, of, id, held, label }: Ticked & { visit: StaffVisit; of: TickKind }) =>
  held ? (
    <span id={tickId(id)}>{visit.t('file:deletion.held')}</span>
  ) : (
    <input
      type="checkbox"
      class="tw-file__tick"
      name={of}
      id={tickId(id)}
      value={id}
      checked={isTicked(visit, of, id)}
      aria-label={label}
    />
  );
