import type { TypesetData } from './index.ts';

/** A name and its value, both ready to read. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What stands on every paper. `pageLabel` holds `{page}` and `{pages}` in single braces. */
export interface PaperData extends TypesetData {
  readonly title: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  /** Head of the pages after the first, such as the number of the paper. */
  readonly running: string;
  readonly footer: string;
  readonly pageLabel: string;
}

/** An answer: a text, or a table of texts (each row as long as `columns`). */
export type AnswerText =
  | string
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Where the paper can be checked. `qr` is the SVG of `qrSvg(url)`, `alt` says what the picture is for. */
export interface CheckBox {
  readonly heading: string;
  readonly text: string;
  readonly url: string;
  readonly qr: string;
  readonly alt: string;
}

/** What shows in the window of an envelope: the sender in one line, and the lines of the address below it. */
export interface EnvelopeWindow {
  readonly returnLine: string;
  readonly recipient: readonly string[];
}

/** Data of `receipt.typ`; every label is given, already translated. */
export interface ReceiptPaper extends PaperData {
  /** Only on a receipt that goes out by post; the others are handed over and bear no address. */
  readonly window?: EnvelopeWindow;
  readonly number: Fact;
  readonly intro?: string;
  /** When it came, by which way, from whom, about what. */
  readonly facts: readonly Fact[];
  /** The code that opens the state of this paper; leave it out where none is given. */
  readonly access?: { readonly heading: string; readonly code: string; readonly text: string; readonly url?: string };
  readonly next?: { readonly heading: string; readonly steps: readonly string[]; readonly contact?: string };
  readonly documents: {
    readonly heading: string;
    /** The sentence for no documents. */
    readonly none: string;
    readonly labels: {
      readonly position: string;
      readonly name: string;
      readonly pages: string;
      readonly size: string;
      readonly hash: string;
    };
    readonly rows: readonly {
      readonly name: string;
      readonly pages: string;
      readonly size: string;
      readonly sha256: string;
    }[];
  };
  readonly answers?: {
    readonly heading: string;
    readonly intro?: string;
    readonly labels: { readonly question: string; readonly answer: string };
    readonly sections: readonly {
      readonly title: string;
      readonly rows: readonly { readonly question: string; readonly answer: AnswerText }[];
    }[];
  };
  readonly check?: CheckBox;
  /** Where more papers can be handed in, with a code of its own: the other one is for everybody who checks the receipt. */
  readonly more?: CheckBox;
  /** The signature as JWS in compact form. */
  readonly signature?: { readonly heading: string; readonly text: string; readonly value: string };
}

/** A part of a letter: heading, paragraphs, then a list. */
export interface PaperPart {
  readonly heading?: string;
  readonly paragraphs?: readonly string[];
  readonly items?: readonly string[];
  /** The language of the list, where it is another than that of the words around it. */
  readonly itemsLang?: string;
}

/** What stands behind a letter for somebody who reads another language; `note` says, in both, that the letter itself counts. */
export interface PaperTranslation {
  readonly lang: string;
  readonly title: string;
  readonly note: string;
  readonly ownNote: string;
  /** The subject of the letter, in the language of the letter. */
  readonly subject: string;
  readonly salutation: string;
  readonly parts: readonly PaperPart[];
  readonly closing: string;
}

/** Data of `letter.typ`. */
export interface LetterPaper extends PaperData, EnvelopeWindow {
  /** Information block: date, reference, who answers for it. */
  readonly facts: readonly Fact[];
  readonly salutation: string;
  readonly parts: readonly PaperPart[];
  readonly closing: string;
  readonly signer: string;
  readonly translation?: PaperTranslation;
  readonly check?: Omit<CheckBox, 'heading'>;
}

/** Data of `file.typ`. `file` of a page is the name under which its picture travels beside the data. */
export interface FilePaper extends PaperData {
  readonly intro: string;
  readonly facts: readonly Fact[];
  readonly contents: string;
  readonly history: string;
  readonly 'left-out': readonly {
    readonly heading: string;
    readonly text: string;
    readonly items: readonly string[];
  }[];
  readonly cases: readonly {
    readonly heading: string;
    readonly facts: readonly Fact[];
    readonly answers: readonly {
      readonly title: string;
      readonly rows: readonly { readonly question: string; readonly answer: string }[];
    }[];
    readonly events: readonly Fact[];
  }[];
  readonly documents: readonly {
    readonly heading: string;
    readonly facts: readonly Fact[];
    readonly pages: readonly { readonly label: string; readonly file: string; readonly alt: string }[];
  }[];
}

/** Data of `separator.typ`: sheets that part letters in a stack. `qr` is the SVG of `qrSvg(code)`. */
export interface SeparatorPaper extends TypesetData {
  readonly title: string;
  readonly word: string;
  readonly text: string;
  readonly jobcenter: string;
  readonly count: number;
  readonly qr: string;
  readonly alt: string;
}

/** Data of `blank.typ`: a page that says that it is empty. */
export interface BlankPaper extends TypesetData {
  readonly text: string;
}
