import { isId } from '../../../kernel/ids.ts';
import type { DayCursor } from '../../../modules/cases/index.ts';

const separator = '~';
/** The way back is kept in the address; beyond this many pages it leads to the start. */
const longestWay = 30;

/** A page of lines ends at an instant and an id: `<milliseconds>_<id>`. */
export const fromCursor = (cursor: DayCursor): string => `${cursor.at.getTime()}_${cursor.id}`;

/** Reads a cursor from the address; undefined for anything else. */
export function asCursor(text: string | undefined): DayCursor | undefined {
  const [at = '', id] = (text ?? '').split('_');
  return /^\d{1,15}$/.test(at) && isId(id) ? { at: new Date(Number(at)), id } : undefined;
}

/** The pages turned so far, newest last. A broken address begins at the start. */
export function readWay(text: string): string[] {
  const way = text.split(separator).filter((part) => part !== '');
  return way.every((part) => asCursor(part) !== undefined) ? way : [];
}

export const writeWay = (way: readonly string[]): string => way.slice(-longestWay).join(separator);
