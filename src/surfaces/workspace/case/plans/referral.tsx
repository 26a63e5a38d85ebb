import { isId } from '../../../../kernel/ids.ts';
import { hearBack, newsKinds, refer, referrals, revokeConsent, services } from '../../../../modules/plans/index.ts';
import { formatDate, RadioGroup, Select, TextArea, TextField } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import { holidayPlace, ToldDay, usualDay } from '../../free-day.tsx';
import type { VerbPart } from '../more-verbs.ts';
import { Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';
import {
  askedOfDay,
  choices,
  comingDay,
  inDays,
  isProblem,
  planField,
  problem,
  said,
  staffAct,
  told,
  wrong,
} from './fields.tsx';

/** Days after which somebody asks what came of it, and for which a consent is usually given. */
const askDays = 28;
const consentDays = 182;
const consents = ['self', 'tell'] as const;

/** Help of another service: which one, what for, and what may be told there. */
export const referralVerb: VerbPart = {
  form: async (_, props) => {
    const { visit } = props;
    const { t, language } = visit;
    return (
      <Sheet {...props} verb="weitervermittlung">
        <ToldDay input={props.view.input} question={props.view.question} />
        <Select
          {...planField(props, 'service')}
          empty={t('workspace:verb.choose')}
          options={choices(visit, 'service', services)}
        />
        <TextField {...planField(props, 'organisation')} maxLength={150} />
        <TextArea {...planField(props, 'reason')} hint={t('plans:hint.reason')} rows={2} maxLength={500} />
        <RadioGroup {...planField(props, 'consent')} options={choices(visit, 'consent', consents)} />
        <TextArea {...planField(props, 'mayTell')} hint={t('plans:hint.mayTell')} rows={2} maxLength={500} optional />
        <div class="tw-fields">
          <TextField
            {...planField(props, 'until', formatDate(inDays(visit, consentDays), language))}
            width="s"
            maxLength={20}
          />
          <TextField
            {...planField(props, 'askOn', formatDate(usualDay(visit, await holidayPlace(visit), askDays), language))}
            width="s"
            maxLength={20}
          />
        </div>
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const service = services.find((each) => each === one(visit.input, 'service'));
    const organisation = said(visit, 'organisation', 150);
    const reason = said(visit, 'reason', 500);
    const consent = consents.find((each) => each === one(visit.input, 'consent'));
    const mayTell = said(visit, 'mayTell', 500);
    const until = comingDay(visit, 'until');
    const askOn = comingDay(visit, 'askOn');
    const tells = consent === 'tell';
    const problems = wrong([
      service === undefined ? problem(visit, 'service', 'service') : undefined,
      organisation === '' ? problem(visit, 'organisation', 'organisation') : undefined,
      reason === '' ? problem(visit, 'reason', 'reason') : undefined,
      consent === undefined ? problem(visit, 'consent', 'consent') : undefined,
      tells && mayTell === '' ? problem(visit, 'mayTell', 'mayTell') : undefined,
      tells && isProblem(until) ? until : undefined,
      isProblem(askOn) ? askOn : undefined,
    ]);
    if (problems !== undefined || service === undefined || isProblem(askOn)) return problems as Tried;
    const asked = await askedOfDay(visit, askOn, 'askOn');
    if (asked !== undefined) return asked;
    const outcome = await refer(tx, staffAct(visit, caseId), {
      service,
      organisation,
      reason,
      consent: tells && !isProblem(until) ? { mayTell, until } : null,
      askOn,
      reminder: visit.t('plans:reminder.referral'),
    });
    return told(visit, outcome.kind);
  },
};

const answers = [...newsKinds, 'revoked'] as const;

/** The way back: what came of it, or that the person takes their consent back. */
export const newsVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const open = (await referrals(tx, data.case.id)).filter((each) => each.endedAt === null);
    if (open.length === 0) return <p>{visit.t('plans:none.referrals')}</p>;
    return (
      <Sheet {...props} verb="rueckmeldung">
        <Select
          {...planField(props, 'entry', open[0]?.id)}
          label={visit.t('plans:field.referral')}
          options={open.map((each) => ({ value: each.id, label: each.organisation }))}
        />
        <RadioGroup {...planField(props, 'news')} options={choices(visit, 'news', answers)} />
        <TextArea
          {...planField(props, 'remark')}
          hint={visit.t('plans:hint.news')}
          rows={3}
          maxLength={1000}
          optional
        />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const kind = answers.find((each) => each === one(visit.input, 'news'));
    const words = said(visit, 'remark', 1_000);
    const problems = wrong([
      isId(id) ? undefined : problem(visit, 'entry', 'choose'),
      kind === undefined ? problem(visit, 'news', 'news') : undefined,
      kind === 'other' && words === '' ? problem(visit, 'remark', 'remark') : undefined,
    ]);
    if (problems !== undefined || kind === undefined) return problems as Tried;
    const act = staffAct(visit, caseId);
    const outcome =
      kind === 'revoked' ? await revokeConsent(tx, act, id) : await hearBack(tx, act, id, { kind, words });
    return told(visit, outcome.kind);
  },
};
