import { globSync, readFileSync } from 'node:fs';
import { projectPath } from '../../src/platform/env/project.ts';
import { isTest, placeOf, refuse } from './layers.ts';
import {
  child,
  children,
  importsOf,
  lineOf,
  literal,
  member,
  type Node,
  nameOf,
  nodes,
  type Parsed,
  parseSource,
  type Source,
} from './source.ts';

export type Violation = { readonly rule: string; readonly at: string; readonly why: string };

/** Files that may do what a rule forbids, each with its reason. A path ending in `/` stands for the folder. */
type Allowed = Readonly<Record<string, string>>;

const clocks: Allowed = {
  'src/platform/clock/': 'this is the clock',
  'src/main/': 'the composition root hands the clock out and measures its own patience',
  'src/platform/jobs/run-jobs.ts': 'a stopwatch for the log, no calendar time',
  'src/platform/postgres/postmaster.ts': 'a stopwatch for how long a server may take to start, no calendar time',
};

const environments: Allowed = { 'src/platform/env/': 'reads and checks all settings' };

const consoles: Allowed = { 'src/main/': 'programs that talk to the operator at a terminal' };

const cryptographers: Allowed = {
  'src/kernel/ids.ts': 'the random part of ids',
  'src/platform/crypto/': 'the one place for keys, hashes and random codes',
  'src/platform/database/index.ts': 'names of prepared statements are hashes of their text',
  'src/platform/media/samples.ts': 'file ids of PDF documents made for tests',
  'src/modules/intake/sign.ts': 'signs and checks receipts',
  'src/modules/settings/keyring.ts': 'makes the signing key of a Jobcenter',
  'src/main/backup/manifest.ts': 'hashes files while they are read',
  'src/main/audit-seal.ts': 'signs and checks sealed blocks of the audit log',
  'src/main/migrate.ts': 'the fingerprint of an applied migration',
};

const tableReaders: Allowed = {
  'src/main/backup/': 'copies every table as it is, and compares blobs with the rows that name them',
  'src/main/seed.ts': 'asks which demonstration tenants exist while it makes them, past the memory of the directory',
  'src/main/demo/fill.ts': 'the day on which a tenant was made is the first day of the demonstration',
};

/** All exceptions together: a test sees to it that none outlives its file. */
export const exceptions: readonly Allowed[] = [clocks, environments, consoles, cryptographers, tableReaders];

/** Who owns which table: it is read and written by its own module alone. */
export const tableOwners: Readonly<Record<string, string>> = {
  audit_entry: 'audit',
  audit_block: 'audit',
  jobcenter: 'settings',
  jobcenter_profile: 'settings',
  jobcenter_key: 'settings',
  team: 'settings',
  mailbox: 'settings',
  mail_left: 'settings',
  search_entry: 'search',
  staff: 'identity',
  staff_team: 'identity',
  staff_session: 'identity',
  passkey: 'identity',
  substitution: 'identity',
  api_token: 'identity',
  attempt: 'identity',
  household: 'people',
  person: 'people',
  household_member: 'people',
  document: 'documents',
  document_reading: 'documents',
  document_language: 'documents',
  page_mark: 'documents',
  file: 'files',
  file_part: 'files',
  file_document: 'files',
  page_turn: 'files',
  file_mark: 'files',
  file_move: 'files',
  retention_rule: 'files',
  legal_hold: 'files',
  deletion: 'files',
  case_deletion: 'files',
  file_export: 'files',
  file_export_piece: 'files',
  form_version: 'forms',
  draft: 'forms',
  draft_document: 'forms',
  office_case: 'cases',
  case_event: 'cases',
  required_item: 'cases',
  clearing_item: 'cases',
  bank_confirmation: 'cases',
  promise: 'cases',
  follow_up: 'cases',
  return_code: 'cases',
  submission: 'intake',
  receipt: 'intake',
  receipt_kept: 'intake',
  own_answer: 'intake',
  submission_document: 'intake',
  command: 'intake',
  twice_pair: 'twice',
  twice_decision: 'twice',
  case_check: 'cases',
  employer: 'employers',
  employer_contact: 'employers',
  employer_note: 'employers',
  plan_review: 'plans',
  plan_entry: 'plans',
  agreement: 'plans',
  proposal: 'plans',
  proposal_step: 'plans',
  referral: 'plans',
  referral_news: 'plans',
  work_view_choice: 'views',
  work_view_rule: 'views',
  twice_check: 'twice',
  scan_batch: 'post',
  scan_letter: 'post',
  scan_page: 'post',
  receipt_print: 'post',
  mail_message: 'intake',
  field_version: 'together',
  presence: 'together',
  staff_draft: 'together',
  sent_draft: 'together',
  announcement: 'together',
  note_topic: 'contacts',
  circle: 'contacts',
  circle_member: 'contacts',
  circle_note: 'contacts',
  circle_opening: 'contacts',
  text_block: 'notices',
  letter_template: 'notices',
  notice: 'notices',
  notice_author: 'notices',
  notice_step: 'notices',
  notice_dispatch: 'notices',
  delivery_choice: 'notices',
  appointment_reminder: 'notices',
  fact: 'facts',
  appointment: 'appointments',
  appointment_answer: 'appointments',
  facts_read: 'facts',
  news_seen: 'help',
  tour_tick: 'help',
  privacy_officer: 'identity',
  own_field: 'fields',
  own_field_version: 'fields',
  own_field_value: 'fields',
  own_field_past: 'fields',
  field_order: 'fields',
};

