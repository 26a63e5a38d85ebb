import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type Document, documentsByIds } from '../../../modules/documents/index.ts';
import {
  chooseDelivery,
  type DeliveryChoice,
  type LegalEffect,
  noteFetched,
  type ProvenNotice,
  sentLetters,
  whereaboutsOf,
} from '../../../modules/notices/index.ts';
import { isEmail } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage } from '../../../platform/i18n/index.ts';
import { Alert, Button, Card, Checkbox, Form, formatDate, RadioGroup, TextField } from '../../../ui/index.ts';
import type { LetterWay, OtherWays } from '../../letter-way.ts';
import { one } from '../../request.ts';
import { present, type ReceiptVisit } from '../visit.ts';
import { clientActor, withReceipt } from './load.ts';
import { statusAgain } from './status.tsx';

/** A letter that was sent to the person, with its document as long as it is kept. */
export type ShownLetter = { readonly notice: ProvenNotice; readonly document: Document | undefined };

/** A letter of which the person may not know, and the entry by which it was sent: with that they say that they read it. */
export type UnknownLetter = ShownLetter & { readonly entryId: string };

/** Letters of a case as the person sees them. */
export async function lettersFor(tx: Tx, caseId: string): Promise<ShownLetter[]> {
  const letters = await sentLetters(tx, [caseId]);
  const documents = await documentsByIds(
    tx,
    letters.flatMap(({ documentId }) => documentId ?? []),
  );
  const byId = new Map(documents.filter((each) => each.erasedAt === null).map((each) => [each.id, each]));
  return letters.map((notice) => ({ notice, document: byId.get(notice.documentId ?? '') }));
}

/** It goes by post, and was not handed over yet. */
const isComing = (notice: ProvenNotice): boolean =>
  ['coming', 'again'].includes(whereaboutsOf(notice, notice.steps).kind);

/** How it came, comes, or that it never went out. */
function wayWord(notice: ProvenNotice): 'coming' | 'stopped' | 'portal' | 'post' {
  if (isComing(notice)) return 'coming';
  return whereaboutsOf(notice, notice.steps).kind === 'stopped' ? 'stopped' : (notice.way ?? 'post');
}

/** It came back, and is not on its way once more. */
export const isUndelivered = (notice: ProvenNotice): boolean =>
  notice.effect?.kind === 'undelivered' && !isComing(notice);

/** Every letter from the office: to download, with the day it counts as known and until when an objection is in time. */
export function Letters(props: {
  readonly visit: ReceiptVisit;
  readonly letters: readonly ShownLetter[];
  /** Of which the person may say that they read it. */
  readonly unknown: UnknownLetter | undefined;
}) {
  const { visit, letters, unknown } = props;
  const { t, language } = visit;
  return (
    <section class="td-flow" id="briefe">
      <h2>{t('portal:letters.title')}</h2>
      {letters.length === 0 ? <p>{t('portal:letters.none')}</p> : null}
      {letters.map(({ notice, document }) => {
        const name = document?.name.replace(/\.pdf$/, '') ?? t('portal:letters.gone');
        return (
          <Card level={3} title={name}>
            <p>
              {notice.releasedAt === null
                ? null
                : t('portal:letters.of', { date: formatDate(notice.releasedAt, language) })}
              , {t(`portal:letters.way.${wayWord(notice)}`)}
            </p>
            {document === undefined || notice.language === defaultLanguage ? null : (
              <p>{t('portal:letters.translated', { language: t(`notices:translation.into.${notice.language}`) })}</p>
            )}
            {notice.effect === undefined ? null : (
              <Effect visit={visit} effect={notice.effect} coming={isComing(notice)} portal={notice.way === 'portal'} />
            )}
            {document === undefined ? null : (
              <p>
                <a href={`/eingang/${visit.number}/briefe/${notice.id}`}>
                  {t('portal:letters.download')}
                  <span class="kern-sr-only"> {name}</span>
                </a>
              </p>
            )}
            {unknown?.notice.id !== notice.id ? null : (
              <Form
                action={`/eingang/${visit.number}/nachricht/gelesen`}
                csrf={visit.csrf}
                hidden={{ bis: unknown.entryId, was: 'brief' }}
              >
                <p>{t('portal:letters.read')}</p>
                <Button variant="secondary">{t('portal:letters.readButton')}</Button>
              </Form>
            )}
          </Card>
        );
      })}
    </section>
  );
}

function Effect(props: {
  readonly visit: ReceiptVisit;
  readonly effect: LegalEffect;
  /** It is to be handed to the post: what came back before says nothing any more. */
  readonly coming: boolean;
  /** It lies here: only the e-mail that tells of it can come back. */
  readonly portal: boolean;
}) {
  const { effect } = props;
  const { t, language } = props.visit;
  switch (effect.kind) {
    case 'waiting':
      return <p>{t('portal:letters.pending')}</p>;
    case 'undelivered':
      return <p>{t(`portal:letters.${props.coming ? 'pending' : props.portal ? 'mailCameBack' : 'notKnown'}`)}</p>;
    case 'disputed':
      return <p>{t('portal:letters.disputed')}</p>;
    case 'known':
      return (
        <>
          <p>
            {t('portal:letters.known', {
              known: formatDate(effect.knownOn, language),
              until: formatDate(effect.until, language),
            })}
          </p>
          <p class="td-muted">{t('portal:letters.late')}</p>
        </>
      );
  }
}

