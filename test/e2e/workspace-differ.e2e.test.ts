import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readDocument } from '../../src/modules/documents/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import { compareDocument, noticeSubmission } from '../../src/modules/twice/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { follow } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { letterSheet, scanPdf } from '../support/scans.ts';
import { submissionInput } from '../support/submit.ts';
import { app, open } from './workspace-desk.ts';

after(closeReading);
const { services, jobcenter } = app;

/** A contract with much that tells it, and one word that somebody corrected before it came again. */
const contract = (place: string): Buffer =>
  scanPdf(
    [
      letterSheet({
        sender: 'Hausverwaltung Berg KG',
        subject: 'Mietvertrag Nummer 2026-08841 über die Wohnung Gartenstraße 5',
        text: [
          'Mieter: Tom Müller, geb. am 29.03.1986, Personalausweis L01X00T47',
          'Beginn 01.02.2026, Kaltmiete 480,00 EUR, Vorauszahlung 121,50 EUR',
          'Kaution 960,00 EUR, zu zahlen auf DE89 3704 0044 0532 0130 00',
          'Wohnfläche 54,30 qm, Zählerstand Strom 48812, Wasser 00317, Wärme 9921',
          `Für Schäden ist der Hausmeister ${place} da, täglich ab acht Uhr.`,
          'Die Schlüssel 4711 und 4712 wurden am 30.01.2026 übergeben.',
        ],
      }),
    ],
    place,
  );

test('the places where two shapes of a paper differ are marked on both pages, and stand in words below', async () => {
  const ids: string[] = [];
  const bring = async (place: string, channel: 'post' | 'portal', minutesAgo: number): Promise<string> => {
    const file = { name: 'Mietvertrag.pdf', bytes: contract(place), mediaType: 'application/pdf', pages: 1 };
    const document = await services.vault.prepare(jobcenter.id, file);
    ids.push(document.id);
    const at = new Date(services.clock.now().getTime() - minutesAgo * 60_000);
    const person = { familyName: 'Zweifach', givenName: 'Zoe', birthDate: '1991-05-06' };
    const documents = [{ document, field: 'papers', recorded: false as const }];
    const input = await submissionInput(services, app, { person, channel, receivedAt: at, documents });
    return services.database.tenant(
      jobcenter.id,
      async (tx) => {
        const received = await receive(tx, { kind: 'client' }, input);
        assert.ok(received.kind === 'received');
        await noticeSubmission(tx, received.receipt.submissionId);
        return received.caseId;
      },
      at,
    );
  };
  await bring('dort', 'post', 2_000);
  const caseId = await bring('hier', 'portal', 10);
  for (const id of ids) await readDocument(services, jobcenter.id, id, { announce: () => Promise.resolve() });
  for (const id of ids) await compareDocument(services, jobcenter.id, id);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  await follow(page, page.getByRole('link', { name: /kam schon .* per Post/ }));
  const sides = page.locator('.tw-marked');
  assert.equal(await sides.count(), 2);
  for (const side of await sides.all()) {
    const mark = side.locator('.tw-mark--differ rect');
    assert.equal(await mark.count(), 1);
    const [whole, outline] = [await side.boundingBox(), await mark.boundingBox()];
    assert.ok(whole !== null && outline !== null && outline.width > 5 && outline.height > 5);
    const down = (outline.y - whole.y) / whole.height;
    assert.ok(down > 0.4 && down < 0.55, `the mark lies on the line of the caretaker, and not at ${down}`);
  }
  const words = page.locator('section[aria-labelledby=differ]');
  assert.match(await words.innerText(), /dort[\s\S]*→[\s\S]*hier/);
  await look(page, 'two papers with a place that differs');
  await page.close();
});
