import { hardToRead } from '../../../modules/documents/index.ts';
import { findDraft } from '../../../modules/forms/index.ts';
import { judgeTwins, twinFiles } from '../../../modules/twice/index.ts';
import { Button, ButtonGroup, Form } from '../../../ui/index.ts';
import { personOf } from '../../questions/send-draft.ts';
import type { DraftDesk } from '../../questions/visit.ts';
import { show } from '../shell.tsx';
import { type Visit, WayOn } from '../visit.ts';
import { HardToRead } from './hard-to-read.tsx';
import { allHints, KnownConcern, KnownFiles, KnownTwins, knownOf } from './known.tsx';

/** The draft on the person's own device, opened by the token in its cookie. */
export function ownDesk(visit: Visit, id: string, token: string): DraftDesk {
  const base = `/entwurf/${id}`;
  return {
    base,
    keep: `${base}/merken`,
    privacy: '/datenschutz',
    language: visit.language,
    find: (tx, lock) => findDraft(tx, id, token, lock),
    show: (page, content) => show(visit, page, content),
    absent: (what) => new WayOn(what === 'draft' ? 'draftNotHere' : 'notFound'),
    before: (concern) => `/anliegen/${concern}`,
    known: async (tx, open) => {
      const known = await knownOf(tx, visit, open, personOf(open.answers));
      const twins = await twinFiles(tx, visit.services.vault, open.files);
      const hard = await hardToRead(
        tx,
        open.files.map(({ id }) => id),
      );
      return async () => (
        <>
          <HardToRead visit={visit} files={open.files.filter(({ id }) => hard.has(id))} />
          <KnownConcern visit={visit} known={known} title={open.form.title[visit.language]} />
          <KnownTwins visit={visit} twins={await judgeTwins(twins)} />
          <KnownFiles visit={visit} hints={await allHints(known)} action={`${base}/weglassen`} />
        </>
      );
    },
    sending: () => <Sending visit={visit} base={base} />,
  };
}

const Sending = ({ visit, base }: { visit: Visit; base: string }) => {
  const { t } = visit;
  return (
    <>
      <h2>{t('portal:check.sendTitle')}</h2>
      <p>{t('portal:check.sendText')}</p>
      <Form action={`${base}/absenden`} csrf={visit.csrf}>
        <ButtonGroup>
          <Button>{t('portal:check.send')}</Button>
          <Button variant="secondary" action={`${base}/merken`}>
            {t('portal:form.saveForLater')}
          </Button>
        </ButtonGroup>
      </Form>
    </>
  );
};
