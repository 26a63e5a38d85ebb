import type { Task } from '../../platform/jobs/index.ts';
import { deleteDrafts } from './delete-drafts.ts';
import { describeDocuments, describeOne } from './describe-document.ts';
import { forgetEmployerContacts } from './employer-contacts.ts';
import { eraseScans } from './erase-scans.ts';
import { makeFileExport, sweepFileExports } from './file-export.ts';
import { findAgain } from './find-again.ts';
import { forgetOldRows } from './forget.ts';
import { forgetPeople } from './forget-people.ts';
import type { JobServices } from './job-services.ts';
import { dropOldLetterDrafts, sweepUntold, tellOne } from './letters.ts';
import { announceMailboxes, answerOne, readOneMailbox } from './mail.ts';
import { makeEventFindable } from './make-findable.ts';
import { forgetOwnFields, makeFieldFindable } from './own-fields.ts';
import { readOne, sweepUnread } from './read-document.ts';
import { readScanned, sweepScans } from './read-scans.ts';
import { remindPeople } from './reminders.ts';
import { eraseDue, listDeletions } from './retention.ts';
import { watchScans } from './scan-folder.ts';
import { sealBlocks } from './seal-audit.ts';
import { sortOne, sweepUnsorted } from './sort-submission.ts';
import { sweepBlobs } from './sweep-blobs.ts';
import { compareOne, noticeOfCase, noticeOne, sweepTwice } from './twice.ts';

export type { JobServices } from './job-services.ts';

/** Every job of the house, in one list. Times are UTC; the nightly ones come after midnight in Germany. */
export const allTasks = (services: JobServices): readonly Task[] => [
  { name: 'sort-submission', run: sortOne(services) },
  {
    name: 'sweep-unsorted',
    run: sweepUnsorted(services),
    schedule: [
      { cron: '*/5 * * * *', payload: { days: 2 } },
      { cron: '20 1 * * *', payload: { days: 60 } },
    ],
  },
  { name: 'make-findable', run: makeEventFindable(services) },
  { name: 'find-again', run: findAgain(services) },
  { name: 'make-field-findable', run: makeFieldFindable(services) },
  {
    name: 'forget-employer-contacts',
    run: forgetEmployerContacts(services),
    schedule: [{ cron: '5 2 * * *' }],
  },
  { name: 'forget-own-fields', run: forgetOwnFields(services), schedule: [{ cron: '55 2 * * *' }] },
  { name: 'read-document', run: readOne(services), slow: 'soon' },
  { name: 'read-unread', run: readOne(services), slow: 'last' },
  {
    name: 'sweep-unread',
    run: sweepUnread(services),
    schedule: [
      { cron: '*/15 * * * *', payload: { days: 2, most: 200 } },
      { cron: '0 20 * * *', payload: { days: 36_500, most: 2_000 } },
    ],
  },
  { name: 'describe-document', run: describeOne(services), slow: 'last' },
  { name: 'describe-documents', run: describeDocuments(services), schedule: [{ cron: '20 2 * * *' }] },
  { name: 'make-file-export', run: makeFileExport(services), slow: 'soon' },
  { name: 'sweep-file-exports', run: sweepFileExports(services), schedule: [{ cron: '*/10 * * * *' }] },
  { name: 'list-deletions', run: listDeletions(services), schedule: [{ cron: '40 2 * * *' }] },
  { name: 'erase-due', run: eraseDue(services) },
  { name: 'forget-people', run: forgetPeople(services), schedule: [{ cron: '15 3 * * *' }] },
  { name: 'notice-submission', run: noticeOne(services) },
  { name: 'notice-case', run: noticeOfCase(services) },
  { name: 'compare-document', run: compareOne(services), slow: 'last' },
  {
    name: 'sweep-twice',
    run: sweepTwice(services),
    schedule: [
      { cron: '*/10 * * * *', payload: { days: 2 } },
      { cron: '30 2 * * *', payload: { days: 60 } },
    ],
  },
  { name: 'read-scans', run: readScanned(services), slow: 'soon' },
  { name: 'sweep-scans', run: sweepScans(services), schedule: [{ cron: '*/5 * * * *' }] },
  { name: 'watch-scan-folder', run: watchScans(services), schedule: [{ cron: '* * * * *' }] },
  { name: 'erase-scans', run: eraseScans(services), schedule: [{ cron: '50 1 * * *' }] },
  { name: 'seal-audit', run: sealBlocks(services), schedule: [{ cron: '* * * * *' }] },
  { name: 'delete-expired-drafts', run: deleteDrafts(services), schedule: [{ cron: '17 * * * *' }] },
  { name: 'sweep-blobs', run: sweepBlobs(services), schedule: [{ cron: '40 1 * * *' }] },
  { name: 'read-mailboxes', run: announceMailboxes(services), schedule: [{ cron: '* * * * *' }] },
  { name: 'read-mailbox', run: readOneMailbox(services) },
  { name: 'answer-mail', run: answerOne(services) },
  { name: 'announce-letter', run: tellOne(services) },
  { name: 'sweep-letters', run: sweepUntold(services), schedule: [{ cron: '*/10 * * * *' }] },
  { name: 'remind-appointments', run: remindPeople(services), schedule: [{ cron: '*/15 7-19 * * *' }] },
  { name: 'drop-letter-drafts', run: dropOldLetterDrafts(services), schedule: [{ cron: '25 1 * * *' }] },
  { name: 'forget-old-rows', run: forgetOldRows(services), schedule: [{ cron: '10 1 * * *' }] },
];
