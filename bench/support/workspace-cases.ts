import type { Installation } from '../../test/proof/support/installation.ts';
import { smallPdf } from '../../test/support/submit.ts';

/** Names nobody has, which can be found again. */
export const familyNames = Array.from({ length: 24 }, (_, i) => `Benchmann${String.fromCharCode(97 + i)}`);

/** Cases with a paper each, as the interface takes them in; gives their ids. */
export async function submitCases({ baseUrl, tenants }: Installation): Promise<string[]> {
  const headers = { Authorization: `Bearer ${tenants[0].apiToken}` };
  const ids: string[] = [];
  for (const [i, familyName] of [...familyNames, ...familyNames].entries()) {
    const form = new FormData();
    const person = { familyName, givenName: 'Mika', birthDate: '1990-04-03' };
    const answers = { remark: 'Bitte sehen Sie die Anlage. '.repeat(20) };
    form.set('submission', JSON.stringify({ concern: 'unterlagen', channel: 'portal', person, answers }));
    form.append('document', new Blob([smallPdf(`${familyName} ${i}`) as BlobPart]), 'Lohn.pdf');
    const sent = await fetch(`${baseUrl}/api/v1/submissions`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': `bench-${i}` },
      body: form,
    });
    const { number } = (await sent.json()) as { number: string };
    const status = await fetch(`${baseUrl}/api/v1/receipts/${number}`, { headers });
    ids.push(((await status.json()) as { case: { id: string } }).case.id);
  }
  return ids;
}
