import type { FiledCase, TimelineEvent } from '../../modules/cases/index.ts';
import type { FactPerson } from '../../modules/facts/index.ts';
import type { FileExport } from '../../modules/files/index.ts';
import type { FormDefinition } from '../../modules/forms/index.ts';

/** Whom something is about: people by id; nobody by name, then it belongs to the household or to the case as such. */
export type About = readonly string[];
export const household: About = [];
/** Somebody's own, and it is not known whose: it goes to nobody, and is counted. */
export const notKnown: About = ['not-known'];

/** Read on a paper of a household, and nobody said whose it is yet: it goes to nobody until somebody does, and is counted by itself. */
export const unnamed: About = ['unnamed'];

/** For whom an export is: the person and the children they represent. Undefined: for a court or somebody else, who gets the whole. */
export const recipients = ({ purpose, forPerson, forChildren }: FileExport): ReadonlySet<string> | undefined =>
  purpose !== 'person' || forPerson === null ? undefined : new Set([forPerson, ...forChildren]);

/**
 * The rule of an export for one person: they get what is about them or a child they represent, and what belongs to the household or the case as such
 * (Art. 15 (1), (4) DSGVO, § 25 (1), (3) SGB X); what is about other people alone stays out.
 */
export const goesTo = (people: ReadonlySet<string> | undefined, about: About): boolean =>
  people === undefined || about.length === 0 || about.some((id) => people.has(id));

/** People who are not confirmed have no id: what is theirs is the case's. */
export const aboutPerson = (id: string | null): About => (id === null ? household : [id]);

/**
 * Whom a case is about as a whole. A concern that asks who lives together or what the home costs is answered for the household, which is assessed
 * together (§ 7 (3), § 38 SGB II); any other one is its person's, also where its form is not known any more.
 */
export function aboutCase(each: Pick<FiledCase, 'personId'>, form: FormDefinition | undefined): About {
  const fields = form?.questions.flatMap((question) => question.fields) ?? [];
  const together = fields.some(({ privacy }) => privacy.category === 'household' || privacy.category === 'housing');
  return together ? household : aboutPerson(each.personId);
}

/**
 * Whom an entry of a timeline is about: whom it names, else whom its case is about. A plan, an address, a message and a follow-up are the person's
 * whose case it is, also in a case of the household. `facts`: whom facts are about, by their ids; `several`: the file knows more people than one.
 */
export function aboutEvent(
  event: TimelineEvent,
  of: { readonly personId: string | null; readonly whole: About; readonly several: boolean },
  facts: ReadonlyMap<string, FactPerson>,
): About {
  switch (event.kind) {
    case 'note': {
      const { personId, personName, topic } = event.detail;
      if (personId !== undefined) return [personId];
      // Written before somebody was confirmed, about whom the case named.
      if (personName !== undefined) return aboutPerson(of.personId);
      return topic === undefined ? of.whole : household;
    }
    case 'fact-said':
    case 'fact-confirmed':
    case 'fact-ended':
    case 'fact-wrong': {
      const person = facts.get(event.detail.factId);
      // It is gone, and with it whose it was.
      if (person === undefined) return of.several ? notKnown : of.whole;
      // Read on a page, and nobody said whose it is. Where the case is about several people, it may be a secret of one before the other.
      if (person === 'unsaid') return of.whole.length === 0 && of.several ? unnamed : of.whole;
      return aboutPerson(person === 'stated' ? of.personId : person);
    }
    case 'appointment':
    case 'appointment-office': {
      const { act, personId, personName } = event.detail;
      // Why somebody cannot come is in their own words, as a message is.
      if (act === 'cannot-come' || act === 'can-come') return of.personId === null ? notKnown : [of.personId];
      if (personId !== null) return [personId];
      // Nor is anything that was written about it the other adult's: why it was moved or called off, what is noted, how it went.
      const { reason, text }: { readonly reason?: string; readonly text?: string } = event.detail;
      if (reason !== undefined || text !== undefined) return of.personId === null ? notKnown : [of.personId];
      return personName === '' ? household : aboutPerson(of.personId);
    }
    // What somebody wrote to the office, was told, or what is still to be looked at, may be a secret of theirs also before the other adult.
    case 'message-in':
    case 'message-out':
    case 'message-read':
    case 'message-answered':
    case 'follow-up':
    case 'follow-up-moved':
    case 'follow-up-ended':
    case 'follow-up-kept':
    case 'follow-up-handed':
      return of.personId === null ? notKnown : [of.personId];
    case 'own-fields':
      return { person: aboutPerson(of.personId), household, case: of.whole }[event.detail.on];
    case 'plan':
    case 'email-changed':
      return aboutPerson(of.personId);
    default:
      return of.whole;
  }
}

/**
 * Whom a paper is about: the people by name of whom something is known from it, whatever else is known from it of nobody by name; else whom the cases
 * are about in which it lies. One of them that is the household's is enough.
 */
export function aboutPaper(known: readonly string[], cases: readonly About[]): About {
  if (known.length > 0) return known;
  return cases.some((about) => about.length === 0) ? household : cases.flat();
}
