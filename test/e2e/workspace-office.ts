import type { Page } from 'playwright-core';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import { type FormDefinition, freeze } from '../../src/modules/forms/index.ts';
import { totpCode } from '../../src/modules/identity/index.ts';
import { receive, sortSubmission } from '../../src/modules/intake/index.ts';
import { addHousehold, addPerson } from '../../src/modules/people/index.ts';
import type { TestApp, TestStaff } from '../support/app.ts';
import { prepared, shippedForms, submissionInput } from '../support/submit.ts';

const names = [
  ['Yılmaz', 'Elif'],
  ['Schröder', 'Jürgen'],
  ['Nowak', 'Kasia'],
  ['Al-Haddad', 'Omar'],
  ['von der Heide', 'Annegret'],
  ['Beispielova', 'Mina'],
  ['Okafor', 'Chidi'],
  ['Müller', 'Tom'],
] as const;
const concerns = [
  'unterlagen',
  'weiterbewilligung',
  'wohnkosten',
  'krankmeldung',
  'rueckruf',
  'umzug',
  'arbeitsaufnahme',
];
const channels = ['portal', 'counter', 'post', 'email', 'phone', 'api'] as const;

/** The form of a concern as shipped. */
export function formOf(key: string): FormDefinition {
  const form = shippedForms().find((each) => each.key === key);
  if (form === undefined) throw new Error(`No form ${key}.`);
  return form;
}

/** Answers that fill the first text fields, so that a case has something to read. */
function someAnswers(form: FormDefinition): Record<string, string> {
  const fields = form.questions.flatMap((question) => question.fields);
  return Object.fromEntries(
    fields.flatMap((field) =>
      field.kind === 'text' || field.kind === 'longtext' ? [[field.key, `Angabe zu: ${field.label.de}`]] : [],
    ),
  );
}

/** Cases of many kinds, ages and ways in one Jobcenter; gives their ids, the first with two papers and a known person. */
export async function furnish(app: TestApp, count = 24): Promise<string[]> {
  const { services } = app;
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const [familyName, givenName] = names[i % names.length] ?? names[0];
    const form = formOf(concerns[i % concerns.length] ?? 'unterlagen');
    const birthDate = addDays('1985-02-11', (i % names.length) * 411);
    const papers =
      i % 3 === 0
        ? [await prepared(services, app, `Mietvertrag ${i}.pdf`), await prepared(services, app, `Kontoauszug ${i}.pdf`)]
        : [];
    const now = new Date(services.clock.now().getTime() - i * 2 * 86_400_000);
    const input = await submissionInput(services, app, {
      form,
      channel: channels[i % channels.length] ?? 'portal',
      receivedAt: now,
      person: { familyName, givenName, birthDate },
      answers: someAnswers(form),
      frozen: freeze(form, someAnswers(form), 'de'),
      documents: papers.map((document) => ({ document, field: 'documents', recorded: false })),
      teamId: i % 5 === 4 ? null : (app.teams[form.team] ?? null),
    });
    await services.database.tenant(
      app.jobcenter.id,
      async (tx) => {
        if (i < 3) {
          const personId = await addPerson(tx, { familyName, givenName, birthDate });
          const fileNumber = `4711/${i}`;
          await addHousehold(tx, {
            fileNumber,
            members: [{ personId, role: 'applicant' }],
            fromDay: dayInGermany(tx.now),
          });
        }
        const received = await receive(tx, { kind: 'client' }, input);
        if (received.kind !== 'received') throw new Error(received.kind);
        await sortSubmission(tx, received.receipt.submissionId);
        ids.push(received.caseId);
      },
      now,
    );
  }
  return ids;
}

/** Signs in with password and code, as a member of staff does it. */
export async function signIn(page: Page, app: TestApp, staff: TestStaff, at = app.services.clock.now()): Promise<void> {
  await page.goto(`${app.baseUrl}/arbeit`);
  await page.getByLabel(/^(Name|Login)$/).fill(staff.login);
  await page.getByLabel(/Passwort|Password/).fill(staff.password);
  await page.keyboard.press('Enter');
  await page.getByLabel(/Code/).fill(totpCode(staff.totpSecret, at));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${app.baseUrl}/arbeit/heute`);
  await page.goto(`${app.baseUrl}/arbeit`);
}
