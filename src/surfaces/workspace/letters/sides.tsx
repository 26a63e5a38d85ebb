import type { Sides } from '../../print-bundle.ts';
import { withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';

/** How a job goes to the printer: on both sides of a sheet, unless the address asks for one. */
export const sidesOf = (visit: StaffVisit): Sides => (queryText(visit, 'seiten') === 'ein' ? 'one' : 'both');

/** The same papers for a printer that prints on one side, without pages that are empty. */
export const OneSided = ({ visit, href }: { visit: StaffVisit; href: string }) => (
  <p class="td-muted">
    {visit.t('notices:print.sides')}{' '}
    <a href={withQuery(href, { seiten: 'ein' })} data-download>
      {visit.t('notices:print.oneSided')}
    </a>
  </p>
);
