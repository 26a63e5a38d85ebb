import type { PreparedDocument } from '../../src/modules/documents/index.ts';
import { type FormDefinition, freeze, shippedDefinitions } from '../../src/modules/forms/index.ts';
import type { SubmissionInput } from '../../src/modules/intake/index.ts';
import type { Services } from '../../src/surfaces/services.ts';
import type { TestTenant } from './app.ts';

/** A small valid PDF, different for every text. */
export function smallPdf(text: string): Buffer {
  const stream = `BT /F1 18 Tf 60 760 Td (${text.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(stream)} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = pdf.length;
  pdf += `xref\n0 6\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}

let forms: readonly FormDefinition[] | undefined;

/** The forms the house brings; read and checked once a process. */
export function shippedForms(): readonly FormDefinition[] {
  forms ??= shippedDefinitions();
  return forms;
}

/** A submission as a channel would hand it to `receive`. */
export async function submissionInput(
  services: Services,
  tenant: TestTenant,
  extra: Partial<SubmissionInput> & { readonly documents?: SubmissionInput['documents'] } = {},
): Promise<SubmissionInput> {
  const form = shippedForms().find((each) => each.key === 'unterlagen');
  if (form === undefined) throw new Error('The form is missing.');
  const now = services.clock.now();
  return {
    jobcenter: tenant.jobcenter,
    keys: await services.keyring.of(tenant.jobcenter.id),
    form,
    language: 'de',
    channel: 'portal',
    receivedAt: now,
    person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
    answers: {},
    frozen: freeze(form, {}, 'de'),
    documents: [],
    teamId: tenant.teams['leistung'] ?? null,
    ...extra,
  };
}

/** Stores a small PDF for a submission. */
export async function prepared(services: Services, tenant: TestTenant, name = 'Lohn.pdf'): Promise<PreparedDocument> {
  return services.vault.prepare(tenant.jobcenter.id, {
    name,
    bytes: smallPdf(name),
    mediaType: 'application/pdf',
    pages: 1,
  });
}
