import { isPlaceholder, type LegalEffect, type NoticeStep, type ReadyProblem } from '../../../modules/notices/index.ts';
import { type FieldProblem, fieldId, formatDate } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

type Words = Pick<StaffVisit, 't' | 'language'>;

/** What keeps a letter from being sent, as a sentence with the field it is about. */
export function readyWords({ t }: Words, problem: ReadyProblem): FieldProblem {
  const { field, code } = problem;
  const id = field === 'remedy' ? fieldId('body') : fieldId(field);
  if (code === 'empty') return { id, text: t(`notices:ready.empty.${field}`) };
  if (field === 'recipient') return { id, text: t(`notices:ready.${code}`) };
  if (code === 'braces') return { id, text: t('notices:ready.braces') };
  const where = t(`notices:where.${field}`);
  if (code === 'unfilled' && isPlaceholder(problem.name))
    return { id, text: t(`notices:ready.unfilled.${problem.name.replace('.', '-')}`, { where }) };
  return { id, text: t(`notices:ready.${code === 'unfilled' ? 'unknown' : code}`, { where, name: problem.name }) };
}

/** What follows from the proof of a notice: what counts as known when, until when an objection is in time, and why. */
export function effectWords({ t, language }: Words, effect: LegalEffect): string {
  const day = (value: string): string => formatDate(value, language);
  switch (effect.kind) {
    case 'waiting':
    case 'undelivered':
      return t(`notices:effect.${effect.kind}`);
    case 'known':
      return t('notices:effect.known', {
        sent: day(effect.sentOn),
        known: day(effect.knownOn),
        until: day(effect.until),
      });
    case 'disputed':
      return effect.claimed === null || effect.until === undefined
        ? t('notices:effect.never', { deemed: day(effect.deemedOn) })
        : t('notices:effect.late', {
            deemed: day(effect.deemedOn),
            claimed: day(effect.claimed),
            until: day(effect.until),
          });
  }
}

/** A step of the proof in words. */
export function stepWords({ t, language }: Words, step: NoticeStep): string {
  if (step.kind === 'posted' && step.day !== null)
    return t('notices:step.posted', { date: formatDate(step.day, language) });
  if (step.kind === 'disputed')
    return step.day === null
      ? t('notices:step.disputedNever')
      : t('notices:step.disputed', { date: formatDate(step.day, language) });
  if (step.kind === 'return-mistaken' && step.documentId !== null) return t('notices:step.mistakenHeld');
  return t(`notices:step.${step.kind}`);
}
