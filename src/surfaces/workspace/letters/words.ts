import {
  isPlaceholder,
  type LegalEffect,
  type NoticeStep,
  type ProvenNotice,
  type ReadyProblem,
  whereaboutsOf,
} from '../../../modules/notices/index.ts';
import { type FieldProblem, fieldId, formatDate, type Tone } from '../../../ui/index.ts';
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

const tones = {
  draft: 'info',
  submitted: 'warning',
  toPrint: 'warning',
  toPost: 'warning',
  sent: 'success',
  discarded: 'info',
  returned: 'warning',
  stopped: 'info',
} as const satisfies Readonly<Record<string, Tone>>;

type Proven = Pick<ProvenNotice, 'state' | 'way' | 'waitsFor' | 'releasedAt' | 'changedAt' | 'steps'>;

/** Where a letter stands: it counts as sent only once it lies in the portal, or was handed to the post. */
function standingOf(notice: Proven): keyof typeof tones {
  if (notice.state !== 'sent') return notice.state;
  if (notice.waitsFor === 'address') return 'returned';
  const where = whereaboutsOf(notice, notice.steps);
  if (where.kind === 'coming' || where.kind === 'again') return notice.waitsFor === 'hand-over' ? 'toPost' : 'toPrint';
  return where.kind === 'returned' || where.kind === 'stopped' ? where.kind : 'sent';
}

/** Where a letter stands, for its badge. */
export function standingWords({ t }: Words, notice: Proven): { readonly text: string; readonly tone: Tone } {
  const standing = standingOf(notice);
  return { text: t(`notices:state.${standing}`), tone: tones[standing] };
}

/** Since when a letter stands so: written in last, lying for the post, handed over. */
export function sinceWords({ t, language }: Words, notice: Proven): string {
  if (notice.releasedAt === null) return t('notices:case.changed', { date: formatDate(notice.changedAt, language) });
  const where = whereaboutsOf(notice, notice.steps);
  const began = notice.steps.findLast(({ kind }) => kind === 'queued' || kind === 'again')?.at ?? notice.releasedAt;
  switch (where.kind) {
    case 'portal':
      return t('notices:case.portal', { date: formatDate(notice.releasedAt, language) });
    case 'coming':
    case 'again':
      return t('notices:case.coming', { date: formatDate(began, language) });
    case 'posted':
      return t('notices:case.posted', { date: formatDate(where.on, language) });
    case 'returned':
    case 'stopped':
      return t('notices:case.released', { date: formatDate(notice.releasedAt, language) });
  }
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

/**
 * The steps of the proof as they are told. What one person put before somebody else and released in the same moment needed nobody else: that is one
 * step, of which no release is claimed.
 */
export function toldSteps(steps: readonly NoticeStep[]): { readonly step: NoticeStep; readonly atOnce: boolean }[] {
  const atOnce = (step: NoticeStep | undefined, next: NoticeStep | undefined): boolean =>
    step?.kind === 'submitted' && next?.kind === 'released' && step.at.getTime() === next.at.getTime();
  return steps.flatMap((step, index) =>
    atOnce(step, steps[index + 1]) ? [] : [{ step, atOnce: atOnce(steps[index - 1], step) }],
  );
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
