export {
  addHousehold,
  addPerson,
  type FoundPerson,
  findPeople,
  householdOf,
  isNamed,
  type Match,
  matchPerson,
  type Person,
  type StatedPerson,
  statedPersonSchema,
} from './people.ts';
export { type NameRange, nameRanges, searchName } from './search-name.ts';
