import type { HelpKey, HelpText } from '../../../modules/help/index.ts';
import { type Content, formatDate, Helped, HelpTip, Prose } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

/** Which law it rests on, since when it is so, and who wrote it where that is the Jobcenter. */
export const HelpFacts = ({ visit, text }: { visit: StaffVisit; text: HelpText }) => (
  <dl class="td-help__facts">
    {text.law === undefined ? null : (
      <div>
        <dt>{visit.t('help:law')}</dt>
        <dd>{text.law}</dd>
      </div>
    )}
    <div>
      <dt>{visit.t('help:since')}</dt>
      <dd>{formatDate(text.since, visit.language)}</dd>
    </div>
    {text.own ? (
      <div>
        <dt>{visit.t('help:by')}</dt>
        <dd>{visit.jobcenter.name}</dd>
      </div>
    ) : null}
  </dl>
);

/** The "?" beside something: what it is, why it is so, which law, since when. Empty where the Jobcenter hides the text. Once a page for each key. */
export function Help({ visit, of }: { visit: StaffVisit; of: HelpKey }) {
  const text = visit.shelf.help(visit.language, of);
  if (text === undefined) return null;
  return (
    <HelpTip
      id={`hilfe-${of}`}
      label={visit.t('help:open', { title: text.title })}
      title={text.title}
      close={visit.t('help:close')}
      lang={text.language === visit.language ? undefined : text.language}
    >
      <Prose blocks={text.blocks} level={3} />
      <HelpFacts visit={visit} text={text} />
    </HelpTip>
  );
}

/** A heading, with its "?". */
export const WithHelp = ({ visit, of, children }: { visit: StaffVisit; of: HelpKey; children: Content }) => (
  <Helped help={<Help visit={visit} of={of} />}>{children}</Helped>
);
