import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { canonicalJson } from '../../kernel/canonical.ts';
import { findReceipt, normalizeReceiptNumber, type Receipt } from '../../modules/intake/index.ts';
import { publicKeys } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { Alert, Button, DescriptionList, FileField, Form, formatBytes, formatDateTime } from '../../ui/index.ts';
import { checkPath } from '../receipt-paper.ts';
import { show } from './shell.tsx';
import { inTenant, type Visit } from './visit.ts';

/**
 * The public page behind the QR code: whether a receipt is genuine, and what was handed in by pages and hashes. No name, no
 * concern, no answer. The number itself is the secret of the paper (55 random bits).
 */
export async function checkReceiptPage(visit: Visit): Promise<Response> {
  return checkView(visit, await genuineReceipt(visit), undefined);
}

/** The receipt by its number, if its signature is by a key of this Jobcenter over exactly what is shown. */
async function genuineReceipt(visit: Visit): Promise<Receipt | undefined> {
  const number = normalizeReceiptNumber(visit.c.req.param('number') ?? '');
  if (number === undefined) return undefined;
  const { receipt, keys } = await inTenant(visit, async (tx) => ({
    receipt: await findReceipt(tx, number),
    keys: await publicKeys(tx),
  }));
  if (receipt === undefined) return undefined;
  const signed = await compactVerify(receipt.signature, createLocalJWKSet({ keys } as JSONWebKeySet)).catch(
    () => undefined,
  );
  return signed !== undefined && Buffer.from(signed.payload).toString() === canonicalJson(receipt.payload)
    ? receipt
    : undefined;
}

/** Compares a file with the hashes of the receipt; the file is not kept. */
export async function compareFile(visit: Visit): Promise<Response> {
  const receipt = await genuineReceipt(visit);
  const file = visit.files.find((each) => each.field === 'datei' && each.bytes.length > 0);
  if (receipt === undefined || file === undefined) return checkView(visit, receipt, undefined);
  const hash = sha256(file.bytes).toString('hex');
  const at = receipt.payload.documents.findIndex((document) => document.sha256 === hash);
  return checkView(visit, receipt, file.tooLarge || at === -1 ? 'other' : at);
}

function checkView(
  visit: Visit,
  receipt: Receipt | undefined,
  compared: number | 'other' | undefined,
): Response | Promise<Response> {
  const { t } = visit;
  if (receipt === undefined) {
    return show(
      visit,
      { title: t('portal:verify.title'), status: 404, path: '/' },
      <>
        <h1>{t('portal:verify.title')}</h1>
        <Alert tone="danger" title={t('portal:verify.unknown')}>
          <p>{t('portal:verify.unknownText')}</p>
        </Alert>
      </>,
    );
  }
  return show(
    visit,
    { title: t('portal:verify.title'), path: checkPath(receipt.number) },
    <Genuine visit={visit} receipt={receipt} compared={compared} />,
  );
}

const Genuine = ({
  visit,
  receipt,
  compared,
}: {
  visit: Visit;
  receipt: Receipt;
  compared: number | 'other' | undefined;
}) => {
  const { t, language } = visit;
  const { payload } = receipt;
  return (
    <>
      <h1>{t('portal:verify.title')}</h1>
      <Alert tone="success" title={t('portal:verify.genuine')}>
        <p>{t('portal:verify.genuineText', { jobcenter: payload.jobcenter })}</p>
      </Alert>
      <DescriptionList
        rows={[
          { key: t('receipt:number'), value: receipt.number },
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
          <Form action={checkPath(receipt.number)} csrf={visit.csrf} multipart>
            <FileField t={t} name="datei" label={t('portal:verify.file')} hint={t('portal:verify.fileHint')} />
            <Button variant="secondary">{t('portal:verify.compareButton')}</Button>
          </Form>
        </>
      )}
    </>
  );
};
