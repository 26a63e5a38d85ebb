import {
  allBlocks,
  allTemplates,
  type Block,
  type Template,
  translationLanguages,
} from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Badge, type Content } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { fresh, isLead, originWords } from './text-form.tsx';

/** All templates and blocks; each with where its text comes from. */
export async function textsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const templates = await allTemplates(tx);
  const blocks = await allBlocks(tx);
  const line = (each: Block | Template, href: string, more: Content) => (
    <li>
      <span>
        <a href={href}>{each.title}</a> {each.retired ? <Badge>{t('notices:texts.retired')}</Badge> : null}
        <span class="tw-sub">{originWords(visit, each.origin)}</span>
        {more}
      </span>
    </li>
  );
  const missing = ({ retired, translations }: Block): Content =>
    translationLanguages
      .filter((language) => !retired && translations[language] === undefined)
      .map((language) => <span class="tw-sub">{t(`notices:texts.untranslated.${language}`)}</span>);
  return show(
    visit,
    { title: t('notices:texts.title'), active: 'post', styles: ['css/letter-pages.css'] },
    <>
      {queryText(visit, 'ok') === '' ? null : <Alert tone="success" live title={t('notices:texts.saved')} />}
      <WithHelp visit={visit} of="letter-texts">
        <h1>{t('notices:texts.title')}</h1>
      </WithHelp>
      <p>{t(isLead(visit) ? 'notices:texts.text' : 'notices:texts.readOnly')}</p>
      <section class="tw-panel" aria-labelledby="templates">
        <h2 id="templates">{t('notices:texts.templates')}</h2>
        <ul class="tw-open">
          {templates.map((each) =>
            line(
              each,
              paths.letterTemplate(each.key),
              <span class="tw-sub">
                {t(`notices:kind.${each.kind}`)} ·{' '}
                {t(`notices:rule.${each.release}`, { amount: each.aboveCents / 100 })}
              </span>,
            ),
          )}
        </ul>
        {isLead(visit) ? <a href={paths.letterTemplate(fresh)}>{t('notices:texts.newTemplate')}</a> : null}
      </section>
      <section class="tw-panel" aria-labelledby="blocks">
        <h2 id="blocks">{t('notices:texts.blocks')}</h2>
        <ul class="tw-open">{blocks.map((each) => line(each, paths.letterBlock(each.key), missing(each)))}</ul>
        {isLead(visit) ? <a href={paths.letterBlock(fresh)}>{t('notices:texts.newBlock')}</a> : null}
      </section>
    </>,
  );
}
