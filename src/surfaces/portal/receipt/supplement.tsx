import { isId } from '../../../kernel/ids.ts';
import { BackLink } from '../../../ui/index.ts';
import { toReceipt } from '../draft/send.tsx';
import { collect, collectPage, placeOf } from '../supplement/collect.tsx';
import type { Desk } from '../supplement/desk.ts';
import { present, type ReceiptVisit, WayOn } from '../visit.ts';
import { clientActor, withReceipt } from './load.ts';

/** Papers for the case of an open receipt: what is missing, or `mehr` for something that nobody asked for. */
function deskOf(visit: ReceiptVisit): Desk {
  const key = visit.c.req.param('item') ?? '';
  if (key !== 'mehr' && !isId(key)) throw new WayOn('notFound');
  return {
    key: key === 'mehr' ? visit.number : key,
    cookiePath: '/eingang',
    tells: true,
    told: `/eingang/${visit.number}?gesendet=1`,
    actor: clientActor(visit),
    address: `/eingang/${visit.number}/fehlt/${key}`,
    back: <BackLink href={`/eingang/${visit.number}`}>{visit.t('portal:supplement.back')}</BackLink>,
    below: undefined,
    within: (work) =>
      withReceipt(visit, 'case.read-by-client', async (tx, { client, submission }) => {
        const item = key === 'mehr' ? undefined : present(client.items.find((each) => each.id === key));
        return work(tx, { caseId: client.case.id, teamId: client.case.teamId, person: submission.person, item });
      }),
    sent: (received) => toReceipt(visit, received),
  };
}

export async function supplementPage(visit: ReceiptVisit): Promise<Response> {
  const desk = deskOf(visit);
  const place = await placeOf(visit, desk);
  if (place.item !== undefined && place.item.fulfilledAt !== null)
    return visit.c.redirect(`/eingang/${visit.number}`, 303);
  return collectPage(visit, desk, place);
}

/** Takes files as they come, and sends them with a receipt of their own. */
export async function supplement(visit: ReceiptVisit): Promise<Response> {
  const desk = deskOf(visit);
  return collect(visit, desk, await placeOf(visit, desk));
}
