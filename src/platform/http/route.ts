/**
 * What a surface says of each of its routes. `access` and `audit` have no default: a route without them does not compile.
 * `audit` names what the handler records in the transaction of the act, or says in words why there is nothing to record.
 */
export type Route<Access, Handle> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Hono's pattern. */
  readonly path: string;
  readonly access: Access;
  readonly audit: { readonly records: string } | { readonly nothing: string };
  readonly handle: Handle;
};

/** Cookies as surfaces set them: never readable by scripts, never sent along from other sites. */
export const cookieOptions = (secure: boolean, path: string, maxAgeSeconds?: number) =>
  ({
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    path,
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  }) as const;