/** Tables that the migrations create in the schema of the tenants. */
export function migratedTables(): string[] {
  const sql = globSync('*.sql', { cwd: projectPath('db/migrations') })
    .sort()
    .map((file) => readFileSync(projectPath('db/migrations', file), 'utf8'));
  return sql.flatMap((text) =>
    [...text.matchAll(/create table (?:if not exists )?app\.(\w+)/g)].map((match) => match[1] ?? ''),
  );
}

const allows = (allowed: Allowed, path: string): boolean =>
  Object.keys(allowed).some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));

type Report = (rule: string, line: number, why: string) => void;

/** All rules of the house over the given sources; nothing found is an empty list. */
export function check(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const found: Violation[] = [];
    const file = parseSource(source);
    const report: Report = (rule, line, why) => found.push({ rule, at: `${source.path}:${line}`, why });
    checkImports(file, report);
    checkComments(file, report);
    for (const node of nodes(file.tree)) checkNode(file.path, node, report);
    return found;
  });
}

function checkImports(file: Parsed, report: Report): void {
  const here = placeOf(file.path);
  for (const { target, line, typeOnly, ours } of importsOf(file)) {
    const inSrc = here.layer !== 'outside';
    if (ours) {
      const why = refuse(file.path, target);
      if (why !== undefined) report('imports', line, `${target}: ${why}`);
    } else if (target === '?') {
      if (inSrc && here.layer !== 'main')
        report('computed-import', line, 'an import() whose target is computed hides from these rules');
    } else if (/^hono(\/|$)|^@hono\//.test(target)) {
      if (here.layer === 'modules') report('imports', line, `${target}: modules do not know the web server`);
    } else if (/^(node:)?crypto$/.test(target)) {
      if (inSrc && !typeOnly && !isTest(file.path) && !allows(cryptographers, file.path))
        report('crypto', line, 'node:crypto is used in listed places only; platform/crypto has what others need');
    } else if (/^(node:)?process$/.test(target) && inSrc) {
      report('environment', line, 'the environment is read in platform/env only');
    }
  }
}

function checkComments(file: Parsed, report: Report): void {
  for (const { value, line } of file.comments) {
    if (/@ts-(ignore|nocheck|expect-error)/.test(value)) report('types', line, 'the type checker is not silenced');
  }
}

const browsersOwn = /^(crypto|globalThis\.crypto)\.(randomUUID|getRandomValues|subtle)$/;

function checkNode(path: string, node: Node, report: Report): void {
  const line = lineOf(node);
  if (node.type === 'TSAnyKeyword') report('types', line, 'there is no any');
  if (placeOf(path).layer === 'outside') return;
  if (isTest(path)) return; // tests look at what was written, by whatever module
  checkTables(path, node, report);
  const name = member(node);
  if (name !== undefined) {
    if (name === 'process.env' && !allows(environments, path))
      report('environment', line, 'the environment is read in platform/env only');
    if (/^(Date|performance)\.now$/.test(name) && !allows(clocks, path))
      report('clock', line, `${name}: time is injected`);
    if (/^console\.\w+$/.test(name) && !allows(consoles, path))
      report('console', line, 'platform/log writes the log, without personal data');
    if (name === 'Math.random' || browsersOwn.test(name))
      report('crypto', line, `${name}: randomness comes from kernel/ids.ts and platform/crypto`);
  }
  const dateWithout =
    /^(New|Call)Expression$/.test(node.type) &&
    nameOf(child(node, 'callee')) === 'Date' &&
    (node.type === 'CallExpression' || children(node, 'arguments').length === 0);
  if (dateWithout && !allows(clocks, path)) report('clock', line, 'new Date() without arguments: time is injected');
  if (
    node.type === 'VariableDeclarator' &&
    child(node, 'id')?.type === 'ObjectPattern' &&
    nameOf(child(node, 'init')) === 'process'
  )
    report('environment', line, 'process is not taken apart');
}

const builders = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'using',
]);
const inSql = /\b(?:from|join|insert\s+into|update|truncate|copy|lock\s+table)\s+(?:only\s+)?(?:app\.)?([a-z_]+)\b/g;

/** Tables named by Kysely's builders or in SQL text: only in the module that owns them. */
function checkTables(path: string, node: Node, report: Report): void {
  if (allows(tableReaders, path)) return;
  const { layer, part } = placeOf(path);
  for (const table of tablesIn(node)) {
    const owner = tableOwners[table];
    if (owner !== undefined && !(layer === 'modules' && part === owner))
      report('tables', lineOf(node), `the table ${table} belongs to modules/${owner}`);
  }
}

function tablesIn(node: Node): string[] {
  if (node.type === 'CallExpression' && builders.has(nameOf(child(child(node, 'callee'), 'property')) ?? '')) {
    const first = children(node, 'arguments')[0];
    const named = first?.type === 'ArrayExpression' ? children(first, 'elements') : [first];
    return named.flatMap(
      (each) =>
        literal(each)
          ?.replace(/^app\./, '')
          .split(' ')[0] ?? [],
    );
  }
  const text = literal(node);
  if (
    text === undefined ||
    !/\b(select|insert into|delete from|truncate|copy)\b|\bupdate\s+\S+\s+(\w+\s+)?set\b/.test(text)
  )
    return [];
  return [...text.matchAll(inSql)].map((match) => match[1] ?? '');
}
