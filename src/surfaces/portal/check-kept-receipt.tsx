import type { KeptReceipt } from '../../modules/intake/index.ts';
import { Alert, Button, ErrorSummary, Form, fieldId, formatDate, TextArea } from '../../ui/index.ts';
import { checkPath } from '../receipt-paper.ts';
import { show } from './shell.tsx';
import type { Visit } from './visit.ts';

/**
 * A receipt whose submission the office has deleted (Art. 17 (1) a DSGVO): what it proves stands in the hands of its person alone. They give the signed text
 * of it, which is compared with the digest that stayed. `typed`: what was given and does not belong to this number.
 */
export function keptView(visit: Visit, kept: KeptReceipt, typed?: string): Response | Promise<Response> {
  const { t, language } = visit;
  const issued = formatDate(kept.issuedOn, language);
  const wrong = typed?.trim() === '' ? 'portal:verify.signatureMissing' : 'portal:verify.signatureWrong';
  const error = typed === undefined ? undefined : t(wrong);
  return show(
    visit,
    { title: t('portal:verify.title'), path: checkPath(kept.number), status: typed === undefined ? 200 : 422 },
    <>
      <h1>{t('portal:verify.title')}</h1>
      {error === undefined ? null : <ErrorSummary t={t} problems={[{ id: fieldId('signatur'), text: error }]} />}
      <Alert tone="info" title={t('portal:verify.kept', { number: kept.number, date: issued })}>
        <p>{t('portal:verify.keptText', { date: formatDate(kept.forgottenOn, language) })}</p>
      </Alert>
      <h2>{t('portal:verify.signature')}</h2>
      <p>{t('portal:verify.signatureText')}</p>
      <Form action={checkPath(kept.number)} csrf={visit.csrf} multipart>
        <TextArea
          t={t}
          name="signatur"
          label={t('portal:verify.signatureLabel')}
          hint={t('portal:verify.signatureHint')}
          error={error}
          value={typed}
          rows={6}
        />
        <Button variant="primary">{t('portal:verify.signatureButton')}</Button>
      </Form>
    </>,
  );
}
