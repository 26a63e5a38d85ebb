import { returnPath } from '../../../modules/cases/index.ts';
import { findDraft } from '../../../modules/forms/index.ts';
import { Button, ButtonLink, Form } from '../../../ui/index.ts';
import { heldSupplement } from '../cookies.ts';
import { show } from '../shell.tsx';
import { collect, collectPage, placeOf } from '../supplement/collect.tsx';
import type { Desk } from '../supplement/desk.ts';
import { inTenant, type ReturnVisit } from '../visit.ts';
import { OtherWays } from '../ways.tsx';
import { type ReturnView, withReturn } from './load.ts';

/** A code that cannot take papers (any more), and whether this device sent something with it. */
class NotOpen extends Error {
  readonly view: ReturnView;
  constructor(view: ReturnView) {
    super(`The code is ${view.code.state}.`);
    this.view = view;
  }
}

/** Papers for exactly what the letter asks for. */
function deskOf(visit: ReturnVisit): Desk {
  const address = `${returnPath(visit.code)}/abgeben`;
  return {
    key: visit.code,
    cookiePath: '/b',
    tells: false,
    told: address,
    actor: { kind: 'client' },
    address,
    back: undefined,
    below: (
      <>
        <OtherWays visit={visit} />
        <Leave visit={visit} />
      </>
    ),
    within: (work) =>
      withReturn(visit, 'return-code.read', async (tx, view) => {
        if (view.code.state !== 'open') throw new NotOpen(view);
        return work(tx, view.target);
      }),
    sent: () => visit.c.redirect(`${returnPath(visit.code)}/beleg`, 303),
  };
}

const Leave = ({ visit }: { visit: ReturnVisit }) => (
  <Form action="/b/beenden" csrf={visit.csrf}>
    <p class="td-muted">{visit.t('portal:receipt.leaveText')}</p>
    <Button variant="secondary" icon="logout">
      {visit.t('portal:receipt.leave')}
    </Button>
  </Form>
);

/** Runs with the code, or shows calmly why it takes nothing. A second click after sending leads to the receipt. */
async function whileOpen(visit: ReturnVisit, work: (desk: Desk) => Promise<Response>): Promise<Response> {
  try {
    return await work(deskOf(visit));
  } catch (error) {
    if (!(error instanceof NotOpen)) throw error;
    const sent = await sentHere(visit);
    if (sent && visit.c.req.method === 'POST' && !visit.wantsJson)
      return visit.c.redirect(`${returnPath(visit.code)}/beleg`, 303);
    return endedPage(visit, error.view, sent);
  }
}

/** True when this device sent papers with the code. */
async function sentHere(visit: ReturnVisit): Promise<boolean> {
  const held = heldSupplement(visit.c, visit.code);
  if (held === undefined) return false;
  const draft = await inTenant(visit, (tx) => findDraft(tx, held.id, held.token));
  return draft !== undefined && draft.submittedAt !== null;
}

export const handInPage = (visit: ReturnVisit): Promise<Response> =>
  whileOpen(visit, async (desk) => collectPage(visit, desk, await placeOf(visit, desk)));

export const handIn = (visit: ReturnVisit): Promise<Response> =>
  whileOpen(visit, async (desk) => collect(visit, desk, await placeOf(visit, desk)));

/** It is there, it is no longer needed, or too long ago: said calmly, with the other ways. */
function endedPage(visit: ReturnVisit, view: ReturnView, sent: boolean): Response | Promise<Response> {
  const { t } = visit;
  const { state } = view.code;
  if (visit.wantsJson) return visit.c.json({ error: t(`return:${state}.text`) }, 409);
  return show(
    visit,
    { title: t(`return:${state}.title`), path: `${returnPath(visit.code)}/abgeben` },
    <>
      <h1>{t(`return:${state}.title`)}</h1>
      <p class="td-lead">{t(`return:${state}.text`)}</p>
      {sent ? <ButtonLink href={`${returnPath(visit.code)}/beleg`}>{t('return:toReceipt')}</ButtonLink> : null}
      <OtherWays visit={visit} />
      <Leave visit={visit} />
    </>,
  );
}
