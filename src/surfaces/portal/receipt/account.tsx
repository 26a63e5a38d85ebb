import type { BankConfirmation } from '../../../modules/cases/index.ts';
import { Alert, Button, Form, TextField } from '../../../ui/index.ts';
import type { ReceiptVisit } from '../visit.ts';

/** Asks for the code of the letter while the account number is not confirmed; nothing where there is none. After closing it can still be given, and is not asked for. */
export const ConfirmAccount = (props: {
  readonly visit: ReceiptVisit;
  readonly bank: BankConfirmation | undefined;
  readonly closed: boolean;
  readonly error: string | undefined;
}) => {
  const { t, csrf, number } = props.visit;
  if (props.bank === undefined || props.bank.confirmedAt !== null) return null;
  return (
    <section class="td-flow" id="konto">
      <h2>{t(`portal:bank.${props.closed ? 'send' : 'title'}`)}</h2>
      <p>{t('portal:bank.text')}</p>
      <Form action={`/eingang/${number}/konto`} csrf={csrf}>
        <TextField
          t={t}
          name="code"
          label={t('portal:bank.code')}
          hint={t('portal:bank.codeHint')}
          error={props.error}
          autocomplete="off"
          maxLength={40}
          width="m"
        />
        <Button variant="secondary">{t('portal:bank.send')}</Button>
      </Form>
    </section>
  );
};

/** Says that the account was confirmed just now. */
export const AccountDone = ({ visit }: { visit: ReceiptVisit }) =>
  visit.c.req.query('konto') === '1' ? <Alert tone="success" title={visit.t('portal:bank.done')} live /> : null;
