export {
  type CircleStandIn,
  type ClosedNotes,
  notesClosedTo,
  openToStandIn,
  standInsOfCircle,
} from './circle-openings.ts';
export {
  type Circle,
  type CircleMember,
  type CircleOutcome,
  circleMembers,
  circlesOf,
  closeCircle,
  foundCircle,
  type KnownCircle,
  knownCircles,
  leaveCircle,
  takeIntoCircle,
} from './circles.ts';
export { circleNotesToForget, forgetCircleNotes, isInCircleNotes } from './forget-case.ts';
export { linkTalk, nameEmployers } from './link-talk.ts';
export { type NewNote, type Note, withNotes } from './note.ts';
export {
  circleNote,
  circleNotesAfter,
  circleNotesOf,
  circleStamp,
  circleTopic,
  findableNotes,
  type Looker,
  type NotesPage,
  notesOf,
} from './notes.ts';
export {
  addTopic,
  closeTopic,
  type HouseAct,
  longestTopic,
  type NoteTopic,
  noteTopics,
  renameTopic,
  shippedTopics,
  type TopicChange,
  type TopicOutcome,
  topicChanges,
} from './topics.ts';
export {
  type CasePerson,
  type NoteAct,
  type NoteOutcome,
  peopleOfCase,
  writeNote,
} from './write-note.ts';
