import type { Tx } from '../../platform/database/index.ts';
import type { Channel } from '../intake/index.ts';
import { resendMinutes } from './same-concern.ts';

/**
 * Why something came twice, as far as the times and ways tell: `asked` the office asked for it although it was there · `resent` the same
 * way within ten minutes, so probably no receipt was seen · `second-way` another way within two weeks, to be on the safe side ·
 * `again` the same way later on · `elsewhere` it lies with another person.
 */
export const causes = ['asked', 'resent', 'second-way', 'again', 'elsewhere', 'other'] as const;
export type Cause = (typeof causes)[number];

/** How often something came twice by two ways for one reason; each that came again counts once, against
 * the one before it, however many papers they share and however often it came. */
export type TwiceCount = {
  readonly earlier: Channel;
  readonly later: Channel;
  readonly cause: Cause;
  readonly count: number;
  /** How many of them people have decided to be the same; the others nobody has decided. */
  readonly decided: number;
};

const secondWayDays = 14;

/**
 * What came twice in the last `days`, for the whole house: no names, no cases, nothing of who worked on it. Pairs that people decided to
 * be different, or a newer version, do not count.
 */
export const twiceOverview = (tx: Tx, days: number): Promise<TwiceCount[]> =>
  tx.raw<TwiceCount>(
    `with twice as (
       select p.later_submission, p.earlier_channel, p.later_channel, p.earlier_at, p.later_at, max(p.asked_at) as asked_at,
         bool_or(p.reason like '%-elsewhere') as elsewhere, bool_or(p.settled_at is not null) as decided
       from twice_pair p
       where p.jobcenter_id = $1 and p.later_at > $2 and p.earlier_submission <> p.later_submission
         and ((p.settled_at is null and p.withdrawn_at is null) or exists (select 1 from twice_decision d
           where d.jobcenter_id = $1 and d.pair_id = p.id and d.at = p.settled_at and d.decision = 'same'))
       group by p.earlier_submission, p.later_submission, p.earlier_channel, p.later_channel, p.earlier_at, p.later_at
     ), again as (
       select distinct on (later_submission) * from twice order by later_submission, decided desc, earlier_at desc
     )
     select earlier_channel as earlier, later_channel as later,
       case
         when elsewhere then 'elsewhere'
         when asked_at >= earlier_at then 'asked'
         when earlier_channel = later_channel and later_at - earlier_at <= make_interval(mins => $3) then 'resent'
         when earlier_channel <> later_channel and later_at - earlier_at <= make_interval(days => $4) then 'second-way'
         when earlier_channel = later_channel then 'again'
         else 'other'
       end as cause,
       count(*)::int as count, (count(*) filter (where decided))::int as decided
     from again group by 1, 2, 3 order by 4 desc, 1, 2, 3`,
    [tx.jobcenterId, new Date(tx.now.getTime() - days * 86_400_000), resendMinutes, secondWayDays],
  );
