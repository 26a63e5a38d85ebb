import { isId } from '../../../kernel/ids.ts';
import { fieldHistory, type VersionRow } from '../../../modules/fields/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, Badge, formatDateTime } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { Differences, labelOf } from './field-words.tsx';
import { type Here, here, maySee } from './known.ts';

/** Every change of a field: who, when, why, and what is another since then. */
export async function historyPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const id = visit.c.req.param('id');
  const versions = isId(id) && (await maySee(visit, tx)) ? await fieldHistory(tx, id) : [];
  const [newest] = versions;
  if (newest === undefined) return notFound(visit);
  const around = await here(visit, tx);
  const title = t('own:historyOf', { label: labelOf(visit, newest.definition) });
  return show(
    visit,
    { title },
    <>
      <BackLink href={paths.fields}>{t('own:title')}</BackLink>
      <h1>{title}</h1>
      {versions.map((version, index) => (
        <section class="tw-panel" aria-labelledby={`fassung-${version.version}`}>
          <Version visit={visit} around={around} version={version} before={versions[index + 1]} />
        </section>
      ))}
    </>,
  );
}

const Version = (props: { visit: StaffVisit; around: Here; version: VersionRow; before: VersionRow | undefined }) => {
  const { visit, around, version, before } = props;
  const { t, language } = visit;
  const decided = version.decided_at === null ? undefined : formatDateTime(version.decided_at, language, t);
  return (
    <>
      <h2 id={`fassung-${version.version}`}>
        {t('own:version', { n: version.version })}: {t(`own:changed.${version.change}`)}{' '}
        {version.state === 'live' ? null : (
          <Badge tone={version.state === 'waiting' ? 'warning' : undefined}>{t(`own:state.${version.state}`)}</Badge>
        )}
      </h2>
      <p>
        {t('own:by', { name: version.staff_name, at: formatDateTime(version.at, language, t) })}
        {version.why === '' ? null : <> {t('own:because', { why: version.why })}</>}
      </p>
      {decided === undefined ? null : (
        <p>
          {t(version.state === 'refused' ? 'own:decidedRefused' : 'own:decidedApproved', {
            name: version.decided_name ?? '',
            at: decided,
          })}
          {version.decided_why ? <> {t('own:because', { why: version.decided_why })}</> : null}
        </p>
      )}
      {version.change === 'moved' || version.change === 'hidden' || version.change === 'shown' ? null : (
        <Differences visit={visit} here={around} before={before?.definition} after={version.definition} />
      )}
    </>
  );
};
