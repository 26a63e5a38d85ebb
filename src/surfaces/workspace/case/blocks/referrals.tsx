import { mayTellOn, referrals as ofCase, type Referral } from '../../../../modules/plans/index.ts';
import { formatDate } from '../../../../ui/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { AddLink } from '../plans/add-link.tsx';
import { today } from '../plans/fields.tsx';
import { Rows } from '../plans/rows.tsx';
import { verbPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

/** What may be told there now: the words say it before anybody picks up the phone. */
const Consent = ({ visit, each }: BlockProps & { each: Referral }) => {
  const { t, language } = visit;
  const may = mayTellOn(each, today(visit));
  const until = each.consentUntil === null ? '' : formatDate(each.consentUntil, language);
  return (
    <span>
      {t(`plans:may.${may}`, { until })}
      {may === 'yes' ? <span class="tw-sub">{each.mayTell}</span> : null}
    </span>
  );
};

const One = (props: BlockProps & { each: Referral }) => {
  const { visit, data, view, each } = props;
  const { t, language } = visit;
  return (
    <li>
      <span class="tw-why">
        <strong>{each.organisation}</strong>
        <span class="tw-sub">
          {t(`plans:service.${each.service}`)} · {formatDate(each.madeAt, language)}
        </span>
        <span>{each.reason}</span>
        {each.endedAt === null ? <Consent {...props} /> : null}
        {each.news.map((news) => (
          <span class="tw-sub">
            {formatDate(news.madeAt, language)}: {t(`plans:news.${news.kind}`)}
            {news.words === '' ? null : <> – {news.words}</>}
          </span>
        ))}
      </span>
      {each.endedAt === null ? (
        <a
          href={verbPath(data.case.id, view, 'rueckmeldung', each.id)}
          aria-label={t('plans:newsLabel', { what: each.organisation })}
        >
          {t('plans:newsLink')}
        </a>
      ) : null}
    </li>
  );
};

/** Help of other services: what may be told there, and what came of it. */
export const referrals: Block = {
  name: 'referrals',
  title: 'plans:referrals',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const list = await ofCase(tx, data.case.id);
    return (
      <section class="tw-panel" aria-labelledby="referrals">
        <WithHelp visit={visit} of="case-referrals">
          <h2 id="referrals">{visit.t('plans:referrals')}</h2>
        </WithHelp>
        {list.length === 0 ? <p class="td-muted">{visit.t('plans:none.referrals')}</p> : null}
        <Rows of={list} row={(each) => <One {...props} each={each} />} />
        <p class="tw-links">
          <AddLink
            visit={visit}
            caseId={data.case.id}
            view={view}
            verb="weitervermittlung"
            text={visit.t('plans:add.referral')}
          />
        </p>
      </section>
    );
  },
};
