import type { Day } from '../../kernel/dates.ts';
import type { Jsonb, Tx } from '../../platform/database/index.ts';
import type { Fact, FactDetail, FactKind, FactSourceKind } from './fact.ts';

/** The tables of this module. */
export type FactTables = {
  fact: {
    id: string;
    case_id: string;
    kind: FactKind;
    person_id: string | null;
    person_name: string;
    text: string;
    detail: Jsonb<FactDetail>;
    /** Of what was read: the words of the page that say so, as they stand there; none once the page is gone. */
    places: Jsonb<readonly string[]> | null;
    valid_from: Day | null;
    valid_until: Day | null;
    source: FactSourceKind;
    source_id: string | null;
    source_page: number | null;
    source_day: Day;
    said_at: Date;
    said_by: string;
    said_by_name: string;
    confirmed_at: Date | null;
    confirmed_by: string | null;
    confirmed_by_name: string | null;
    closed_as: 'replaced' | 'ended' | 'wrong' | null;
    closed_at: Date | null;
    closed_by: string | null;
    closed_by_name: string | null;
    closed_reason: string | null;
    replaced_by: string | null;
  };
  facts_read: { document_id: string; method: number; read_at: Date };
};

/** Who said what was read on a page. */
export const readingMachine = 'reading';

export const factRows = (tx: Tx) => tx.tables<FactTables>().selectFrom('fact').selectAll('fact');

type Row = Awaited<ReturnType<ReturnType<typeof factRows>['execute']>>[number];

export const asFact = (row: Row): Fact => ({
  id: row.id,
  caseId: row.case_id,
  kind: row.kind,
  personId: row.person_id,
  personName: row.person_name,
  text: row.text,
  detail: row.detail,
  places: row.places ?? [],
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  source: { kind: row.source, id: row.source_id, page: row.source_page, day: row.source_day },
  saidAt: row.said_at,
  saidByName: row.said_by_name,
  confirmedAt: row.confirmed_at,
  confirmedByName: row.confirmed_by_name,
  closedAs: row.closed_as,
  closedAt: row.closed_at,
  closedByName: row.closed_by_name,
  closedReason: row.closed_reason,
  replacedBy: row.replaced_by,
});
