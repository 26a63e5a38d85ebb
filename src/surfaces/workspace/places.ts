/** What a form that orders a list by numbers comes to. */
export type Placed<Name extends string> = {
  readonly order: readonly Name[];
  /** Somebody else's place changed too, as one was put before it. */
  readonly followed: boolean;
  /** Names whose number cannot be read. */
  readonly wrong: readonly Name[];
  /** Two that were both given the same new number: nobody can say which of them comes first. */
  readonly same: readonly { readonly name: Name; readonly other: Name; readonly place: number }[];
};

/**
 * Orders a list by the numbers typed beside its lines. Whatever got another number than it was `shown` with stands at that number then; the others
 * fill the places that are left, as they stood. So the one that was at a number before makes room, and what was typed is what is seen.
 * Numbers go from 1 to `most`; behind the end of the list is its end.
 */
export function byPlaces<Name extends string>(
  shown: readonly Name[],
  typed: readonly { readonly name: Name; readonly place: string }[],
  most: number,
): Placed<Name> {
  const number = (place: string): number => (/^\d{1,2}$/.test(place) ? Number(place) : 0);
  const wrong = typed.filter(({ place }) => number(place) < 1 || number(place) > most).map(({ name }) => name);
  const rows = typed.map(({ name, place }) => ({ name, place: number(place), was: shown.indexOf(name) + 1 }));
  const moved = rows.filter(({ place, was }) => place !== was).toSorted((a, b) => a.place - b.place);
  const stays = rows.filter(({ place, was }) => place === was).toSorted((a, b) => a.was - b.was);
  const same = moved.flatMap(({ name, place }, index) => {
    const other = moved[index - 1];
    return other?.place === place && !wrong.includes(name) ? [{ name, other: other.name, place }] : [];
  });
  const order: Name[] = [];
  for (let place = 1; place <= rows.length; place += 1) {
    const next = (moved[0]?.place ?? most + 1) <= place || stays.length === 0 ? moved.shift() : stays.shift();
    if (next !== undefined) order.push(next.name);
  }
  const followed = rows.some(({ name, place, was }) => place === was && order.indexOf(name) + 1 !== was);
  return { order, followed, wrong, same };
}

/** The order that a form was shown in, as it sends it back unseen; the one of now where it says none, or one of other lines. */
export function shownOrder<Name extends string>(sent: string, now: readonly Name[]): readonly Name[] {
  const names = sent.split(' ').flatMap((each) => now.find((name) => name === each) ?? []);
  return new Set(names).size === now.length && names.length === now.length ? names : now;
}
