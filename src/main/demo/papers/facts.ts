import type { Day } from '../../../kernel/dates.ts';
import type { DemoDwelling, DemoHousehold, DemoJob, DemoPerson } from '../households.ts';
import type { DemoAddress, DemoBank } from '../places.ts';

/** What each kind of paper needs to know; amounts in cents. Papers of one household tell the same story because they share these. */
export interface PaperFacts {
  readonly payslip: {
    readonly person: DemoPerson;
    readonly address: DemoAddress;
    readonly job: DemoJob;
    readonly bank: DemoBank;
    readonly month: Day;
  };
  readonly 'rent-contract': {
    readonly household: DemoHousehold;
    readonly dwelling: DemoDwelling;
    readonly address: DemoAddress;
    readonly since: Day;
  };
  readonly 'utility-bill': {
    readonly household: DemoHousehold;
    readonly year: number;
    readonly date: Day;
    readonly due: Day /** To be paid; below zero a credit. */;
    readonly resultCents: number;
  };
  readonly 'account-statement': { readonly household: DemoHousehold; readonly month: Day };
  readonly 'sick-note': {
    readonly person: DemoPerson;
    readonly from: Day;
    readonly to: Day;
    readonly followUp: boolean;
  };
  readonly 'termination-notice': {
    readonly person: DemoPerson;
    readonly address: DemoAddress;
    readonly job: DemoJob;
    readonly date: Day;
    readonly lastDay: Day;
  };
  readonly certificate: {
    readonly person: DemoPerson;
    readonly address: DemoAddress;
    readonly date: Day;
    readonly subject: 'health-insurance' | 'child-benefit' | 'registration';
  };
  readonly 'id-copy': { readonly person: DemoPerson; readonly address: DemoAddress; readonly validUntil: Day };
  readonly 'school-certificate': {
    readonly person: DemoPerson;
    readonly school: string;
    readonly date: Day;
    readonly until: Day;
  };
  readonly letter: {
    readonly person: DemoPerson;
    readonly address: DemoAddress;
    readonly date: Day;
    readonly subject: string;
    readonly text: string;
  };
}

export type PaperKind = keyof PaperFacts;

/** One paper to draw. `form` is how it came: as a file of its own, or photographed with a phone (first page only). */
export type DemoPaper = {
  readonly [Kind in PaperKind]: {
    readonly kind: Kind;
    readonly facts: PaperFacts[Kind];
    readonly form: 'pdf' | 'jpeg';
    readonly name: string;
  };
}[PaperKind];
