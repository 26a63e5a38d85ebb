/** What a pool sends to its threads. */
export interface Request<Req> {
  readonly request: Req;
}

/** What a thread says: once that it is ready, then one answer to each request. `tired` asks to be replaced. */
export type Reply<Res> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly value: Res; readonly tired: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly tired: boolean };
