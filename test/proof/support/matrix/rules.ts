import type { Who } from './people.ts';
import type { World } from './world.ts';

/** Who may pass and why, for the routes whose address fits. `open` names those of whom the declaration lets in, who see the thing itself. */
export type Rule = {
  readonly path: RegExp;
  readonly method?: 'GET' | 'POST';
  readonly open: readonly Who[];
  readonly why: string;
};

export const atTheDesk: readonly Who[] = [
  'clerk of the team',
  'stand-in for that clerk',
  'lead',
  'clerk of another team',
  'data protection officer',
  'clerk of another Jobcenter',
  'lead of another Jobcenter',
];
const everybody = (leave: readonly Who[] = []): readonly Who[] =>
  [
    ...atTheDesk,
    'clerk with a password only',
    'nobody',
    'client with the receipt',
    'client with another receipt',
    'client with the draft',
    'helper with the code of a letter',
    'tablet',
    'program with all scopes',
    'program without a scope',
    'program of another Jobcenter',
  ].filter((who) => !(leave as readonly string[]).includes(who)) as Who[];

const leads: readonly Who[] = ['lead', 'lead of another Jobcenter'];
const worksOnIt: readonly Who[] = ['clerk of the team', 'stand-in for that clerk', 'lead'];

/** Whose a thing of the workspace is. The first rule that fits counts. */
export const workspaceRules: readonly Rule[] = [
  {
    path: /^\/akte\/:id\/ausgaben\/:export/,
    open: ['clerk of the team', 'lead'],
    why: 'an export is handed to the one who asked for it, and to leads',
  },
  { path: /^\/dokumente\/:id\/gelesen/, open: [], why: 'nothing of these papers was read as a picture' },
  {
    path: /^\/dokumente\/:id\/sperren\/:documentHold\/ende/,
    open: ['lead'],
    why: 'leads decide when a dispute is over',
  },
  { path: /^\/akte\/:id\/sperren\/:hold\/ende/, open: ['lead'], why: 'leads decide when a dispute is over' },
  { path: /^\/schalter\/entwurf\/:id\/schliessen/, open: atTheDesk, why: 'clears the own desk, whatever lies there' },
  { path: /^\/post\/druck\/briefe\/papier/, open: worksOnIt, why: 'letters of the cases they see wait to be printed' },
  { path: /^\/briefe\/:id/, open: worksOnIt, why: 'the team of the case, who stands in for its assignee, and leads' },
  { path: /^\/textbausteine\/./, method: 'POST', open: leads, why: 'texts of letters are changed by leads' },
  { path: /^\/textbausteine\/./, open: atTheDesk, why: 'what letters are made of is no secret of the house' },
  {
    path: /^\/post\/druck\/papier/,
    open: ['clerk of the team', 'lead'],
    why: 'receipts of the own teams wait to be printed',
  },
  { path: /^\/uebung$/, method: 'POST', open: [], why: 'no practice Jobcenter belongs to this one' },
  {
    path: /^\/strom/,
    open: worksOnIt,
    why: 'tells what happens in the case that it names',
  },
  {
    path: /^\/(vorgaenge|dokumente|akte|eingangsbestaetigungen)\/:/,
    open: worksOnIt,
    why: 'the team of the case, who stands in for its assignee, and leads',
  },
  { path: /^\/doppelt\/:pair/, open: worksOnIt, why: 'both cases are theirs to see' },
  { path: /^\/doppelt\/uebersicht/, open: leads, why: 'causes are for leads, who can cure them' },
  {
    path: /^\/post\/(stapel|brief)\/:id/,
    open: ['clerk of the team', 'lead'],
    why: 'nobody knows yet whose a letter is: the team that scanned it, and leads',
  },
  {
    path: /^\/schalter\/entwurf\/:id/,
    open: ['clerk of the team'],
    why: 'the person gave the code of the draft at this desk',
  },
  { path: /^\/schalter\/tablets\/:id/, open: ['lead'], why: 'tablets are put up and locked by leads' },
  {
    path: /^\/(schalter\/tablets|postfaecher|team\/abwesend)/,
    open: leads,
    why: 'a page for leads, each of their own house',
  },
  { path: /^\/vertretung\/:id/, open: ['clerk of the team', 'lead'], why: 'whose absence it is, and leads' },
  { path: /^\/konto\/passkeys\/:id/, open: ['clerk of the team'], why: 'the own passkey' },
  { path: /^\/ansichten\/:view/, method: 'POST', open: leads, why: 'what a view shows is changed by leads' },
  { path: /^\/ansichten\/:view/, open: atTheDesk, why: 'what views show is no secret of the house' },
  { path: /^\/notizthemen/, open: leads, why: 'topics of notes are changed by leads, each of their own house' },
  { path: /^\/kreise$/, method: 'POST', open: leads, why: 'a circle is founded by a lead' },
  { path: /^\/kreise\/:id\/mitglieder/, open: ['clerk of the team'], why: 'the members of a circle alone, no lead' },
  {
    path: /^\/kreise\/:id\/vertretung/,
    open: ['clerk of the team'],
    why: 'a member of the circle lets a substitute read along',
  },
  { path: /^\/kreise\/:id\/ende/, open: ['clerk of the team', 'lead'], why: 'a member closes a circle, or a lead' },
  {
    path: /^\/felder\/reihenfolge$/,
    open: atTheDesk,
    why: 'how fields are ordered, for each what is about their pages',
  },
  {
    path: /^\/felder\/reihenfolge\/:spot/,
    method: 'POST',
    open: ['lead'],
    why: 'fields are ordered and hidden by leads, for a team too',
  },
  {
    path: /^\/felder\/reihenfolge\/:spot/,
    open: ['clerk of the team', 'lead'],
    why: 'whose pages it is about sees the order, and who made it',
  },
  {
    path: /^\/felder\/:id\/freigabe/,
    open: ['data protection officer'],
    why: 'the data protection officer alone decides; here the form says that nothing waits',
  },
  {
    path: /^\/felder(\/freigabe)?$/,
    method: 'GET',
    open: [...leads, 'data protection officer'],
    why: 'leads set fields up, the data protection officer looks at them',
  },
  {
    path: /^\/felder\/:id\/verlauf/,
    open: ['lead', 'data protection officer'],
    why: 'what became of a field, for its leads and the data protection officer',
  },
  { path: /^\/felder\/:id/, open: ['lead'], why: 'what fields a house has is set up by its leads' },
  { path: /^\/felder/, open: leads, why: 'what fields a house has is set up by leads, each of their own' },
  {
    path: /^\/betriebe\/:id/,
    open: [...worksOnIt, 'clerk of another team', 'data protection officer'],
    why: 'employers are the whole house’s; of cases each sees there only what they see anyway',
  },
  {
    path: /^\/aktenplan/,
    open: leads,
    why: 'rules of the house are made by leads, each of their own house',
  },
];

