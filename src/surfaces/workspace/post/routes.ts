import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { batchPage, standingPart } from './batch.tsx';
import { confirmLetter } from './confirm.ts';
import { letterPage } from './letter.tsx';
import { listPage } from './list.tsx';
import { scanPicture } from './picture.ts';
import { markPrints, printPage, printPaper } from './prints.tsx';
import { returnLetter } from './returned.tsx';
import { separatorPdf } from './separators.tsx';
import { uploadLimits, uploadScans } from './upload.ts';
import { asideLetter, changeLetter, letterVerbs } from './verbs.ts';

/** Pages and verbs for letters that come in stacks from a scanner. */
export const postRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.post),
    access: 'staff',
    audit: { records: 'scan-batch.listed' },
    handle: { page: (visit, tx) => listPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.post),
    access: 'staff',
    audit: { records: 'scan-batch.taken' },
    handle: { act: uploadScans, files: uploadLimits },
  },
  {
    method: 'GET',
    path: below(paths.separators),
    access: 'staff',
    audit: { nothing: 'sheets of paper without anything personal' },
    handle: { act: separatorPdf },
  },
  {
    method: 'GET',
    path: below(paths.printQueue),
    access: 'staff',
    audit: { records: 'receipt.listed' },
    handle: { page: printPage },
  },
  {
    method: 'POST',
    path: below(paths.printQueue),
    access: 'staff',
    audit: { records: 'receipt.printed' },
    handle: { act: markPrints },
  },
  {
    method: 'GET',
    path: below(paths.printQueuePaper),
    access: 'staff',
    audit: { records: 'receipt.read' },
    handle: { act: printPaper },
  },
  {
    method: 'GET',
    path: below(paths.scanBatch(':id')),
    access: 'staff',
    audit: { records: 'scan-batch.read' },
    handle: { page: batchPage },
  },
  {
    method: 'GET',
    path: below(paths.scanProgress(':id')),
    access: 'staff',
    audit: { nothing: 'numbers of pages, nothing of a person' },
    handle: { page: standingPart },
  },
  {
    method: 'GET',
    path: '/post/stapel/:id/seite/:page',
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: scanPicture },
  },
  {
    method: 'GET',
    path: below(paths.scanLetter(':id')),
    access: 'staff',
    audit: { records: 'scan-letter.read' },
    handle: { page: (visit, tx) => letterPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.scanVerb(':id', 'bestaetigung')),
    access: 'staff',
    audit: { records: 'scan-letter.filed' },
    handle: { act: confirmLetter },
  },
  {
    method: 'POST',
    path: below(paths.scanVerb(':id', 'zurueckstellen')),
    access: 'staff',
    audit: { records: 'scan-letter.put-aside' },
    handle: { act: asideLetter },
  },
  {
    method: 'POST',
    path: below(paths.scanVerb(':id', 'ruecklauf')),
    access: 'staff',
    audit: { records: 'scan-letter.returned, case.letter-returned' },
    handle: { act: returnLetter },
  },
  ...letterVerbs.map(
    (verb): WorkspaceRoute => ({
      method: 'POST',
      path: below(paths.scanVerb(':id', verb)),
      access: 'staff',
      audit: { records: 'scan-letter' },
      handle: { act: changeLetter(verb) },
    }),
  ),
];
