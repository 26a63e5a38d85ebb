import { dayInGermany } from '../../../kernel/dates.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { type Notice, titleOf, waitingLetters } from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Button,
  ButtonGroup,
  ButtonLink,
  type Content,
  DateField,
  Form,
  formatDate,
  formatDateTime,
  Table,
} from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { OneSided } from './sides.tsx';

type Line = { readonly notice: Notice; readonly name: string };

async function named(tx: Tx, visit: StaffVisit, list: readonly Notice[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const notice of list)
    lines.push({ notice, name: (await findCase(tx, visit.reader, notice.caseId))?.personName ?? '' });
  return lines;
}

/** Letters that wait for the printer, and those that are on paper and wait for the post. */
export async function printLists(tx: Tx, visit: StaffVisit): Promise<Content> {
  const { t } = visit;
  const print = await named(tx, visit, await waitingLetters(tx, visit.reader, 'print'));
  const hand = await named(tx, visit, await waitingLetters(tx, visit.reader, 'hand-over'));
  const today = formatDate(dayInGermany(visit.services.clock.now()), visit.language);
  const missed = (['druck', 'freigabe'] as const).find((word) => word === visit.c.req.query('fehlt'));
  return (
    <section class="td-flow" aria-labelledby="letters">
      {missed === undefined ? null : <Alert tone="warning" live title={t(`notices:problem.print.${missed}`)} />}
      <WithHelp visit={visit} of="letter-print">
        <h2 id="letters">{t('notices:print.title')}</h2>
      </WithHelp>
      {print.length === 0 ? (
        <p class="td-muted">{t('notices:print.none')}</p>
      ) : (
        <Form action={paths.printLetters} csrf={visit.csrf}>
          <Lines visit={visit} lines={print} caption={t('notices:print.title')} />
          <ButtonGroup>
            <ButtonLink href={paths.printLettersPaper} shortcut="l" file>
              {t('notices:print.all', { count: print.length })}
            </ButtonLink>
            <Button variant="secondary" name="tun" value="druck" shortcut="b">
              {t('notices:print.done')}
            </Button>
          </ButtonGroup>
          <OneSided visit={visit} href={paths.printLettersPaper} />
        </Form>
      )}
      <h2 id="hand-over">{t('notices:print.handTitle')}</h2>
      {hand.length === 0 ? (
        <p class="td-muted">{t('notices:print.handNone')}</p>
      ) : (
        <Form action={paths.printLetters} csrf={visit.csrf}>
          <Lines visit={visit} lines={hand} caption={t('notices:print.handTitle')} />
          <DateField
            t={t}
            name="day"
            label={t('notices:print.day')}
            hint={t('notices:print.dayHint')}
            value={today}
            error={visit.c.req.query('fehlt') === 'tag' ? t('notices:problem.day') : undefined}
          />
          <Button variant="secondary" name="tun" value="post" shortcut="z">
            {t('notices:print.handed')}
          </Button>
        </Form>
      )}
    </section>
  );
}

const Lines = ({ visit, lines, caption }: { visit: StaffVisit; lines: readonly Line[]; caption: string }) => (
  <Table
    caption={caption}
    rows={lines}
    columns={[
      {
        header: visit.t('notices:list.letter'),
        head: true,
        cell: ({ notice }) => (
          <>
            <input type="hidden" name="letter" value={notice.id} />
            <a href={paths.letter(notice.id)}>{titleOf(notice)}</a>
          </>
        ),
      },
      { header: visit.t('notices:list.person'), cell: ({ name }) => nameOnCase(visit, name) },
      {
        header: visit.t('notices:list.since'),
        cell: ({ notice }) =>
          notice.releasedAt === null ? '' : formatDateTime(notice.releasedAt, visit.language, visit.t),
      },
    ]}
  />
);
