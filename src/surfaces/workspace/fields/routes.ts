import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { approvalPage, decideAct } from './approval.tsx';
import { editField, hideFieldAct, saveField } from './edit.tsx';
import { exportAct, importAct, importPage } from './exchange.tsx';
import { moveFieldAct } from './hide.tsx';
import { historyPage } from './history.tsx';
import { fieldsPage } from './list.tsx';
import { orderAct, orderPage } from './order.tsx';
import { ordersPage } from './orders.tsx';

const rules = { nothing: 'what fields there are, no data of people' } as const;

/** Own fields of the Jobcenter: set up by leads, with sensitive data approved by the data protection officer. How they stand on pages is ordered by leads. */
export const fieldRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: below(paths.fields), access: 'staff', audit: rules, handle: { page: fieldsPage } },
  { method: 'GET', path: below(paths.fieldNew), access: 'staff', audit: rules, handle: { page: editField(true) } },
  {
    method: 'POST',
    path: below(paths.fieldNew),
    access: 'staff',
    audit: { records: 'field.made' },
    handle: { act: saveField(true) },
  },
  { method: 'GET', path: below(paths.fieldsExport), access: 'staff', audit: rules, handle: { page: exportAct } },
  { method: 'GET', path: below(paths.fieldsImport), access: 'staff', audit: rules, handle: { page: importPage } },
  {
    method: 'POST',
    path: below(paths.fieldsImport),
    access: 'staff',
    audit: { records: 'field.imported, field.hidden, field.shown' },
    handle: {
      act: importAct,
      files: { fileBytes: 1_000_000, requestBytes: 2_000_000, files: 1, fieldBytes: 1_000_000 },
    },
  },
  {
    method: 'GET',
    path: below(paths.fieldApproval),
    access: 'staff',
    audit: rules,
    handle: { page: (visit, tx) => approvalPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.fieldDecision(':id')),
    access: 'staff',
    audit: { records: 'field.approved, field.refused' },
    handle: { act: decideAct },
  },
  {
    method: 'GET',
    path: below(paths.fieldHistory(':id')),
    access: 'staff',
    audit: rules,
    handle: { page: historyPage },
  },
  {
    method: 'POST',
    path: below(paths.fieldPlace(':id')),
    access: 'staff',
    audit: { records: 'field.moved' },
    handle: { act: moveFieldAct },
  },
  {
    method: 'POST',
    path: below(paths.fieldHiding(':id')),
    access: 'staff',
    audit: { records: 'field.hidden, field.shown' },
    handle: { act: hideFieldAct },
  },
  { method: 'GET', path: below(paths.fieldOrders), access: 'staff', audit: rules, handle: { page: ordersPage } },
  {
    method: 'GET',
    path: below(paths.fieldOrder(':spot')),
    access: 'staff',
    audit: rules,
    handle: { page: (visit, tx) => orderPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.fieldOrder(':spot')),
    access: 'staff',
    audit: { records: 'field.ordered' },
    handle: { act: orderAct },
  },
  { method: 'GET', path: below(paths.field(':id')), access: 'staff', audit: rules, handle: { page: editField(false) } },
  {
    method: 'POST',
    path: below(paths.field(':id')),
    access: 'staff',
    audit: { records: 'field.changed' },
    handle: { act: saveField(false) },
  },
];
