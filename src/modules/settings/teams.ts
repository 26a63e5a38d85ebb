import type { Tx } from '../../platform/database/index.ts';

export type Team = { readonly id: string; readonly key: string; readonly name: string; readonly phone: string };

type TeamTables = {
  team: { id: string; key: string; name: string; phone: string; created_at: Date; closed_at: Date | null };
};

/** The teams that work now, by name. */
export const allTeams = (tx: Tx): Promise<Team[]> =>
  tx
    .tables<TeamTables>()
    .selectFrom('team')
    .select(['id', 'key', 'name', 'phone'])
    .where('closed_at', 'is', null)
    .orderBy('name')
    .execute();

/** Adds a team and gives its id; the key is what form definitions name. An existing key gives `exists`. */
export async function addTeam(
  tx: Tx,
  team: Omit<Team, 'id'> & { readonly id?: string },
): Promise<{ kind: 'added'; id: string } | { kind: 'exists' }> {
  const row = {
    id: team.id ?? tx.newId(),
    key: team.key,
    name: team.name,
    phone: team.phone,
    created_at: tx.now,
    closed_at: null,
  };
  const added = await tx
    .tables<TeamTables>()
    .insertInto('team')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? { kind: 'exists' } : { kind: 'added', id: added.id };
}
