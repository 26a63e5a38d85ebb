import type { DemoPaper } from './facts.ts';
import { drawAccountStatement, drawRentContract, drawUtilityBill } from './home.ts';
import { photograph } from './photo.ts';
import {
  drawCertificate,
  drawIdCopy,
  drawLetter,
  drawPayslip,
  drawSchoolCertificate,
  drawSickNote,
  drawTerminationNotice,
} from './work.ts';

export type { DemoPaper, PaperFacts, PaperKind } from './facts.ts';
export { MARK } from './sheet.ts';

/** A drawn paper, ready to be handed in. */
export interface DrawnPaper {
  readonly name: string;
  readonly mediaType: 'application/pdf' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

/**
 * Draws a paper: as PDF (below a millisecond) or as a photo of its first page (some 25 ms). The same paper gives the same bytes. Every page
 * says that its data are invented.
 */
export async function drawPaper(paper: DemoPaper): Promise<DrawnPaper> {
  const pdf = drawPdf(paper);
  if (paper.form === 'pdf') return { name: `${paper.name}.pdf`, mediaType: 'application/pdf', bytes: pdf };
  return { name: `${paper.name}.jpg`, mediaType: 'image/jpeg', bytes: await photograph(pdf, paper.name) };
}

function drawPdf(paper: DemoPaper): Uint8Array {
  switch (paper.kind) {
    case 'payslip':
      return drawPayslip(paper.facts);
    case 'rent-contract':
      return drawRentContract(paper.facts);
    case 'utility-bill':
      return drawUtilityBill(paper.facts);
    case 'account-statement':
      return drawAccountStatement(paper.facts);
    case 'sick-note':
      return drawSickNote(paper.facts);
    case 'termination-notice':
      return drawTerminationNotice(paper.facts);
    case 'certificate':
      return drawCertificate(paper.facts);
    case 'id-copy':
      return drawIdCopy(paper.facts);
    case 'school-certificate':
      return drawSchoolCertificate(paper.facts);
    case 'letter':
      return drawLetter(paper.facts);
  }
}
