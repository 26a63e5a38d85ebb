import { entryKinds } from '../../../modules/search/index.ts';
import { Button } from '../../../ui/index.ts';
import { foreignLanguages, languageOptions } from '../languages.tsx';
import type { StaffVisit } from '../visit.ts';
import { type Asked, isNarrowed, me, notGerman, periods, searchPath } from './asked.ts';

type Option = { readonly value: string; readonly label: string };
export type Choices = { readonly topics: readonly Option[]; readonly staff: readonly Option[] };

/** Narrows the texts: by kind, topic, time, author and language. Where the window is narrow it is folded as long as it narrows nothing. */
export function TextFilter({ visit, asked, choices }: { visit: StaffVisit; asked: Asked; choices: Choices }) {
  const { t } = visit;
  const select = (name: 'art' | 'thema' | 'seit' | 'von' | 'sprache', options: readonly Option[]) => (
    <div class="kern-form-input">
      <label class="kern-label" for={`search-${name}`}>
        {t(`search:filter.${name}`)}
      </label>
      <select class="kern-form-input__input td-select" id={`search-${name}`} name={name}>
        <option value="">{t('search:filter.any')}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === asked[name]}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
  const people = [
    { value: me, label: t('search:me') },
    { value: 'client', label: t('search:client') },
    ...choices.staff,
  ];
  return (
    <details class="tw-search__fold" open={isNarrowed(asked)}>
      <summary>{t('search:filter.label')}</summary>
      <fieldset class="tw-filter">
        <legend class="kern-sr-only">{t('search:filter.label')}</legend>
        {asked.nach === '' ? null : <input type="hidden" name="nach" value={asked.nach} />}
        {select(
          'art',
          entryKinds.map((value) => ({ value, label: t(`search:kind.${value}`) })),
        )}
        {select('thema', choices.topics)}
        {select(
          'seit',
          periods.map((value) => ({ value, label: t(`search:since.${value}`) })),
        )}
        {select('von', people)}
        {select('sprache', [
          { value: notGerman, label: t('search:notGerman') },
          ...languageOptions(visit, foreignLanguages),
        ])}
        <div class="tw-filter__act">
          <Button variant="secondary">{t('search:filter.apply')}</Button>
          {isNarrowed(asked) ? (
            <a href={searchPath(visit, asked, { art: '', thema: '', seit: '', von: '', sprache: '' })}>
              {t('search:filter.reset')}
            </a>
          ) : null}
        </div>
      </fieldset>
    </details>
  );
}
