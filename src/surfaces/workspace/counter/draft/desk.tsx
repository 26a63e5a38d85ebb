import { dayInGermany } from '../../../../kernel/dates.ts';
import { recordAudit } from '../../../../modules/audit/index.ts';
import { findGivenDraft } from '../../../../modules/forms/index.ts';
import { matchPerson } from '../../../../modules/people/index.ts';
import { BackLink, Button, Form, Inset, RadioGroup } from '../../../../ui/index.ts';
import type { OpenDraft } from '../../../questions/open-draft.ts';
import { personOf } from '../../../questions/send-draft.ts';
import type { DraftDesk, DraftVisit } from '../../../questions/visit.ts';
import { paths } from '../../paths.ts';
import { personWords } from '../../people/person-words.ts';
import { show } from '../../shell.tsx';
import { inTenant, type StaffVisit } from '../../visit.ts';

/** The draft is not open at this desk, or a page of it does not exist. */
export class NotHere extends Error {
  readonly what: 'draft' | 'page';
  constructor(what: 'draft' | 'page') {
    super(`Not open at the counter: ${what}.`);
    this.what = what;
  }
}

/** A draft begun at home, finished at the counter together with the person: the same questions, each look recorded. */
export function counterDesk(visit: StaffVisit, id: string): DraftVisit & StaffVisit {
  return {
    ...visit,
    draftId: id,
    desk: deskOf(visit, id),
    today: dayInGermany(visit.services.clock.now()),
    wantsJson: /^application\/json\b/.test(visit.c.req.header('accept') ?? ''),
  };
}

const deskOf = (visit: StaffVisit, id: string): DraftDesk => ({
  base: paths.counterDraftAt(id),
  keep: undefined,
  privacy: '/datenschutz',
  language: undefined,
  before: () => paths.counter,
  absent: (what) => new NotHere(what),
  find: async (tx, lock) => {
    const draft = await findGivenDraft(tx, id, lock);
    if (draft !== undefined)
      await recordAudit(tx, visit.actor, {
        action: lock ? 'draft.changed' : 'draft.read',
        subjectType: 'draft',
        subjectId: id,
        reason: visit.t('workspace:counterDraft.title'),
      });
    return draft;
  },
  show: (page, content) =>
    show(
      { ...visit, path: page.path ?? visit.path },
      {
        title: page.title,
        active: 'counter',
        narrow: true,
        ...(page.status === undefined ? {} : { status: page.status }),
      },
      <>
        {page.back ?? <BackLink href={paths.counter}>{visit.t('workspace:counterDraft.back')}</BackLink>}
        {page.alerts}
        {content}
        <Inset>
          <p>{visit.t('workspace:counterDraft.together')}</p>
          <Form action={`${paths.counterDraftAt(id)}/schliessen`} csrf={visit.csrf}>
            <Button variant="secondary">{visit.t('workspace:counterDraft.close')}</Button>
          </Form>
        </Inset>
      </>,
    ),
  sending: (open, complete) => sending(visit, open, complete),
});

/** The end of the check page: who stands here, if that was looked at, and the button. */
async function sending(visit: StaffVisit, open: OpenDraft, complete: boolean) {
  const { t } = visit;
  if (!complete) return <p>{t('workspace:counterDraft.incomplete')}</p>;
  const matches = await matchesOf(visit, open);
  return (
    <>
      <h2>{t('workspace:counterDraft.sendTitle')}</h2>
      <p>{t('workspace:counterDraft.sendText')}</p>
      <Form action={`${paths.counterDraftAt(open.draft.id)}/absenden`} csrf={visit.csrf}>
        {matches.length === 0 ? null : (
          <RadioGroup
            t={t}
            name="person"
            label={t('workspace:counterDraft.identified')}
            value=""
            options={[
              ...matches.map((match) => ({
                value: match.id,
                label: t('workspace:counterDraft.seen', { person: personWords(visit, match) }),
              })),
              { value: '', label: t('workspace:counterDraft.nobody') },
            ]}
          />
        )}
        <Button>{t('workspace:counterDraft.send')}</Button>
      </Form>
    </>
  );
}

/** People of the office who may be the one the draft names; looking for them is recorded. */
const matchesOf = (visit: StaffVisit, open: OpenDraft) =>
  inTenant(visit, async (tx) => {
    const stated = personOf(open.answers);
    const matches = stated === undefined ? [] : await matchPerson(tx, stated);
    if (matches.length > 0)
      await recordAudit(tx, visit.actor, {
        action: 'search.read',
        subjectType: 'search',
        subjectId: 'people',
        detail: { by: ['draft'], people: matches.length },
      });
    return matches;
  });
