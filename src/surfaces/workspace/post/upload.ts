import { dayInGermany } from '../../../kernel/dates.ts';
import { cleanName } from '../../../modules/documents/index.ts';
import { findBatch, mostBytes, noteAgain, type TakenScan, takeOnce, takeScan } from '../../../modules/post/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { UploadedFile } from '../../../platform/http/index.ts';
import { kindOf } from '../../../platform/media/index.ts';
import { type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { parseDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { listPage, teamsToScanFor } from './list.tsx';

/** What one upload may hold: one large stack, or several small ones. */
export const uploadLimits = { fileBytes: mostBytes, requestBytes: mostBytes + 4 * 1024 * 1024, files: 20 };

/** Takes stacks from the upload page: sealed at once, read in the background. The same file again is shown, not taken. */
export async function uploadScans(visit: StaffVisit): Promise<Response> {
  const files = visit.files.filter((file) => file.name !== '' || file.bytes.length > 0);
  const receivedOn = dayOf(visit);
  const problems: FieldProblem[] = [
    ...(files.length === 0 ? [problem('files', visit.t('post:upload.none'))] : []),
    ...(receivedOn === undefined ? [problem('receivedOn', visit.t('post:upload.badDay'))] : []),
    ...files.flatMap((file) =>
      refusal(visit, file) === undefined ? [] : [problem('files', refusal(visit, file) ?? '')],
    ),
  ];
  if (problems.length > 0 || receivedOn === undefined) return inTenant(visit, (tx) => listPage(visit, tx, problems));
  const teamId = await teamOf(visit);
  const taken: TakenScan[] = [];
  for (const file of files) taken.push(await takeFile(visit, file, { teamId, receivedOn }));
  const [only] = taken;
  if (taken.length === 1 && only !== undefined) {
    const again = only.kind === 'again' ? '1' : undefined;
    const place = withQuery(paths.scanBatch(only.batchId), { wieder: again });
    if (again === undefined || (await mayOpen(visit, only.batchId))) return visit.c.redirect(place, 303);
  }
  const count = (kind: TakenScan['kind']): string => String(taken.filter((each) => each.kind === kind).length);
  return visit.c.redirect(withQuery(paths.post, { neu: count('taken'), wieder: count('again') }), 303);
}

const problem = (name: string, text: string): FieldProblem => ({ id: fieldId(name), text });

/** Why a file is refused at once; what is inside it is looked at in the background. */
function refusal({ t }: StaffVisit, file: UploadedFile): string | undefined {
  const { name } = file;
  if (file.tooLarge) return t('post:upload.tooLarge', { name });
  if (file.bytes.length === 0) return t('post:upload.empty', { name });
  return kindOf(file.bytes) === undefined ? t('post:upload.unknownType', { name }) : undefined;
}

/** The day the letters came: today unless an earlier one was typed. */
function dayOf(visit: StaffVisit): string | undefined {
  const today = dayInGermany(visit.services.clock.now());
  const typed = one(visit.input, 'receivedOn');
  const day = typed === '' ? today : parseDay(typed);
  return day !== undefined && day <= today && day >= '2000-01-01' ? day : undefined;
}

async function teamOf(visit: StaffVisit): Promise<string | null> {
  const teams = await inTenant(visit, (tx) => teamsToScanFor(tx, visit));
  const wanted = one(visit.input, 'team');
  return (
    (teams.find((team) => team.id === wanted) ?? teams.find((team) => visit.staff.teamIds.includes(team.id)))?.id ??
    null
  );
}

async function takeFile(
  visit: StaffVisit,
  file: UploadedFile,
  scan: { readonly teamId: string | null; readonly receivedOn: string },
): Promise<TakenScan> {
  const { services, jobcenter, actor, staff } = visit;
  const hash = sha256(file.bytes);
  const before = await inTenant(visit, (tx) => noteAgain(tx, hash));
  if (before !== undefined) return before;
  const name = cleanName(file.name);
  const mediaType = kindOf(file.bytes) ?? 'application/pdf';
  const content = { name, bytes: file.bytes, mediaType, pages: 0 };
  const document = await services.vault.prepare(jobcenter.id, content, { consume: true });
  const row = { name, source: 'upload', createdBy: staff.id, ...scan } as const;
  return takeOnce(() => inTenant(visit, (tx) => takeScan(tx, actor, document, row)));
}

async function mayOpen(visit: StaffVisit, batchId: string): Promise<boolean> {
  return (await inTenant(visit, (tx) => findBatch(tx, visit.reader, batchId))) !== undefined;
}
