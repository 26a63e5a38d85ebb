import { Alert, Button } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { HelpNav } from './help-nav.tsx';
import { LeaveForm } from './practice-band.tsx';

/** Sends somebody into the practice Jobcenter, to a page of it. */
export const EnterForm = (props: {
  visit: StaffVisit;
  to: string;
  words: string;
  about?: string;
  primary?: boolean;
}) => (
  <form action={paths.practice} method="post">
    <input type="hidden" name="csrf" value={props.visit.csrf} />
    <input type="hidden" name="weiter" value={props.to} />
    <Button small={!props.primary} variant={props.primary ? 'primary' : 'secondary'}>
      {props.words}
      {props.about === undefined ? null : <span class="kern-sr-only">{`: ${props.about}`}</span>}
    </Button>
  </form>
);

/** What the practice Jobcenter is, and the way in; inside, the way out. */
export async function practicePage(visit: StaffVisit): Promise<Response> {
  const { t, jobcenter } = visit;
  const inside = jobcenter.practiceOf != null;
  const practice = inside ? undefined : await visit.services.directory.practiceFor(jobcenter.id);
  return show(
    visit,
    { title: t('help:practice.title') },
    <>
      <h1>{t('help:practice.title')}</h1>
      <HelpNav visit={visit} here="practice" />
      <p class="td-lead">{t('help:practice.lead')}</p>
      <p>{t('help:practice.safe')}</p>
      <p>{t('help:practice.windows')}</p>
      {inside ? (
        <LeaveForm visit={visit} to={paths.home} />
      ) : practice === undefined ? (
        <Alert tone="info" title={t('help:practice.none')}>
          <p>{t('help:practice.noneText')}</p>
        </Alert>
      ) : (
        <EnterForm visit={visit} to={paths.home} words={t('help:practice.enter')} primary />
      )}
    </>,
  );
}
