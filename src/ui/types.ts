import type { Child } from 'hono/jsx';

export type { Language, Translate } from '../platform/i18n/index.ts';

/** What a component may hold: text, elements, or nothing. */
export type Content = Child;

/** The four meanings that have a colour and an icon; never the colour alone. */
export type Tone = 'info' | 'success' | 'warning' | 'danger';

/** Joins class names and leaves out what is empty. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
