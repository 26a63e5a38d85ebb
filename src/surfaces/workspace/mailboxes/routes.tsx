import { recordAudit } from '../../../modules/audit/index.ts';
import { allMailboxes, allTeams, type Mailbox, neglectedMailboxes } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, EmptyState, formatDateTime, Table } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';

/** Trouble shorter than this settles itself by the next try. */
const shortMinutes = 5;

/** Says on the inbox that e-mails of the own teams have not been fetched for a while, since when, and why. */
export async function neglected(tx: Tx, visit: StaffVisit) {
  const teams = visit.reader.role === 'clerk' ? visit.reader.teamIds : 'every';
  const list = await neglectedMailboxes(tx, teams, shortMinutes);
  if (list.length === 0) return null;
  const { t, language } = visit;
  return (
    <Alert tone="warning" title={t('workspace:mailbox.neglected')}>
      <ul>
        {list.map((each) => (
          <li>
            {t('workspace:mailbox.since', {
              address: each.address,
              at: each.troubleSince === null ? '' : formatDateTime(each.troubleSince, language, t),
              why: whyWords(visit, each),
            })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** What is wrong with a mailbox, and where single messages are, what to do with them. */
const whyWords = ({ t }: StaffVisit, { trouble, left, doneFolder }: Mailbox): string =>
  t(`workspace:mailbox.trouble.${trouble ?? 'failed'}`, { count: Math.max(1, left), folder: doneFolder });

function stateWords(visit: StaffVisit, mailbox: Mailbox): string {
  const { t, language } = visit;
  const at = (date: Date): string => formatDateTime(date, language, t);
  if (mailbox.disabledAt !== null) return t('workspace:mailbox.off', { at: at(mailbox.disabledAt) });
  if (mailbox.trouble === null || mailbox.troubleSince === null) return t('workspace:mailbox.fine');
  const why = whyWords(visit, mailbox);
  return t(mailbox.trouble === 'messages' ? 'workspace:mailbox.partly' : 'workspace:mailbox.bad', {
    at: at(mailbox.troubleSince),
    why,
  });
}

/** The mailboxes of all teams and whether they are read; for leads. */
async function mailboxesPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  if (visit.reader.role === 'clerk') return notFound(visit);
  const { t, language } = visit;
  const teams = await allTeams(tx);
  const mailboxes = await allMailboxes(tx);
  await recordAudit(tx, visit.actor, { action: 'mailboxes.read', subjectType: 'mailbox', subjectId: 'all' });
  return show(
    visit,
    { title: t('workspace:mailbox.title') },
    <>
      <WithHelp visit={visit} of="mailboxes">
        <h1>{t('workspace:mailbox.title')}</h1>
      </WithHelp>
      <p>{t('workspace:mailbox.text')}</p>
      {mailboxes.length === 0 ? (
        <EmptyState title={t('workspace:mailbox.none')} />
      ) : (
        <Table
          caption={t('workspace:mailbox.title')}
          rows={mailboxes}
          columns={[
            { header: t('workspace:mailbox.address'), head: true, cell: (row) => row.address },
            {
              header: t('workspace:mailbox.team'),
              cell: (row) => teams.find((team) => team.id === row.teamId)?.name ?? '',
            },
            {
              header: t('workspace:mailbox.readAt'),
              cell: (row) =>
                row.readAt === null ? t('workspace:mailbox.never') : formatDateTime(row.readAt, language, t),
            },
            { header: t('workspace:mailbox.state'), cell: (row) => stateWords(visit, row) },
          ]}
        />
      )}
    </>,
  );
}

export const mailboxRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.mailboxes),
    access: 'staff',
    audit: { records: 'mailboxes.read' },
    handle: { page: mailboxesPage },
  },
];
