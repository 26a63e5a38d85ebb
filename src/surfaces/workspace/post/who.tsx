import type { FoundPerson, PersonHit } from '../../../modules/people/index.ts';
import { Button } from '../../../ui/index.ts';
import { paths, withQuery } from '../paths.ts';
import { alikeToo } from '../people/look-up.ts';
import { noteId, PeopleFound } from '../people/people-found.tsx';
import { personWords } from '../people/person-words.ts';
import type { StaffVisit } from '../visit.ts';
import { closedLink } from '../words-in-addresses.ts';
import type { LetterView } from './load-letter.ts';

/** The keys of people: suggestions have the first ones, then come those who were found. */
const peopleKeys = ['7', '8', '9'] as const;

type Props = { readonly visit: StaffVisit; readonly view: LetterView };

/** Whom the letter may be from or about: suggestions with their reasons, a search, or nobody. One key each. */
export function WhoIsIt({ visit, view }: Props) {
  const { t } = visit;
  const page = view.page === undefined ? undefined : String(view.page.page);
  const choose = (person: string): string => withQuery(paths.scanLetter(view.letter.id), { seite: page, person });
  /** Names as they were typed take the focus, so that Enter chooses; those written alike never do, nor does what Enter would take in the meantime. */
  const named = view.found?.people[0] !== undefined && !view.found.people[0].alike;
  /** Nor does a key choose them. */
  const found = view.found?.people.filter(({ alike }) => !alike) ?? [];
  const keyOf = (person: PersonHit): string | undefined =>
    person.alike ? undefined : peopleKeys[view.matches.length + found.indexOf(person)];
  const choice = (person: FoundPerson, note: string | undefined, key: string | undefined, first: boolean) => (
    <a
      href={choose(person.id)}
      data-shortcut={key}
      aria-current={view.person?.id === person.id ? 'true' : undefined}
      aria-describedby={note}
      autofocus={first}
    >
      {personWords(visit, person)}
      {key === undefined ? null : <kbd class="td-kbd">{key}</kbd>}
    </a>
  );
  return (
    <section class="tp-who td-flow" aria-labelledby="who-title">
      <h2 id="who-title">{t('post:who.title')}</h2>
      <ul class="tp-people">
        {view.matches.map((match, index) => (
          <li>
            {choice(match, undefined, peopleKeys[index], false)}
            <span class="tw-sub">{match.reasons.map((reason) => t(`workspace:matchReason.${reason}`)).join(', ')}</span>
          </li>
        ))}
        <li>
          <a href={choose('niemand')} data-shortcut="0" aria-current={view.person === undefined ? 'true' : undefined}>
            {t('post:who.nobody')} <kbd class="td-kbd">0</kbd>
          </a>
        </li>
      </ul>
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
            autofocus={view.found !== undefined && !named}
            data-shortcut="p"
          />
        </div>
        <Button variant="secondary" small>
          {t('post:who.find')}
        </Button>
      </form>
      <div id="people-found">
        <PeopleFound
          visit={visit}
          found={view.found}
          narrow
          person={(person, says, first) => (
            <>
              {choice(person, noteId(person), keyOf(person), first && named)}
              {says}
            </>
          )}
          alikeHref={closedLink(visit, paths.scanLetter(view.letter.id), {
            seite: page,
            suche: view.search,
            namen: alikeToo,
          })}
          nobody={<p role="status">{t('post:who.none')}</p>}
        />
      </div>
    </section>
  );
}
