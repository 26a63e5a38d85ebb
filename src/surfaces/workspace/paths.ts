/** Addresses of the workspace; links, redirects and tests share them. */
export const paths = {
  home: '/arbeit',
  signIn: '/arbeit/anmelden',
  secondFactor: '/arbeit/anmelden/code',
  passkeyChallenge: '/arbeit/anmelden/passkey',
  signOut: '/arbeit/abmeldung',
  account: '/arbeit/konto',
  accountChallenge: '/arbeit/konto/passkey-anfang',
  accountPasskeys: '/arbeit/konto/passkeys',
  accountPasskey: (id: string) => `/arbeit/konto/passkeys/${id}/entfernen`,
  clearing: '/arbeit/klaerung',
  counter: '/arbeit/schalter',
  counterForm: '/arbeit/schalter/eingang',
  tablets: '/arbeit/schalter/tablets',
  tabletLock: (id: string) => `/arbeit/schalter/tablets/${id}/sperre`,
  counterDraft: '/arbeit/schalter/entwurf',
  counterDraftAt: (id: string) => `/arbeit/schalter/entwurf/${id}`,
  search: '/arbeit/suche',
  twice: '/arbeit/doppelt',
  twiceOverview: '/arbeit/doppelt/uebersicht',
  twicePair: (id: string) => `/arbeit/doppelt/${id}`,
  twiceDecision: (id: string) => `/arbeit/doppelt/${id}/entscheidung`,
  twiceMerge: (id: string) => `/arbeit/doppelt/${id}/zusammenfuehrung`,
  today: '/arbeit/heute',
  team: '/arbeit/team',
  absentWork: '/arbeit/team/abwesend',
  substitutions: '/arbeit/vertretung',
  substitutionEnd: (id: string) => `/arbeit/vertretung/${id}/ende`,
  promises: '/arbeit/zusagen',
  post: '/arbeit/post',
  separators: '/arbeit/post/trennblaetter',
  printQueue: '/arbeit/post/druck',
  printQueuePaper: '/arbeit/post/druck/papier',
  scanBatch: (id: string) => `/arbeit/post/stapel/${id}`,
  scanProgress: (id: string) => `/arbeit/post/stapel/${id}/stand`,
  scanPicture: (id: string, page: number, width: number) => `/arbeit/post/stapel/${id}/seite/${page}?breite=${width}`,
  scanLetter: (id: string) => `/arbeit/post/brief/${id}`,
  scanVerb: (id: string, verb: string) => `/arbeit/post/brief/${id}/${verb}`,
  mailboxes: '/arbeit/postfaecher',
  stream: '/arbeit/strom',
  alive: '/arbeit/lebt',
  drafts: '/arbeit/entwuerfe',
  draftDrop: '/arbeit/entwuerfe/verwerfen',
  outage: '/arbeit/notfall',
  help: '/arbeit/hilfe',
  news: '/arbeit/neues',
  tour: '/arbeit/einarbeitung',
  practice: '/arbeit/uebung',
  practiceLeave: '/arbeit/uebung/ende',
  tourTick: '/arbeit/einarbeitung/haken',
  case: (id: string) => `/arbeit/vorgaenge/${id}`,
  caseVerb: (id: string, verb: string) => `/arbeit/vorgaenge/${id}/${verb}`,
  /** The view of a case that somebody chose. */
  caseWorkView: (id: string) => `/arbeit/vorgaenge/${id}/ansicht`,
  workViews: '/arbeit/ansichten',
  workView: (view: string) => `/arbeit/ansichten/${view}`,
  withdrawal: (id: string, itemId: string) => `/arbeit/vorgaenge/${id}/anforderungen/${itemId}/ruecknahme`,
  itemLetter: (id: string, itemId: string) => `/arbeit/vorgaenge/${id}/anforderungen/${itemId}/brief`,
  readable: (id: string) => `/arbeit/vorgaenge/${id}/lesbarkeit`,
  promiseKept: (id: string, promiseId: string) => `/arbeit/vorgaenge/${id}/zusagen/${promiseId}/eingehalten`,
  followUpDone: (id: string, followUpId: string) => `/arbeit/vorgaenge/${id}/wiedervorlagen/${followUpId}/erledigt`,
  bankLetter: (id: string) => `/arbeit/vorgaenge/${id}/konto/brief`,
  moveSubmission: (id: string) => `/arbeit/vorgaenge/${id}/verlegung`,
  ownCase: (id: string) => `/arbeit/vorgaenge/${id}/eigener-vorgang`,
  accessLog: (id: string) => `/arbeit/vorgaenge/${id}/einsicht`,
  page: (documentId: string, page: number, width: number) =>
    `/arbeit/dokumente/${documentId}/seite/${page}?breite=${width}`,
  /** The page as it was read: upright, straightened, grey. */
  readPage: (documentId: string, page: number) => `/arbeit/dokumente/${documentId}/gelesen/${page}`,
  /** The reader. With `?seite=3&suche=miete` it shows the page and the words found. */
  document: (documentId: string) => `/arbeit/dokumente/${documentId}`,
  documentVerb: (documentId: string, verb: string) => `/arbeit/dokumente/${documentId}/${verb}`,
  unmark: (documentId: string, markId: string) => `/arbeit/dokumente/${documentId}/markierungen/${markId}/entfernung`,
  /** A page upright and then turned, for the reader: its strip, and what was not read. */
  turnedPage: (documentId: string, page: number, width: number, turn: number) =>
    `/arbeit/dokumente/${documentId}/seite/${page}?breite=${width}&drehung=${turn}`,
  file: (id: string) => `/arbeit/akte/${id}`,
  fileHold: (id: string) => `/arbeit/akte/${id}/sperren`,
  fileHoldEnd: (id: string, holdId: string) => `/arbeit/akte/${id}/sperren/${holdId}/ende`,
  fileExports: (id: string) => `/arbeit/akte/${id}/ausgaben`,
  fileExportPiece: (id: string, exportId: string, position: number) =>
    `/arbeit/akte/${id}/ausgaben/${exportId}/${position}`,
  filePlan: '/arbeit/aktenplan',
  filePlanParts: '/arbeit/aktenplan/teile',
  filePlanPartEnd: (key: string) => `/arbeit/aktenplan/teile/${key}/ende`,
  filePlanRule: (name: string) => `/arbeit/aktenplan/fristen/${name}`,
  fileDeletions: '/arbeit/aktenplan/loeschung',
  original: (documentId: string) => `/arbeit/dokumente/${documentId}/original`,
  receipt: (number: string) => `/arbeit/eingangsbestaetigungen/${number}`,
  receiptPaper: (number: string) => `/arbeit/eingangsbestaetigungen/${number}/druck`,
} as const;

/** `path` with a query; empty values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The path below the mount point, as routes name it. */
export const below = (path: string): string => path.slice('/arbeit'.length) || '/';
