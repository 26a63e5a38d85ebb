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
