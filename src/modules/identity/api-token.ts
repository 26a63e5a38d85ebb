import { isId } from '../../kernel/ids.ts';
import { randomToken, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/** What another program may do. */
export const apiScopes = ['submissions:write', 'submissions:read', 'cases:read', 'documents:read'] as const;
export type ApiScope = (typeof apiScopes)[number];
export type ApiToken = { readonly id: string; readonly name: string; readonly scopes: readonly ApiScope[] };

type TokenTables = {
  api_token: {
    id: string;
    name: string;
    token_hash: Buffer;
    scopes: string[];
    created_at: Date;
    expires_at: Date | null;
    revoked_at: Date | null;
  };
};

/** Makes a token and gives its text once: `tandem.<Jobcenter>.<secret>`, so that the token alone tells its Jobcenter. */
export async function issueApiToken(
  tx: Tx,
  input: { readonly name: string; readonly scopes: readonly ApiScope[]; readonly expiresAt?: Date },
): Promise<string> {
  const text = `tandem.${tx.jobcenterId}.${randomToken()}`;
  const row = {
    id: tx.newId(),
    name: input.name,
    token_hash: sha256(text),
    scopes: [...input.scopes],
    created_at: tx.now,
    expires_at: input.expiresAt ?? null,
    revoked_at: null,
  };
  await tx.tables<TokenTables>().insertInto('api_token').values(row).execute();
  return text;
}

/** The Jobcenter a token says it belongs to, before it is checked; undefined for anything else. */
export function jobcenterOfToken(text: string): string | undefined {
  const [prefix, jobcenterId, secret, ...rest] = text.split('.');
  return prefix === 'tandem' && isId(jobcenterId) && secret && rest.length === 0 ? jobcenterId : undefined;
}

/** The token that belongs to the text, if it is valid now. */
export async function findApiToken(tx: Tx, text: string): Promise<ApiToken | undefined> {
  const row = await tx
    .tables<TokenTables>()
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'expires_at'])
    .where('token_hash', '=', sha256(text))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || (row.expires_at !== null && row.expires_at <= tx.now)) return undefined;
  return { id: row.id, name: row.name, scopes: row.scopes as ApiScope[] };
}

/** A token as the operator sees it; its text is not kept. */
export type IssuedToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

/** All tokens of the Jobcenter, oldest first. */
export const issuedTokens = (tx: Tx): Promise<IssuedToken[]> =>
  tx
    .tables<TokenTables>()
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'created_at as createdAt', 'expires_at as expiresAt', 'revoked_at as revokedAt'])
    .orderBy('id')
    .execute();

/** Takes a token out of use at once; false when there is no such one in use. */
export async function revokeApiToken(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<TokenTables>()
    .updateTable('api_token')
    .set({ revoked_at: tx.now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
