import type { FoundPerson } from '../../../modules/people/index.ts';
import { Button } from '../../../ui/index.ts';
import { personWords } from '../case/verb-forms.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { LetterView } from './load-letter.ts';

type Props = { readonly visit: StaffVisit; readonly view: LetterView };

/** Whom the letter may be from or about: suggestions with their reasons, a search, or nobody. One key each. */
export function WhoIsIt({ visit, view }: Props) {
  const { t } = visit;
  const page = view.page === undefined ? undefined : String(view.page.page);
  const choose = (person: string): string => withQuery(paths.scanLetter(view.letter.id), { seite: page, person });
  const option = (person: FoundPerson, key: string | undefined, reasons: string, first: boolean) => (
    <li>
      <a
        href={choose(person.id)}
        data-shortcut={key}
        aria-current={view.person?.id === person.id ? 'true' : undefined}
        autofocus={first}
      >
        {personWords(visit, person)}
        {key === undefined ? null : <kbd class="td-kbd">{key}</kbd>}
      </a>
      {reasons === '' ? null : <span class="tw-sub">{reasons}</span>}
    </li>
  );
  return (
    <section class="tp-who" aria-labelledby="who-title">
      <h2 id="who-title">{t('post:who.title')}</h2>
      <ul class="tp-people">
        {view.matches.map((match, index) =>
          option(
            match,
            ['7', '8', '9'][index],
            match.reasons.map((reason) => t(`workspace:matchReason.${reason}`)).join(', '),
            false,
          ),
        )}
        {view.found.map((person, index) => option(person, undefined, '', index === 0))}
        <li>
          <a href={choose('niemand')} data-shortcut="0" aria-current={view.person === undefined ? 'true' : undefined}>
            {t('post:who.nobody')} <kbd class="td-kbd">0</kbd>
          </a>
        </li>
      </ul>
      {view.search !== '' && view.found.length === 0 ? <p role="status">{t('post:who.none')}</p> : null}
      <form action={paths.scanLetter(view.letter.id)} method="get" class="td-form td-form--inline tp-search">
        {page === undefined ? null : <input type="hidden" name="seite" value={page} />}
        <div class="kern-form-input">
          <label class="kern-label" for="person-search">
            {t('post:who.search')} <kbd class="td-kbd">p</kbd>
          </label>
          <input
            class="kern-form-input__input"
            id="person-search"
            name="suche"
            value={view.search}
            maxlength={100}
            autocomplete="off"
            data-shortcut="p"
            data-suggest="#person-suggestions"
          />
        </div>
        <Button variant="secondary" small>
          {t('post:who.find')}
        </Button>
      </form>
    </section>
  );
}
