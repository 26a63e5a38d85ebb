/** The eight kinds of papers of the set. */
export type Kind =
  | 'payslip'
  | 'rent-contract'
  | 'utility-bill'
  | 'account-statement'
  | 'termination'
  | 'certificate'
  | 'form'
  | 'letter';

/** A field of a form; `hand` means filled in by pen. */
export interface Field {
  readonly label: string;
  readonly value: string;
  /** Share of the row. */
  readonly width: number;
  readonly hand?: boolean;
}

/** A piece of a paper; every engine sets all of them in its own way. */
export type Block =
  | { readonly t: 'heading'; readonly text: string }
  | { readonly t: 'para'; readonly text: string; readonly bold?: boolean }
  | { readonly t: 'facts'; readonly rows: readonly (readonly [string, string])[]; readonly columns?: 1 | 2 }
  | {
      readonly t: 'table';
      readonly head: readonly string[];
      /** Shares of the width; a negative one is a column set flush right. */
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
      readonly total?: readonly string[];
    }
  | { readonly t: 'fields'; readonly rows: readonly (readonly Field[])[] }
  | { readonly t: 'checks'; readonly rows: readonly (readonly [boolean, string])[] }
  | { readonly t: 'list'; readonly items: readonly string[] }
  | { readonly t: 'sign'; readonly names: readonly string[]; readonly place: string; readonly signed: boolean }
  | { readonly t: 'seal'; readonly text: string }
  | { readonly t: 'small'; readonly text: string }
  | { readonly t: 'gap'; readonly mm: number }
  /** A new page; `common` means that it holds nothing but terms that everybody gets. */
  | { readonly t: 'break'; readonly common?: boolean };

/** The content of one paper, without any look. */
export interface Model {
  readonly kind: Kind;
  readonly title: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly recipient: readonly string[];
  readonly refs: readonly (readonly [string, string])[];
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
  /** Head of the pages after the first. */
  readonly running: string;
  /** Last pages that hold only terms everybody gets. */
  readonly commonPages: number;
  /** A form nobody filled in: says nothing about anybody. */
  readonly blank?: boolean;
}

/** The look of all papers of one sender. */
export interface Style {
  readonly engine: 'typst' | 'plain';
  readonly font: string;
  readonly size: number;
  readonly layout: 'din' | 'band' | 'side' | 'centre' | 'dense';
  readonly table: 'grid' | 'lines' | 'zebra' | 'bare' | 'boxed';
  readonly accent: string;
  readonly logo: string;
  /** Left, right margin in millimetres. */
  readonly margin: number;
  readonly justify: boolean;
  readonly leading: number;
  readonly pageNumbers: 'foot' | 'head' | 'none';
}

/** Papers of one sender with one look that differ in little: each is a hard negative of the others. */
export interface Family {
  readonly style: Style;
  readonly models: readonly Model[];
}
