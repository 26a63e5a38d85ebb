import { dayInGermany } from '../../kernel/dates.ts';
import { freeze } from '../../modules/forms/index.ts';
import { type Channel, receive } from '../../modules/intake/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { demoAnswers } from './answers.ts';
import { evidenceFields, withEvidence } from './evidence.ts';
import { type DemoHousehold, type DemoSubmission, drawPaper } from './index.ts';
import { workOn } from './office-work.ts';
import { actorKey, at, type Colleague, type Scene } from './scene.ts';

/** The papers of a submission, drawn and sealed. */
export async function prepareAll({ services }: Scene, jobcenter: Jobcenter, submission: DemoSubmission) {
  const documents = [];
  for (const paper of submission.papers) {
    const drawn = await drawPaper(paper);
    const pages = drawn.mediaType === 'application/pdf' ? pagesOf(drawn.bytes) : 1;
    documents.push(
      await services.vault.prepare(jobcenter.id, {
        name: drawn.name,
        bytes: drawn.bytes,
        mediaType: drawn.mediaType,
        pages,
      }),
    );
  }
  return documents;
}

/** Our own writer's PDFs name their pages plainly. */
const pagesOf = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g)?.length ?? 1;

export type Prepared = Awaited<ReturnType<typeof prepareAll>>;
/** One submission as it reached the office, by its channel and at its time, and what the office did with it since. */
export async function addOne(
  scene: Scene,
  tx: Tx,
  jobcenter: Jobcenter,
  submission: DemoSubmission,
  documents: Prepared,
  staff: readonly Colleague[],
): Promise<void> {
  const { services, households } = scene;
  const household = households[submission.householdIndex] as DemoHousehold;
  const person = household.members[submission.personIndex] ?? household.members[0];
  const receivedAt = new Date(submission.receivedAt);
  const form = await services.catalogue.find(jobcenter.id, submission.concern);
  if (form === undefined) return;
  const said = demoAnswers(form, submission.repeats ?? submission.key, person, household, dayInGermany(receivedAt));
  const proofOf = evidenceFields(form, said, submission.papers);
  const answers = withEvidence(said, proofOf, documents);
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  const stated = {
    familyName: person.familyName,
    givenName: person.givenName,
    birthDate: person.birthDate,
    fileNumber: household.fileNumber,
  };
  const outcome = await receive(
    at(tx, receivedAt),
    { kind: 'system', name: actorKey },
    {
      jobcenter,
      keys: await services.keyring.of(jobcenter.id),
      form,
      language: 'de',
      channel: submission.channel as Channel,
      receivedAt,
      person: stated,
      answers,
      frozen: freeze(form, answers, 'de', names),
      documents: documents.map((document, index) => ({
        document,
        field: proofOf[index] ?? 'document',
        recorded: false,
      })),
      command: { key: `demo:${submission.key}`, requestHash: sha256(submission.key) },
      teamId: await services.teamFor(jobcenter.id, form.team),
    },
  );
  if (outcome.kind === 'received')
    await workOn(tx, scene, { submission, form, receivedAt, caseId: outcome.caseId, staff, household, person: stated });
}
