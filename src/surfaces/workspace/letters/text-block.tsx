import {
  allBlocks,
  type Block,
  blockHistory,
  plainHints,
  plainWords,
  remedyBlock,
  saveBlock,
  type Translations,
  translationLanguages,
} from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Checkbox, TextArea, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { draftAt } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import {
  error,
  fresh,
  hasNewer,
  isLead,
  keep,
  keyAt,
  openedOf,
  originWords,
  Reason,
  type Shown,
  TextForm,
  textPage,
} from './text-form.tsx';

/** One block: its text for whoever reads, the form for the lead, and its history. */
export async function blockPage(visit: StaffVisit, tx: Tx, shown: Shown = { problems: [] }): Promise<Response> {
  const { t } = visit;
  const key = keyAt(visit);
  const block = (await allBlocks(tx)).find((each) => each.key === key);
  if (block === undefined && (key !== fresh || !isLead(visit))) return notFound(visit);
  const history = await blockHistory(tx, key);
  const draft = await draftAt(tx, visit, paths.letterBlock(key));
  const typed = shown.typed ?? draft?.fields;
  const value = (name: 'title' | 'body'): string => (typed === undefined ? (block?.[name] ?? '') : one(typed, name));
  const hints = plainHints(value('body'), plainWords());
  const children = (
    <>
      {hasNewer(shown) && block !== undefined ? (
        <section class="tw-panel" aria-labelledby="now">
          <h2 id="now">{t('notices:texts.now')}</h2>
          <Words visit={visit} block={block} />
        </section>
      ) : null}
      {key === remedyBlock ? <p>{t('notices:texts.remedy')}</p> : null}
      {isLead(visit) ? (
        <TextForm
          visit={visit}
          action={paths.letterBlock(key)}
          opened={openedOf(typed, shown, block?.origin)}
          typed={typed}
          draftAt={draft?.savedAt}
        >
          <TextField
            t={t}
            name="title"
            label={t('notices:texts.name')}
            value={value('title')}
            error={error(shown, 'title')}
            maxLength={120}
          />
          <TextArea
            t={t}
            name="body"
            label={t('notices:texts.body')}
            hint={t('notices:texts.bodyHint')}
            value={value('body')}
            error={error(shown, 'body')}
            rows={12}
            maxLength={20_000}
          />
          {translationLanguages.map((language) => (
            <TextArea
              t={t}
              name={`translation-${language}`}
              label={t(`notices:texts.translation.${language}`)}
              hint={t('notices:texts.translationHint')}
              value={
                typed === undefined ? (block?.translations[language] ?? '') : one(typed, `translation-${language}`)
              }
              error={error(shown, `translation-${language}`)}
              lang={language}
              rows={8}
              maxLength={20_000}
              optional
            />
          ))}
          {Object.keys(block?.translations ?? {}).length === 0 ? null : (
            <Checkbox
              t={t}
              name="fits"
              value="ja"
              optional
              label={t('notices:texts.fits')}
              checked={typed !== undefined && one(typed, 'fits') === 'ja'}
            />
          )}
          <Checkbox
            t={t}
            name="retired"
            value="ja"
            optional
            label={t('notices:texts.retire')}
            error={error(shown, 'retired')}
            checked={typed === undefined ? block?.retired === true : one(typed, 'retired') === 'ja'}
          />
          <Reason visit={visit} shown={shown} typed={typed} />
        </TextForm>
      ) : (
        <Words visit={visit} block={block} />
      )}
      {hints.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="plain">
          <h2 id="plain">{t('notices:plain.title')}</h2>
          <ul class="tw-letter__hints">
            {hints.map((hint) => (
              <li>
                <strong>{hint.words}</strong>
                <span class="tw-sub">{t(`notices:plain.${hint.kind}`, { better: hint.better ?? '' })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {history.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="history">
          <h2 id="history">{t('notices:texts.history')}</h2>
          {history.map((each) => (
            <details>
              <summary>{originWords(visit, each.origin)}</summary>
              <Words visit={visit} block={each} />
            </details>
          ))}
        </section>
      )}
    </>
  );
  return textPage(visit, shown, { title: block?.title ?? t('notices:texts.newBlock'), children });
}

/** The words of a version, in every language it has. */
const Words = ({ visit, block }: { visit: StaffVisit; block: Block | undefined }) => (
  <>
    <p class="tw-typed">{block?.body}</p>
    {translationLanguages
      .filter((language) => block?.translations[language] !== undefined)
      .map((language) => (
        <>
          <p class="td-muted">{visit.t(`notices:texts.translation.${language}`)}</p>
          <p class="tw-typed" lang={language}>
            {block?.translations[language]}
          </p>
        </>
      ))}
  </>
);

/** The translations that were typed; empty ones are none. */
const translationsOf = (input: StaffVisit['input']): Translations =>
  Object.fromEntries(
    translationLanguages
      .map((language) => [language, one(input, `translation-${language}`).slice(0, 20_000)] as const)
      .filter(([, words]) => words !== ''),
  );

export async function keepBlock(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { input } = visit;
  const title = one(input, 'title').slice(0, 120);
  return keep(visit, 'block', blockPage, (tx, key) =>
    saveBlock(tx, visit.actor, {
      key,
      title,
      body: one(input, 'body').slice(0, 20_000),
      translations: translationsOf(input),
      translationsFit: one(input, 'fits') === 'ja',
      retired: one(input, 'retired') === 'ja',
      reason: one(input, 'reason').slice(0, 300),
      opened: Number(one(input, 'opened')) || 0,
    }),
  );
}
