import { normalizeReceiptNumber } from '../../modules/intake/index.ts';
import { Alert, Button, ErrorSummary, Form, fieldId, TextField } from '../../ui/index.ts';
import { checkPath } from '../receipt-paper.ts';
import { one } from '../request.ts';
import { show } from './shell.tsx';
import type { Visit } from './visit.ts';

/** For whoever has a paper receipt and no camera for its code: a field for the number. */
export const checkNumberPage = async (visit: Visit): Promise<Response> => numberView(visit, '', undefined);

/** Goes to the page of the number. What can be no number comes back as it was typed. */
export async function checkNumber(visit: Visit): Promise<Response> {
  const typed = one(visit.input, 'nummer').slice(0, 60);
  const number = normalizeReceiptNumber(typed);
  if (number !== undefined) return visit.c.redirect(checkPath(number), 303);
  return numberView(visit, typed, visit.t(`portal:login.${typed === '' ? 'numberEmpty' : 'numberForm'}`));
}

/** There is no receipt of this number, or its address was copied with a slip: what to compare, and the field once more with it. */
export function unknownNumber(visit: Visit): Response | Promise<Response> {
  const { t } = visit;
  const typed = (visit.c.req.param('number') ?? '').slice(0, 60);
  const number = normalizeReceiptNumber(typed);
  const title = t('portal:verify.title');
  return show(
    visit,
    { title, status: 404, path: numberPath },
    <>
      <h1>{title}</h1>
      <Alert
        tone={number === undefined ? 'warning' : 'danger'}
        title={t(`portal:verify.${number === undefined ? 'slip' : 'unknown'}`)}
        live
      >
        <p>{t(`portal:verify.${number === undefined ? 'slipText' : 'unknownText'}`)}</p>
      </Alert>
      <NumberForm visit={visit} typed={number ?? typed} />
    </>,
  );
}

const numberPath = '/pruefen';

function numberView(visit: Visit, typed: string, error: string | undefined): Response | Promise<Response> {
  const { t } = visit;
  const title = t('portal:verify.title');
  const problems = error === undefined ? [] : [{ id: fieldId('nummer'), text: error }];
  return show(
    visit,
    {
      title,
      status: error === undefined ? 200 : 422,
      path: numberPath,
      alerts: <ErrorSummary t={t} problems={problems} />,
    },
    <>
      <h1>{title}</h1>
      <p class="td-lead">{t('portal:verify.lead')}</p>
      <NumberForm visit={visit} typed={typed} error={error} />
    </>,
  );
}

const NumberForm = ({ visit, typed, error }: { visit: Visit; typed: string; error?: string | undefined }) => {
  const { t, csrf } = visit;
  return (
    <Form action={numberPath} csrf={csrf}>
      <TextField
        t={t}
        name="nummer"
        label={t('portal:login.number')}
        hint={t('portal:login.numberHint')}
        value={typed}
        error={error}
        autocomplete="off"
        maxLength={60}
        width="m"
      />
      <Button>{t('portal:verify.button')}</Button>
    </Form>
  );
};
