import type { RuleVersion } from '../../../modules/views/index.ts';
import { formatDate } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

/** A version in one line: its number, and since when it holds. */
export const versionWords = ({ t, language }: StaffVisit, { version, validFrom }: RuleVersion): string =>
  t('views:rule.version', { version, date: formatDate(validFrom, language) });
