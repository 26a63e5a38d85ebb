import { ownList } from '../../fields/own-list.tsx';
import { WithHelp } from '../../help/help.tsx';
import { viewPath } from '../view.ts';
import type { Block } from './block.ts';

export const ownFields: Block = {
  name: 'own-fields',
  title: 'own:block.title',
  column: 'work',
  possible: ({ data }) => data.own.length > 0,
  render: async ({ visit, data, view }, tx) => {
    const { t } = visit;
    const list = await ownList(tx, visit, data.own);
    return (
      <section class="tw-panel td-flow" aria-labelledby="own-fields">
        <WithHelp visit={visit} of="own-fields">
          <h2 id="own-fields">{t('own:block.title')}</h2>
        </WithHelp>
        {list ?? <p class="td-muted">{t('own:block.nothing')}</p>}
        <p>
          <a href={`${viewPath(data.case.id, view, { verb: 'felder' })}#verb`}>{t('own:block.fill')}</a>
        </p>
      </section>
    );
  },
};
