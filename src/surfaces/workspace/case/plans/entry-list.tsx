import type { PlanEntry } from '../../../../modules/plans/index.ts';
import type { BlockProps } from '../blocks/block.ts';
import { verbPath } from '../view.ts';
import { Rows } from './rows.tsx';

/** What was said, in the words in which it was said, each with the way to end it. */
export const EntryList = ({ visit, data, view, entries }: BlockProps & { entries: readonly PlanEntry[] }) => (
  <Rows
    of={entries}
    row={(each) => (
      <li>
        <span class="tw-said">
          <q>{each.words}</q>
        </span>
        <a
          href={verbPath(data.case.id, view, 'eintragsende', each.id)}
          aria-label={visit.t('plans:endLabel', { what: each.words ?? '' })}
        >
          {visit.t('plans:end')}
        </a>
      </li>
    )}
  />
);
