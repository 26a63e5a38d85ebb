import { z } from 'zod';
import { type Actor, actorName } from '../../kernel/actor.ts';
import { federalStates, type HolidayPlace, localHolidays } from '../../kernel/holidays.ts';
import type { Tx } from '../../platform/database/index.ts';

const text = z.object({ de: z.string().min(1), en: z.string().min(1) });

/** What a Jobcenter says about itself: the ways to reach it, and the texts that the law asks for on every page. */
export const profileSchema = z.object({
  street: z.string().min(1),
  postcode: z.string().regex(/^\d{5}$/),
  town: z.string().min(1),
  /** The federal state of the office, ISO 3166-2:DE: its public holidays count where a period ends. Not named: those of all states alone. */
  state: z.enum(federalStates).optional(),
  /** Holidays that its state leaves to single municipalities, and this one has. */
  localHolidays: z.array(z.enum(localHolidays)).optional(),
  directions: text,
  phone: z.string().min(3),
  email: z.email(),
  openingHours: z.array(z.object({ days: text, hours: text })).min(1),
  phoneHours: text,
  imprint: text,
  privacy: text,
  accessibility: text,
});
export type Profile = z.infer<typeof profileSchema>;

/** Where the office is, for the holidays of its state. */
export const placeOf = (profile: Pick<Profile, 'state' | 'localHolidays'> | undefined): HolidayPlace => ({
  state: profile?.state,
  local: profile?.localHolidays,
});

type ProfileTables = { jobcenter_profile: { id: string; valid_from: Date; actor_name: string; profile: string } };

/** The newest profile that is valid at the transaction's time; undefined before one was saved. */
export async function currentProfile(tx: Tx): Promise<Profile | undefined> {
  const row = await tx
    .tables<ProfileTables>()
    .selectFrom('jobcenter_profile')
    .select('profile')
    .where('valid_from', '<=', tx.now)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : profileSchema.parse(row.profile);
}

/** Saves a new state of the profile, valid from now; earlier ones stay readable. */
export async function saveProfile(tx: Tx, actor: Actor, profile: Profile): Promise<void> {
  const row = {
    id: tx.newId(),
    valid_from: tx.now,
    actor_name: actorName(actor),
    profile: JSON.stringify(profileSchema.parse(profile)),
  };
  await tx.tables<ProfileTables>().insertInto('jobcenter_profile').values(row).execute();
}
