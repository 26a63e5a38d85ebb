import type { Random } from '../../../../src/main/demo/random.ts';
import type { Family, Kind } from '../model.ts';
import { bills } from './bill.ts';
import { certificates } from './certificate.ts';
import { contracts } from './contract.ts';
import { filledForms } from './form.ts';
import { letters } from './letter.ts';
import { payslips } from './payslip.ts';
import { statements } from './statement.ts';
import { terminations } from './termination.ts';

/** Each kind of paper with the function that invents a family of them. */
export const makers: readonly (readonly [Kind, (r: Random, count: number) => Family])[] = [
  ['payslip', payslips],
  ['account-statement', statements],
  ['rent-contract', contracts],
  ['certificate', certificates],
  ['utility-bill', bills],
  ['form', filledForms],
  ['letter', letters],
  ['termination', terminations],
];