/** The person chooses by which way letters come; the portal needs their consent and an address (§ 37 (2a) SGB X). */
export function DeliveryWay(props: {
  visit: ReceiptVisit;
  choice: DeliveryChoice | undefined;
  way: LetterWay;
  elsewhere: OtherWays | undefined;
  /** Whether there is a mailbox from which the office can write e-mails. */
  mails: boolean;
  error: string | undefined;
}) {
  const { visit, choice, error } = props;
  const { t, csrf, number } = visit;
  const typed = error === undefined ? undefined : visit.input;
  const now = choice?.way ?? 'post';
  return (
    <section class="td-flow" id="zustellung">
      <h2>{t('portal:way.title')}</h2>
      <p>{t('portal:way.text')}</p>
      <p>
        <strong>
          {now === 'portal' && props.way.way === 'post'
            ? t('portal:way.notYet')
            : now === 'portal'
              ? t('portal:way.nowPortal', { email: choice?.email ?? '' })
              : t('portal:way.nowPost')}
        </strong>
      </p>
      {choice?.reminders === true ? (
        <p>{t(`portal:way.${props.mails ? 'reminded' : 'remindedNotYet'}`, { email: choice.email ?? '' })}</p>
      ) : null}
      <Elsewhere visit={visit} ways={props.elsewhere} />
      <Form action={`/eingang/${number}/briefweg`} csrf={csrf}>
        <RadioGroup
          t={t}
          name="way"
          label={t('portal:way.title')}
          value={typed === undefined ? now : one(typed, 'way')}
          options={[
            { value: 'post', label: t('portal:way.post') },
            { value: 'portal', label: t('portal:way.portal'), hint: t('portal:way.portalHint') },
          ]}
        />
        {props.elsewhere === undefined ||
        now === 'portal' ||
        props.elsewhere.portal + props.elsewhere.notYet === 0 ? null : (
          <Checkbox
            t={t}
            optional
            name="ueberall"
            label={t('portal:way.everywhere')}
            checked={typed !== undefined && one(typed, 'ueberall') === 'ja'}
            value="ja"
          />
        )}
        <TextField
          t={t}
          name="mail"
          type="email"
          autocomplete="email"
          label={t('portal:way.email')}
          hint={t('portal:way.emailHint')}
          value={typed === undefined ? (choice?.email ?? '') : one(typed, 'mail')}
          error={error}
          maxLength={300}
          optional
          mark="none"
        />
        <RadioGroup
          t={t}
          name="erinnerung"
          label={t('portal:way.reminders')}
          hint={t('portal:way.remindersHint')}
          value={typed === undefined ? (choice?.reminders === true ? 'ja' : 'nein') : one(typed, 'erinnerung')}
          options={[
            { value: 'ja', label: t('portal:way.remind') },
            { value: 'nein', label: t('portal:way.remindNot') },
          ]}
        />
        <Button variant="secondary">{t('portal:way.keep')}</Button>
      </Form>
    </section>
  );
}

/** How the letters of other cases of the same person come, without a word of what they are about. */
function Elsewhere({ visit: { t }, ways }: { visit: ReceiptVisit; ways: OtherWays | undefined }) {
  if (ways === undefined) return null;
  return (
    <>
      <p>{t('portal:way.onlyThis')}</p>
      <ul>
        {ways.post === 0 ? null : <li>{t('portal:way.othersPost', { count: ways.post })}</li>}
        {ways.notYet === 0 ? null : <li>{t('portal:way.othersNotYet', { count: ways.notYet })}</li>}
        {ways.portal === 0 ? null : <li>{t('portal:way.othersPortal', { count: ways.portal })}</li>}
      </ul>
    </>
  );
}

/** Says that the choice was kept just now. */
export const WayDone = ({ visit }: { visit: ReceiptVisit }) =>
  visit.c.req.query('weg') === '1' ? <Alert tone="success" title={visit.t('portal:way.done')} live /> : null;

/** Keeps the choice; twice is once. The address is asked for where something is to go to it, and kept only then. */
export async function keepWay(visit: ReceiptVisit): Promise<Response> {
  const portal = one(visit.input, 'way') === 'portal';
  const email = one(visit.input, 'mail').slice(0, 300).toLowerCase();
  const said = one(visit.input, 'erinnerung');
  const reminders = said === 'ja' || said === 'nein' ? { reminders: said === 'ja' } : {};
  if ((portal || said === 'ja') && !isEmail(email))
    return statusAgain(visit, { mail: visit.t(`portal:way.${portal ? 'wrong' : 'wrongForReminders'}`) });
  await withReceipt(visit, 'case.read-by-client', (tx, { client }) =>
    chooseDelivery(tx, clientActor(visit), client.case.id, {
      ...(portal
        ? { way: 'portal', email }
        : { way: 'post', ...(said === 'ja' && { email }), everywhere: one(visit.input, 'ueberall') === 'ja' }),
      ...reminders,
    }),
  );
  return visit.c.redirect(`/eingang/${visit.number}?weg=1`, 303);
}

/** The letter as it was sent; the first time it is fetched is part of its proof. */
export async function fetchLetter(visit: ReceiptVisit): Promise<Response> {
  const id = visit.c.req.param('letter') ?? '';
  const found = await withReceipt(visit, 'case.read-by-client', async (tx, { client }) => {
    const letter = (await lettersFor(tx, client.case.id)).find(({ notice }) => isId(id) && notice.id === id);
    const document = letter?.document;
    const bytes = document === undefined ? undefined : await visit.services.vault.read(tx, document.id);
    if (letter === undefined || document === undefined || bytes === undefined) return undefined;
    await noteFetched(tx, clientActor(visit), letter.notice);
    await recordAudit(tx, clientActor(visit), {
      action: 'document.read',
      subjectType: 'document',
      subjectId: document.id,
      caseId: client.case.id,
    });
    return { bytes, name: document.name };
  });
  const { bytes, name } = present(found);
  return visit.c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="Brief.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'private, no-store',
  });
}
