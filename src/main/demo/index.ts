export {
  type DemoDwelling,
  type DemoHousehold,
  type DemoJob,
  type DemoPerson,
  generateHouseholds,
} from './households.ts';
export { type DemoPaper, type DrawnPaper, drawPaper, type PaperFacts, type PaperKind } from './papers/index.ts';
export type { DemoAddress, DemoBank, DemoCompany, Town } from './places.ts';
export {
  type ConcernKey,
  type DemoChannel,
  type DemoDetails,
  type DemoSubmission,
  type DemoWindow,
  demoSubmissions,
} from './submissions.ts';
