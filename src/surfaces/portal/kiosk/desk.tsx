import { type Draft, findDraft } from '../../../modules/forms/index.ts';
import { Button, ButtonGroup, Form } from '../../../ui/index.ts';
import type { DraftDesk, DraftVisit } from '../../questions/visit.ts';
import { type KioskVisit, type Visit, WayOn } from '../visit.ts';
import { showKiosk } from './shell.tsx';
import { papersHere } from './tablet.ts';

export type PapersVisit = KioskVisit & DraftVisit;

/** The papers of whoever stands here, with the same questions as at home; undefined when nobody began. */
export function papersVisit(visit: KioskVisit): PapersVisit | undefined {
  const held = papersHere(visit);
  return held === undefined ? undefined : { ...visit, draftId: held.id, desk: kioskDesk(visit, held) };
}

const kioskDesk = (visit: KioskVisit, held: { id: string; token: string }): DraftDesk => ({
  base: '/kiosk/abgabe',
  keep: undefined,
  privacy: '/kiosk/datenschutz',
  camera: true,
  language: visit.language,
  before: () => '/kiosk/ende',
  absent: (what) => (what === 'draft' ? new NobodyHere() : new WayOn('notFound')),
  find: (tx, lock): Promise<Draft | undefined> => findDraft(tx, held.id, held.token, lock),
  show: (page, content) => showKiosk(visit, { ...page, typing: true }, content),
  sending: (_open, complete) => <Sending visit={visit} complete={complete} />,
});

/** The papers are no longer there: the tablet begins anew. */
export class NobodyHere extends Error {}

const Sending = ({ visit, complete }: { visit: Visit; complete: boolean }) => {
  const { t } = visit;
  return (
    <Form action="/kiosk/abgabe/absenden" csrf={visit.csrf}>
      <p>{t('kiosk:sendText')}</p>
      <ButtonGroup>
        {complete ? <Button>{t('kiosk:send')}</Button> : null}
        <Button variant="secondary" action="/kiosk/ende">
          {t('kiosk:cancel')}
        </Button>
      </ButtonGroup>
    </Form>
  );
};
