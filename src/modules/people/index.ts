export {
  addHousehold,
  addPerson,
  type FoundPerson,
  findPeople,
  householdOf,
  type Match,
  matchPerson,
  type Person,
  type StatedPerson,
  statedPersonSchema,
} from './people.ts';
