import { Button, Form, Tabs } from '../../../ui/index.ts';
import type { ReceiptVisit } from '../visit.ts';

export type Tab = 'status' | 'receipt' | 'access';
const suffix: Record<Tab, string> = { status: '', receipt: '/beleg', access: '/zugriffe' };

/** Heading, number and the three views of one receipt. */
export const ReceiptHead = ({ visit, title, current }: { visit: ReceiptVisit; title: string; current: Tab }) => (
  <>
    <div>
      <p class="td-muted">{visit.t('portal:receipt.ofNumber', { number: visit.number })}</p>
      <h1>{title}</h1>
    </div>
    <Tabs
      label={visit.t('portal:receipt.tabs')}
      items={(['status', 'receipt', 'access'] as const).map((tab) => ({
        text: visit.t(`portal:receipt.tab.${tab}`),
        href: `/eingang/${visit.number}${suffix[tab]}`,
        current: tab === current,
      }))}
    />
  </>
);

/** For devices that others use too. */
export const LeaveForm = ({ visit }: { visit: ReceiptVisit }) => (
  <Form action={`/eingang/${visit.number}/beenden`} csrf={visit.csrf}>
    <p class="td-muted">{visit.t('portal:receipt.leaveText')}</p>
    <Button variant="secondary" icon="logout">
      {visit.t('portal:receipt.leave')}
    </Button>
  </Form>
);
