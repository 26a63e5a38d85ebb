import { newId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import type { PeopleQuery } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, ButtonLink, EmptyState, formatDate } from '../../../ui/index.ts';
import type { FormInput } from '../../request.ts';
import { WithHelp } from '../help/help.tsx';
import { parseDay } from '../parse.ts';
import { below, paths } from '../paths.ts';
import { alikeToo, peopleQuery, showPeople } from '../people/look-up.ts';
import { noteId, PeopleFound } from '../people/people-found.tsx';
import { nameOf } from '../people/person-words.ts';
import { counterLink } from '../search/found.tsx';
import { SearchField } from '../search-field.tsx';
import { show } from '../shell.tsx';
import { draftAt } from '../together/drafts.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { concernOptions } from '../words.tsx';
import { closedLink } from '../words-in-addresses.ts';
import { DraftCode, draftRoutes } from './draft/routes.tsx';
import { counterForm } from './form.tsx';
import { receiptPage, receiptPdf } from './receipt.tsx';
import { receiveVisit } from './receive-visit.ts';
import { tabletRoutes } from './tablets.tsx';
import { openTopics } from './topics.ts';
import { visitPlace } from './visit-draft.ts';
import { findVisitor } from './visitor.ts';

/** Who is looked for: the line of the name may say everything, and the other fields say it besides. */
function askedFor(visit: StaffVisit): PeopleQuery {
  const birthDate = parseDay(typed(visit, 'geburtsdatum'));
  return {
    ...peopleQuery(typed(visit, 'name')),
    ...(birthDate && { birthDate }),
    ...(typed(visit, 'akte') && { fileNumber: typed(visit, 'akte') }),
  };
}

const typed = (visit: StaffVisit, name: string): string => queryText(visit, name).trim().slice(0, 100);

/** Somebody stands here: who is it? */
async function counterPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const text = (name: string): string => typed(visit, name);
  const found = await showPeople(tx, visit, askedFor(visit), text('namen'));
  const words = { name: text('name'), geburtsdatum: text('geburtsdatum'), akte: text('akte') };
  return show(
    visit,
    { title: t('workspace:counter.title'), active: 'counter', scripts: ['js/rows.js'] },
    <>
      <WithHelp visit={visit} of="counter">
        <h1>{t('workspace:counter.title')}</h1>
      </WithHelp>
      <form
        action={paths.counter}
        method="get"
        class="td-form td-form--inline"
        aria-label={t('workspace:counter.search')}
      >
        <SearchField
          name="name"
          label={t('workspace:counter.name')}
          value={words.name}
          autofocus={found === undefined}
        />
        <SearchField
          name="geburtsdatum"
          label={t('workspace:counter.field.birthDate')}
          value={words.geburtsdatum}
          width="s"
        />
        <SearchField name="akte" label={t('workspace:person.fileNumber')} value={words.akte} width="s" />
        <Button>{t('workspace:counter.find')}</Button>
      </form>
      <PeopleFound
        visit={visit}
        found={found}
        person={(person, says) => (
          <>
            <a href={counterLink(person)} data-row aria-describedby={noteId(person)}>
              {nameOf(person)}
            </a>
            {says}
          </>
        )}
        alikeHref={closedLink(visit, paths.counter, { ...words, namen: alikeToo })}
        nobody={
          <EmptyState title={t('workspace:counter.nobody')}>
            <p>{t('workspace:counter.nobodyHint')}</p>
          </EmptyState>
        }
      />
      <DraftCode visit={visit} typed="" problem={undefined} />
      <p>
        <ButtonLink href={closedLink(visit, paths.counterForm, words)} variant="secondary" shortcut="n">
          {t('workspace:counter.unknown')}
        </ButtonLink>
      </p>
      {visit.reader.role === 'lead' ? (
        <p>
          <a href={paths.tablets}>{t('workspace:tablets.title')}</a>
        </p>
      ) : null}
    </>,
  );
}

async function emptyForm(visit: StaffVisit, tx: Tx): Promise<Response> {
  const visitor = await findVisitor(tx, visit);
  if (visitor.person !== undefined)
    await recordAudit(tx, visit.actor, {
      action: 'person.read',
      subjectType: 'person',
      subjectId: visitor.person.id,
      detail: { cases: visitor.cases.length },
    });
  const command = newId(visit.services.clock.now());
  const concerns = await concernOptions(visit);
  const topics = await openTopics(tx, visit);
  const draft = await draftAt(tx, visit, visitPlace(visitor.person?.id ?? ''));
  const shown = { ...visit, input: draft?.fields ?? (visitor.person === undefined ? searched(visit) : {}) };
  const draftedAt = draft?.savedAt;
  return counterForm(shown, { visitor, concerns, topics, command, kept: [], problems: [], draftedAt });
}

/** What was searched for stands in the form already. A name without a comma ends with the family name; whoever writes it sees it. */
function searched(visit: StaffVisit): FormInput {
  const { name = '', birthDate, fileNumber = '' } = askedFor(visit);
  const [before = '', after] = name.split(/\s*,\s*/);
  const words = before.split(/\s+/);
  return {
    familyName: after === undefined ? (words.at(-1) ?? '') : before,
    givenName: after ?? words.slice(0, -1).join(' '),
    birthDate: birthDate === undefined ? typed(visit, 'geburtsdatum') : formatDate(birthDate, 'de'),
    fileNumber,
  };
}

export const counterRoutes: readonly WorkspaceRoute[] = [
  ...draftRoutes,
  ...tabletRoutes,
  {
    method: 'GET',
    path: below(paths.counter),
    access: 'staff',
    audit: { records: 'search.read' },
    handle: { page: counterPage },
  },
  {
    method: 'GET',
    path: below(paths.counterForm),
    access: 'staff',
    audit: { records: 'person.read' },
    handle: { page: emptyForm },
  },
  {
    method: 'POST',
    path: below(paths.counterForm),
    access: 'staff',
    audit: { records: 'submission.received' },
    handle: { act: receiveVisit, files: true },
  },
  {
    method: 'GET',
    path: below(paths.receipt(':number')),
    access: 'staff',
    audit: { records: 'receipt.read' },
    handle: { page: receiptPage },
  },
  {
    method: 'GET',
    path: below(paths.receiptPaper(':number')),
    access: 'staff',
    audit: { records: 'receipt.read' },
    handle: { act: receiptPdf },
  },
];
