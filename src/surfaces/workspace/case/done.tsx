import { Alert, type Content } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';
import { verbs } from './view.ts';

/** Words for what just happened, as they stand in the address: each verb, and what is done without a form. */
const doneWords = [
  ...verbs,
  'frei',
  'eingehalten',
  'erledigt',
  'ruecknahme',
  'angenommen',
  'lesbarkeit',
  'verlegung',
  'eigener',
  'terminantwort',
  'unveraendert',
] as const;

/** Says what just happened; `written`: and of a message, how the person gets to know of it. */
export function Done({ visit, written }: { visit: StaffVisit; written?: Content }) {
  const done = doneWords.find((word) => word === visit.c.req.query('ok'));
  return done === undefined ? null : (
    <Alert tone="success" live title={visit.t(`workspace:done.${done}`)}>
      {done === 'nachrichten' ? written : undefined}
    </Alert>
  );
}
