import { type ConcernGroup, type FormDefinition, shippedGroups } from '../../modules/forms/index.ts';
import { Button, Card, CardGrid, Field, Form, fieldId } from '../../ui/index.ts';
import { searchConcerns } from './search.ts';
import { show } from './shell.tsx';
import type { Visit } from './visit.ts';

let groups: readonly ConcernGroup[] | undefined;

/** "Was möchten Sie erledigen?": every concern, one search box, and the two ways back in. */
export async function startPage(visit: Visit): Promise<Response> {
  const { services, jobcenter, t } = visit;
  const forms = [...(await services.catalogue.all(jobcenter.id)).values()].sort((a, b) => a.position - b.position);
  const query = (visit.c.req.query('suche') ?? '').slice(0, 200).trim();
  groups ??= shippedGroups();
  return show(
    visit,
    { title: t('portal:start.title') },
    <>
      <h1>{t('portal:start.title')}</h1>
      <p class="td-lead">{t('portal:start.lead')}</p>
      <Form action="/" method="get" search inline label={t('portal:start.search')}>
        <Field t={t} name="suche" label={t('portal:start.search')} hint={t('portal:start.searchHint')}>
          <input
            class="kern-form-input__input"
            id={fieldId('suche')}
            name="suche"
            type="search"
            value={query}
            maxlength={200}
            aria-describedby={`${fieldId('suche')}-hint`}
          />
        </Field>
        <Button variant="secondary" icon="search">
          {t('portal:start.searchButton')}
        </Button>
      </Form>
      <WaysBack visit={visit} />
      {query === '' ? null : <Found visit={visit} found={searchConcerns(forms, query)} query={query} />}
      {groups.map((group) => (
        <Group visit={visit} group={group} forms={forms.filter((form) => form.group === group.key)} />
      ))}
      <OtherWays visit={visit} />
    </>,
  );
}

const Concern = ({ visit, form }: { visit: Visit; form: FormDefinition }) => (
  <Card level={3} title={form.title[visit.language]} href={`/anliegen/${form.key}`}>
    <p>{form.summary[visit.language]}</p>
  </Card>
);

const Group = ({ visit, group, forms }: { visit: Visit; group: ConcernGroup; forms: readonly FormDefinition[] }) =>
  forms.length === 0 ? null : (
    <section class="td-flow td-wide" aria-labelledby={`g-${group.key}`}>
      <h2 id={`g-${group.key}`}>{group.title[visit.language]}</h2>
      <CardGrid>
        {forms.map((form) => (
          <Concern visit={visit} form={form} />
        ))}
      </CardGrid>
    </section>
  );

const Found = ({ visit, found, query }: { visit: Visit; found: readonly FormDefinition[]; query: string }) => (
  <section class="td-flow td-wide" aria-labelledby="gefunden">
    <h2 id="gefunden">
      {found.length === 0 ? visit.t('portal:start.nothing', { query }) : visit.t('portal:start.found', { query })}
    </h2>
    {found.length === 0 ? (
      <p>
        {visit.t('portal:start.nothingHelp')} <a href="/anliegen/rueckruf">{visit.t('portal:start.askUs')}</a>
      </p>
    ) : (
      <CardGrid>
        {found.map((form) => (
          <Concern visit={visit} form={form} />
        ))}
      </CardGrid>
    )}
  </section>
);

/** Somebody who was here before: what they began, and what they sent. */
const WaysBack = ({ visit: { t } }: { visit: Visit }) => (
  <p>
    {t('portal:start.backTitle')} <a href="/stand">{t('portal:start.status')}</a> {t('portal:start.or')}{' '}
    <a href="/fortsetzen">{t('portal:start.resume')}</a>
    <br />
    {t('portal:start.check')} <a href="/pruefen">{t('portal:verify.title')}</a>
  </p>
);

const OtherWays = ({ visit }: { visit: Visit }) => {
  const { t, profile, language } = visit;
  if (profile === undefined) return null;
  return (
    <section class="td-flow" aria-labelledby="wege">
      <h2 id="wege">{t('portal:start.waysTitle')}</h2>
      <p>
        {t('portal:start.ways', {
          street: profile.street,
          town: profile.town,
          phone: profile.phone,
          hours: profile.phoneHours[language],
        })}{' '}
        <a href="/anliegen/rueckruf">{t('portal:ways.callMe')}</a>
      </p>
    </section>
  );
};
