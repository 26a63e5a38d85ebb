import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { ApiScope } from '../../../modules/identity/index.ts';
import type { Jobcenter } from '../../../modules/settings/index.ts';
import type { Route } from '../../../platform/http/index.ts';
import type { HttpContext } from '../../request.ts';
import type { Services } from '../../services.ts';

/** What a handler knows: the token's Jobcenter and the program that acts. */
export type ApiRequest = {
  readonly c: HttpContext;
  readonly services: Services;
  readonly jobcenter: Jobcenter;
  readonly actor: Actor & { kind: 'program' };
};

/** Access of an API route: the scope that the bearer token must hold. */
export type ApiAccess = { readonly scope: ApiScope };

/** A route with what the description needs; request and answers are the schemas that validate. */
export type ApiRoute = Route<ApiAccess, (request: ApiRequest) => Promise<Response>> & {
  readonly operation: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: 'submission';
  readonly answer:
    | { readonly status: 200 | 201; readonly schema: z.ZodType }
    | { readonly status: 200; readonly binary: true };
  readonly problems: readonly number[];
};
