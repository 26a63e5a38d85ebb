export {
  belongsToHousehold,
  forgetHousehold,
  forgetPerson,
  householdsOfPeople,
  isOldHousehold,
  peopleAddedBefore,
} from './forget-people.ts';
export { type FoundPeople, lookForPeople, type PersonHit, type Spelling } from './look-for-people.ts';
export { searchable, soundOf } from './name-sounds.ts';
export {
  addHousehold,
  addPerson,
  changeEmail,
  emailOf,
  type FoundPerson,
  type Household,
  householdById,
  householdFor,
  householdOf,
  isEmail,
  isNamed,
  type Match,
  matchPerson,
  type PeopleQuery,
  type Person,
  peopleByIds,
  type StatedPerson,
  statedPersonSchema,
} from './people.ts';
export { type NameRange, nameRanges, searchName } from './search-name.ts';
export { sharing } from './shared-threes.ts';
export { type Alike, alikeNames, mostAlike } from './similar-names.ts';
export { waysToWrite } from './spellings.ts';
