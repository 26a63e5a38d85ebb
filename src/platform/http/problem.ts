/** RFC 9457 problem details, the one shape of every error of the API. `errors` names the fields. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
};

/** A problem as an answer; `type` is a stable word below `/api/probleme/`. */
export function problem(
  status: number,
  type: string,
  title: string,
  extra: {
    readonly detail?: string;
    readonly errors?: Problem['errors'];
    readonly headers?: Record<string, string>;
  } = {},
): Response {
  const body: Problem = {
    type: `/api/probleme/${type}`,
    title,
    status,
    ...(extra.detail === undefined ? {} : { detail: extra.detail }),
    ...(extra.errors === undefined ? {} : { errors: extra.errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...extra.headers },
  });
}
