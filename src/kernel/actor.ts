/** Who acts. Every verb and every audit row names one. */
export type Actor =
  | { readonly kind: 'client'; readonly receiptId?: string } // somebody with a draft or a receipt: identity is what they stated
  | { readonly kind: 'staff'; readonly id: string; readonly name: string }
  | { readonly kind: 'program'; readonly id: string; readonly name: string } // an API token
  | { readonly kind: 'system'; readonly name: string }; // a job, a seed, the operator's command

/** The id that audit rows and idempotency keys carry; a client is known by the receipt only. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'client':
      return actor.receiptId ?? 'client';
    case 'staff':
    case 'program':
      return actor.id;
    case 'system':
      return actor.name;
  }
}

/** The name that a timeline shows; clients see team names only. */
export function actorName(actor: Actor): string {
  return actor.kind === 'client' ? '' : actor.name;
}
