export {
  addHousehold,
  addPerson,
  type FoundPerson,
  findPeople,
  householdOf,
  isNamed,
  keepEmail,
  type Match,
  matchPerson,
  type Person,
  peopleByIds,
  type StatedPerson,
  statedPersonSchema,
} from './people.ts';
export { type NameRange, nameRanges, searchName } from './search-name.ts';
