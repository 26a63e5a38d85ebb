import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { lettersPage } from './list.tsx';
import { letterPage } from './page.tsx';
import { previewPage, previewPdf } from './preview.ts';
import { markLetterPrints, printLetters } from './prints.ts';
import { textRoutes } from './texts-routes.ts';
import { again, discard, dispute, giveBack, leave, release, returned, writeText } from './verbs.ts';

const verb = (name: string, records: string, act: WorkspaceRoute['handle'] & { act: unknown }): WorkspaceRoute =>
  ({
    method: 'POST',
    path: below(paths.letterVerb(':id', name)),
    access: 'staff',
    audit: { records },
    handle: act,
  }) as WorkspaceRoute;

/** Letters: writing, releasing, sending, and the proof of it. */
export const letterRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.letters),
    access: 'staff',
    audit: { records: 'letters.listed' },
    handle: { page: lettersPage },
  },
  {
    method: 'GET',
    path: below(paths.letter(':id')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: letterPage },
  },
  {
    method: 'GET',
    path: below(paths.letterPdf(':id')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { act: previewPdf },
  },
  {
    method: 'GET',
    path: `${below(paths.letterPdf(':id'))}/:page`,
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { act: previewPage },
  },
  verb('text', 'case.read, case.letter-submitted, case.letter-sent', { act: writeText }),
  verb('freigabe', 'case.letter-sent, case.decided', { act: release }),
  verb('rueckgabe', 'case.letter-given-back', { act: giveBack }),
  verb('verwerfung', 'case.letter-discarded', { act: discard }),
  verb('bestreiten', 'case.letter-disputed', { act: dispute }),
  verb('ruecklauf', 'case.letter-returned', { act: returned }),
  verb('nochmal', 'case.letter-again', { act: again }),
  verb('belassen', 'case.letter-left', { act: leave }),
  {
    method: 'POST',
    path: below(paths.printLetters),
    access: 'staff',
    audit: { records: 'letter.printed, letter.posted' },
    handle: { act: markLetterPrints },
  },
  {
    method: 'GET',
    path: below(paths.printLettersPaper),
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: printLetters },
  },
  ...textRoutes,
];
