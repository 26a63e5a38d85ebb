import type { Answers } from '../../../modules/forms/index.ts';
import { type StatedPerson, statedPersonSchema } from '../../../modules/people/index.ts';

/** Who the answers say it is from; a file number that cannot be one stays an answer only. */
export function personOf(answers: Answers): StatedPerson | undefined {
  const { familyName, givenName, birthDate, fileNumber } = answers;
  const name = { familyName, givenName, birthDate };
  const complete = statedPersonSchema.safeParse(fileNumber === undefined ? name : { ...name, fileNumber });
  return complete.success ? complete.data : statedPersonSchema.safeParse(name).data;
}
