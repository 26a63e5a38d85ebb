import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { canonicalJson } from '../../kernel/canonical.ts';
import {
  findKeptReceipt,
  findReceipt,
  type KeptReceipt,
  normalizeReceiptNumber,
  type ReceiptPayload,
  receiptPayloadSchema,
} from '../../modules/intake/index.ts';
import { publicKeys } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { Alert, Button, DescriptionList, FileField, Form, formatBytes, formatDateTime } from '../../ui/index.ts';
import { checkPath } from '../receipt-paper.ts';
import { one } from '../request.ts';
import { keptView } from './check-kept-receipt.tsx';
import { unknownNumber } from './check-number.tsx';
import { show } from './shell.tsx';
import { inTenant, type Visit } from './visit.ts';

/**
 * The public page behind the QR code: whether a receipt is genuine, and what was handed in by pages and hashes. No name, no
 * concern, no answer. The number itself is the secret of the paper (55 random bits).
 */
export async function checkReceiptPage(visit: Visit): Promise<Response> {
  const found = await receiptOf(visit);
  return found?.kind === 'kept' ? keptView(visit, found.kept) : checkView(visit, found, undefined);
}

/** A receipt that is genuine. `signature`: what whoever holds it typed, where the office has deleted what was handed in. */
type Genuine = { readonly kind: 'genuine'; readonly payload: ReceiptPayload; readonly signature?: string };

/** The receipt by its number: signed by a key of this Jobcenter over exactly what is shown; or of which only a digest is left. */
async function receiptOf(visit: Visit): Promise<Genuine | { kind: 'kept'; kept: KeptReceipt } | undefined> {
  const number = normalizeReceiptNumber(visit.c.req.param('number') ?? '');
  if (number === undefined) return undefined;
  const { receipt, kept } = await inTenant(visit, async (tx) => ({
    receipt: await findReceipt(tx, number),
    kept: await findKeptReceipt(tx, number),
  }));
  if (kept !== undefined) return { kind: 'kept', kept };
  if (receipt === undefined) return undefined;
  const { payload } = receipt;
  return (await signedText(visit, receipt.signature)) === canonicalJson(payload)
    ? { kind: 'genuine', payload }
    : undefined;
}

/** What was signed, if it was by a key of this Jobcenter, also one that is no longer used. */
async function signedText(visit: Visit, signature: string): Promise<string | undefined> {
  const keys = await inTenant(visit, publicKeys);
  const signed = await compactVerify(signature, createLocalJWKSet({ keys } as JSONWebKeySet)).catch(() => undefined);
  return signed === undefined ? undefined : Buffer.from(signed.payload).toString();
}

/** What whoever holds the receipt typed from it, if it is the one that was issued under this number. */
async function heldReceipt(visit: Visit, kept: KeptReceipt): Promise<Genuine | undefined> {
  const signature = one(visit.input, 'signatur').replace(/\s+/g, '').slice(0, longestSignature);
  const text = sha256(signature).equals(kept.sha256) ? await signedText(visit, signature) : undefined;
  const payload = text === undefined ? undefined : receiptPayloadSchema.safeParse(JSON.parse(text)).data;
  return payload?.number === kept.number ? { kind: 'genuine', payload, signature } : undefined;
}
/** A receipt over two hundred papers with long names stays below. */
const longestSignature = 200_000;

/** Compares a file with the hashes of the receipt; the file is not kept. Where the office has deleted those, they come from the receipt itself. */
export async function compareFile(visit: Visit): Promise<Response> {
  const found = await receiptOf(visit);
  const receipt = found?.kind === 'kept' ? await heldReceipt(visit, found.kept) : found;
  if (found?.kind === 'kept' && receipt === undefined) return keptView(visit, found.kept, one(visit.input, 'signatur'));
  const file = visit.files.find((each) => each.field === 'datei' && each.bytes.length > 0);
  if (receipt === undefined || file === undefined) return checkView(visit, receipt, undefined);
  const hash = sha256(file.bytes).toString('hex');
  const at = receipt.payload.documents.findIndex((document) => document.sha256 === hash);
  return checkView(visit, receipt, file.tooLarge || at === -1 ? 'other' : at);
}

function checkView(
  visit: Visit,
  receipt: Genuine | undefined,
  compared: number | 'other' | undefined,
): Response | Promise<Response> {
  const { t } = visit;
  if (receipt === undefined) return unknownNumber(visit);
  return show(
    visit,
    { title: t('portal:verify.title'), path: checkPath(receipt.payload.number) },
    <GenuineReceipt visit={visit} receipt={receipt} compared={compared} />,
  );
}

const GenuineReceipt = ({
  visit,
  receipt,
  compared,
}: {
  visit: Visit;
  receipt: Genuine;
  compared: number | 'other' | undefined;
}) => {
  const { t, language } = visit;
  const { payload, signature } = receipt;
  return (
    <>
      <h1>{t('portal:verify.title')}</h1>
      <Alert tone="success" title={t('portal:verify.genuine')}>
        <p>{t('portal:verify.genuineText', { jobcenter: payload.jobcenter })}</p>
      </Alert>
      <DescriptionList
        rows={[
          { key: t('receipt:number'), value: payload.number },
          { key: t('receipt:facts.receivedAt'), value: formatDateTime(payload.receivedAt, language, t) },
          { key: t('receipt:facts.channel'), value: t(`receipt:channel.${payload.channel}`) },
          {
            key: t('receipt:documents.heading'),
            value: t('portal:status.documents', { count: payload.documents.length }),
          },
        ]}
      />
      {payload.documents.length === 0 ? null : (
        <>
          <h2>{t('receipt:documents.heading')}</h2>
          <p>{t('portal:verify.noNames')}</p>
          <ol>
            {payload.documents.map((document) => (
              <li>
                {t('portal:file.pages', { count: document.pages })}, {formatBytes(document.bytes, language, t)}
                <br />
                <span class="td-muted">
                  {t('portal:file.hash')} <code>{document.sha256}</code>
                </span>
              </li>
            ))}
          </ol>
          <h2>{t('portal:verify.compare')}</h2>
          {compared === undefined ? null : compared === 'other' ? (
            <Alert tone="warning" title={t('portal:verify.different')} live />
          ) : (
            <Alert tone="success" title={t('portal:verify.same', { position: compared + 1 })} live />
          )}
          <Form action={checkPath(payload.number)} csrf={visit.csrf} multipart>
            {signature === undefined ? null : <input type="hidden" name="signatur" value={signature} />}
            <FileField t={t} name="datei" label={t('portal:verify.file')} hint={t('portal:verify.fileHint')} />
            <Button variant="secondary">{t('portal:verify.compareButton')}</Button>
          </Form>
        </>
      )}
    </>
  );
};
