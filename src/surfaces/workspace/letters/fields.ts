import { isId } from '../../../kernel/ids.ts';
import { decisionResults } from '../../../modules/cases/index.ts';
import {
  type Notice,
  type NoticeContent,
  type NoticeField,
  noticeFields,
  type Written,
} from '../../../modules/notices/index.ts';
import { joinTexts } from '../../../modules/together/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import { isLanguage } from '../../../platform/i18n/index.ts';
import { type FieldProblem, fieldId, formatDate } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { parseDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';

/** How long each text may be. */
const lengths: Readonly<Partial<Record<NoticeField, number>>> = {
  subject: 200,
  body: 40_000,
  reasons: 20_000,
  weighing: 20_000,
  recipient: 500,
};

/** The value of a field as it stands in its form. */
export function shownValue(notice: NoticeContent, field: NoticeField): string {
  switch (field) {
    case 'amountCents':
      return notice.amountCents === null ? '' : (notice.amountCents / 100).toFixed(2).replace('.', ',');
    case 'deadline':
      return notice.deadline === null ? '' : formatDate(notice.deadline, 'de');
    case 'result':
      return notice.result ?? '';
    case 'appointmentId':
      return notice.appointmentId ?? '';
    default:
      return notice[field].trim();
  }
}

/** What a field showed when the form was made: whether somebody changed it is told by this, and not by what stands there now. */
export const markOf = (value: string): string => sha256(value).toString('base64url').slice(0, 16);

export const standName = (field: NoticeField): string => `stand-${field}`;
export const wasName = (field: NoticeField): string => `war-${field}`;

type Read = { readonly written: Written; readonly problems: readonly FieldProblem[] };

/**
 * What the form wants to write: only what its writer changed, with the version they had before them. `nimm` leaves a field to the other
 * person, `beides` puts both texts together.
 */
export function readFields(visit: StaffVisit, now: Notice): Read {
  const { input } = visit;
  const problems: FieldProblem[] = [];
  const written: { [Field in NoticeField]?: { value: NoticeContent[Field]; opened: number } } = {};
  const listed = (name: string): readonly string[] => [input[name] ?? []].flat();
  for (const field of noticeFields) {
    const was = one(input, wasName(field));
    if (input[field] === undefined || was === '' || listed('nimm').includes(field)) continue;
    const typed = one(input, field).slice(0, lengths[field] ?? 100);
    if (markOf(typed) === was) continue;
    const mine = listed('beides').includes(field) ? joinTexts(shownValue(now, field), typed) : typed;
    const value = parsed(field, mine);
    if (value === undefined) problems.push({ id: fieldId(field), text: visit.t(`notices:problem.${field}`) });
    else Object.assign(written, { [field]: { value, opened: Number(one(input, standName(field))) || 0 } });
  }
  return { written, problems };
}

/** A field as it is kept; undefined where the words cannot be read. */
function parsed(field: NoticeField, text: string): string | number | null | undefined {
  switch (field) {
    case 'amountCents':
      return text === '' ? null : cents(text);
    case 'deadline':
      return text === '' ? null : parseDay(text);
    case 'result':
      return text === '' ? null : decisionResults.find((each) => each === text);
    case 'appointmentId':
      return text === '' ? null : isId(text) ? text : undefined;
    case 'language':
      return isLanguage(text) ? text : undefined;
    default:
      return text;
  }
}

/** An amount as people type it (`1.234,50`, `1234.5`, `80`), in whole cents. */
function cents(text: string): number | undefined {
  const plain = text
    .replace(/[€\s]/g, '')
    .replace(/\.(?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.');
  if (!/^\d{1,9}(?:\.\d{1,2})?$/.test(plain)) return undefined;
  return Math.round(Number(plain) * 100);
}
