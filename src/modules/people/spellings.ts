import { searchName } from './search-name.ts';

/** How the same sounds are written: in German passports, in international ones, and by ear. The left one becomes the right one. */
const habits: readonly (readonly (readonly [RegExp, string])[])[] = [
  [
    [/tsch/g, 'ch'],
    [/schtsch/g, 'shch'],
    [/sch/g, 'sh'],
    [/w/g, 'v'],
    [/(?<![a-z])j/g, 'y'],
  ],
  [
    [/shch/g, 'schtsch'],
    [/(?<!s)ch/g, 'tsch'],
    [/sh/g, 'sch'],
    [/v/g, 'w'],
    [/zh/g, 'sch'],
    [/(?<![a-z])y/g, 'j'],
  ],
  [
    [/(?<![a-z])k/g, 'c'],
    [/(?<![a-z])z/g, 's'],
    [/ph/g, 'f'],
    [/(?<![a-z])y/g, 'i'],
  ],
  [
    [/(?<![a-z])c(?!h)/g, 'k'],
    [/(?<![a-z])s(?!c|h)/g, 'z'],
    [/(?<![a-z])f/g, 'v'],
    [/(?<![a-z])i/g, 'y'],
  ],
];

/** A name in the spellings in which it may have been written down, the one that was typed first; folded, with its comma. */
export const spellingsOf = (text: string): string[] => [...new Set(typedAs(text).flatMap(waysToWrite))];

/** A name as it was typed, in each order in which family name and given name may stand; folded, with its comma. */
function typedAs(text: string): string[] {
  const [family = '', ...given] = text.split(',');
  const words = text.trim().split(/\s+/);
  const typed =
    given.length > 0
      ? [searchName(family, given.join(' '))]
      : [
          searchName(words.at(-1) ?? '', words.slice(0, -1).join(' ')),
          searchName(words[0] ?? '', words.slice(1).join(' ')),
        ];
  return [...new Set(typed)].filter((name) => /\p{L}/u.test(name));
}

/** A folded word in the spellings in which it may have been written down, the one that was typed first. */
export const waysToWrite = (word: string): string[] => [
  ...new Set([word, ...habits.map((habit) => habit.reduce((all, [from, to]) => all.replace(from, to), word))]),
];
