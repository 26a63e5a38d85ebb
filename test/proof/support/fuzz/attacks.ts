import type { Attack, Maker, Target } from './attack.ts';
import { foreignRead, headerTricks } from './identity-attacks.ts';
import type { Random } from './random.ts';
import { anyRoute, hugeForm } from './route-attacks.ts';
import { aborted, brokenMultipart, hostileDocument, hostileSubmission } from './upload-attacks.ts';

const makers: readonly (readonly [weight: number, make: Maker])[] = [
  [18, hostileDocument],
  [12, hostileSubmission],
  [14, brokenMultipart],
  [34, anyRoute],
  [8, foreignRead],
  [10, headerTricks],
  [3, aborted],
  [1, hugeForm],
];
const weights = makers.reduce((sum, [weight]) => sum + weight, 0);

/** The next request of the row that this randomness gives. */
export function nextAttack(random: Random, target: Target): Attack {
  let at = random.next() * weights;
  for (const [weight, make] of makers) {
    at -= weight;
    if (at < 0) return make(random, target);
  }
  return anyRoute(random, target);
}