/** The same for the portal. */
const portalRules: readonly Rule[] = [
  { path: /^\/eingang\/:number\/weiter/, open: [], why: 'nothing follows on this concern' },
  { path: /^\/eingang\/:number\/briefe\/:letter/, open: [], why: 'no letter was sent in this case yet' },
  { path: /^\/b\/:code\/beleg.pdf/, open: [], why: 'nothing was handed in with the letter yet' },
];

const declared: Readonly<Record<string, Rule>> = {
  anyone: { path: /./, open: everybody(), why: 'the form to sign in' },
  'first-factor': { path: /./, open: ['clerk with a password only'], why: 'between password and second factor' },
  'any-session': {
    path: /./,
    open: [...atTheDesk, 'clerk with a password only'],
    why: 'whoever has a session can end it',
  },
  staff: { path: /./, open: atTheDesk, why: 'staff with both factors, each in their own house' },
  public: { path: /./, open: everybody(), why: 'a page of the public' },
  draft: { path: /./, open: ['client with the draft'], why: 'the browser holds the draft' },
  receipt: {
    path: /./,
    open: ['client with the receipt'],
    why: 'number, birth date and code of the receipt were given',
  },
  return: {
    path: /./,
    open: ['helper with the code of a letter'],
    why: 'the code of the letter and the birth date were given; it is good for handing in alone',
  },
  kiosk: { path: /./, open: ['tablet'], why: 'a tablet that staff unlocked' },
};

/** The rule of a route by its declaration, narrowed by whose the thing is that its address names. */
export function ruleOf(
  route: { readonly method: string; readonly path: string; readonly access: string },
  ofWorkspace: boolean,
): Rule {
  const narrowed = (ofWorkspace ? workspaceRules : portalRules).find(
    ({ path, method }) => path.test(route.path) && (method ?? route.method) === route.method,
  );
  const rule = narrowed ?? declared[route.access];
  if (rule === undefined) throw new Error(`Nobody said what the access "${route.access}" of ${route.path} means.`);
  if (ofWorkspace && narrowed === undefined && route.path.includes('/:'))
    throw new Error(`Nobody said whose ${route.path} is: add a rule to the access matrix.`);
  return rule;
}

/** What stands for a parameter of an address in a world. `id` is what the first part of the address is about. */
const meant: readonly (readonly [RegExp, string])[] = [
  [/^\/vorgaenge\/:id/, 'case'],
  [/^\/dokumente\/:id/, 'document'],
  [/^\/akte\/:id/, 'file'],
  [/^\/post\/stapel\/:id/, 'batch'],
  [/^\/post\/brief\/:id/, 'letter'],
  [/^\/briefe\/:id/, 'notice'],
  [/^\/schalter\/entwurf\/:id/, 'draft'],
  [/^\/entwurf\/:id/, 'draft'],
  [/^\/schalter\/tablets\/:id/, 'kiosk'],
  [/^\/vertretung\/:id/, 'substitution'],
  [/^\/konto\/passkeys\/:id/, 'passkey'],
  [/^\/felder\/:id/, 'field'],
  [/^\/kreise\/:id/, 'circle'],
  [/^\/betriebe\/:id/, 'employer'],
  [/^\/cases\/:id/, 'case'],
  [/^\/documents\/:id/, 'document'],
];

const fixed: Readonly<Record<string, string>> = {
  page: '1',
  position: '1',
  spot: 'head',
  question: 'person',
  name: 'general',
  view: 'placement',
  key: 'unterlagen',
  topic: 'money',
  block: 'fragen',
  template: 'anruf',
};

/** The address of a route in a world; throws where nobody said what a parameter means. */
export function addressOf(path: string, world: World): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (name === 'pair' && path.endsWith('zusammenfuehrung')) return world.of['concernPair'] ?? '';
    if (name === 'number') return world.receipt.number;
    if (name === 'code') return world.returnCode;
    const kind = name === 'id' ? meant.find(([fits]) => fits.test(path))?.[1] : name;
    const value = world.of[kind ?? ''] ?? fixed[kind ?? ''];
    if (value === undefined || value === '') throw new Error(`Nobody said what :${name} of ${path} stands for.`);
    return value;
  });
}
