import {
  inLanguage,
  isSensitive,
  type OwnField,
  type OwnValue,
  ownValueWords,
  type PastValue,
  pastValues,
} from '../../../modules/fields/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Badge, type Content, formatDateTime } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';
import type { OwnGroup } from './own-groups.ts';

type Filled = { readonly field: OwnField; readonly value: OwnValue };

/** What stands in own fields: who wrote it when, and what stood there before. Null where nothing does. */
export async function ownList(tx: Tx, visit: StaffVisit, groups: readonly OwnGroup[]): Promise<Content | null> {
  const filled = groups.flatMap((group) =>
    group.fields.flatMap(({ field, value }) => (value === undefined ? [] : [{ field, value }])),
  );
  if (filled.length === 0) return null;
  const past = await pastValues(
    tx,
    filled.map(({ value }) => value.id),
  );
  return (
    <dl class="tw-answers">
      {filled.map((each) => (
        <One visit={visit} filled={each} past={past.filter((entry) => entry.valueId === each.value.id)} />
      ))}
    </dl>
  );
}

function One({ visit, filled, past }: { visit: StaffVisit; filled: Filled; past: readonly PastValue[] }) {
  const { t, language } = visit;
  const { field, value } = filled;
  const { definition } = field;
  const say = (entry: OwnValue['value']): string =>
    entry === null ? t('own:block.empty') : ownValueWords(definition, entry, language);
  const earlier = past.filter((entry) => entry.version < value.version);
  const at = (when: Date): string => formatDateTime(when, language, t);
  return (
    <div class="tw-answer">
      <dt>
        {inLanguage(definition.label, language)}{' '}
        {isSensitive(definition.category) ? <Badge tone="warning">{t('own:block.sensitive')}</Badge> : null}
      </dt>
      <dd>
        <span class="tw-typed">{say(value.value)}</span>
        <span class="tw-sub">{t('own:block.by', { name: value.writtenName, at: at(value.writtenAt) })}</span>
        {earlier.length === 0 ? null : (
          <details>
            <summary>{t('own:block.history')}</summary>
            <ul>
              {earlier.map((entry) => (
                <li>
                  {t('own:block.was', {
                    at: at(entry.writtenAt),
                    name: entry.writtenName,
                    value: say(entry.value),
                  })}
                </li>
              ))}
            </ul>
          </details>
        )}
      </dd>
    </div>
  );
}
