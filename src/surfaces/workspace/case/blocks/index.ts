import { answers } from './answers.tsx';
import { appointments } from './appointments.tsx';
import type { Block } from './block.ts';
import { checks } from './checks.tsx';
import { facts } from './facts.tsx';
import { followUps } from './follow-ups.tsx';
import { history } from './history.tsx';
import { letters } from './letters.tsx';
import { notes } from './notes.tsx';
import { open } from './open.tsx';
import { ownFields } from './own-fields.tsx';
import { papers } from './papers.tsx';
import { partners } from './partners.tsx';
import { plan } from './plan.tsx';
import { proposals } from './proposals.tsx';
import { referrals } from './referrals.tsx';
import { strengths } from './strengths.tsx';
import { surroundings } from './surroundings.tsx';

export { type Block, type BlockProps, draw, type Placed } from './block.ts';

/** Everything the page of a case can show, in the order in which it stands there. */
export const blocks: readonly Block[] = [
  facts,
  open,
  appointments,
  letters,
  followUps,
  checks,
  plan,
  strengths,
  proposals,
  partners,
  surroundings,
  referrals,
  ownFields,
  answers,
  papers,
  notes,
  history,
];
