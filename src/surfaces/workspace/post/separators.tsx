import { dayInGermany } from '../../../kernel/dates.ts';
import { separatorCode } from '../../../modules/post/index.ts';
import { qrSvg, typeset } from '../../../platform/pdf/index.ts';
import type { SeparatorPaper } from '../../../platform/pdf/papers.ts';
import { Button } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';

const most = 100;

/** Asks for sheets to lay between letters. */
export function Separators({ visit }: { visit: StaffVisit }) {
  const { t } = visit;
  return (
    <form action={paths.separators} method="get" class="td-form" data-download>
      <p>{t('post:separator.text')}</p>
      <div class="kern-form-input">
        <label class="kern-label" for="separator-count">
          {t('post:separator.count')}
        </label>
        <input
          class="kern-form-input__input td-width-xs"
          id="separator-count"
          name="anzahl"
          value="10"
          inputmode="numeric"
          maxlength={3}
        />
      </div>
      <Button variant="secondary">{t('post:separator.print')}</Button>
    </form>
  );
}

/** Separator sheets as PDF: the code in every corner, so that it is seen whatever way up the sheet lies. */
export async function separatorPdf(visit: StaffVisit): Promise<Response> {
  const { t } = visit;
  const wanted = Number.parseInt(queryText(visit, 'anzahl'), 10) || 10;
  const data: SeparatorPaper = {
    lang: visit.language,
    date: dayInGermany(visit.services.clock.now()),
    title: t('post:separator.title'),
    word: t('post:separator.word'),
    text: t('post:separator.onPaper'),
    jobcenter: visit.jobcenter.name,
    count: Math.max(1, Math.min(most, wanted)),
    qr: qrSvg(separatorCode),
    alt: t('post:separator.alt'),
  };
  const pdf = await typeset('separator.typ', data);
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'inline; filename="Trennblaetter.pdf"',
  };
  return new Response(new Uint8Array(pdf), { headers });
}
