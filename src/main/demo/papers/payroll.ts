import { monthEnd } from '../calendar.ts';
import type { DemoJob } from '../households.ts';

/** A month's pay in cents; the lines add up to the net. */
export interface Pay {
  readonly grossCents: number;
  readonly deductions: readonly (readonly [label: string, cents: number])[];
  readonly netCents: number;
}

const MINI_JOB_LIMIT = 60_300;

/** Pay as a payslip shows it: shares of an employee without children and a plain wage tax. Near enough for a demo, not for law. */
export function payOf(job: DemoJob): Pay {
  const gross = job.grossCents;
  const share = (perMille: number): number => -Math.round((gross * perMille) / 1000);
  const deductions: (readonly [string, number])[] =
    gross <= MINI_JOB_LIMIT
      ? [['Rentenversicherung (Minijob)', share(36)]]
      : [
          ['Lohnsteuer', -Math.max(0, Math.round((gross - 140_000) * 0.16))],
          ['Krankenversicherung', share(86)],
          ['Pflegeversicherung', share(23)],
          ['Rentenversicherung', share(93)],
          ['Arbeitslosenversicherung', share(13)],
        ];
  return { grossCents: gross, deductions, netCents: deductions.reduce((sum, [, cents]) => sum + cents, gross) };
}

/** The day a month's wage arrives: its last one. */
export const payDay = monthEnd;
