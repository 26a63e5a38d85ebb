const alike: Readonly<Record<string, string>> = {
  ä: 'a',
  ö: 'o',
  ü: 'u',
  ß: 'ss',
  '0': 'o',
  '1': 'i',
  l: 'i',
  '|': 'i',
  '!': 'i',
  j: 'i',
  '5': 's',
  '8': 'b',
  '€': 'e',
};

/**
 * A text in which characters that reading machines take for each other are one: 0 and O, 1 and l, 5 and S, ü and u, rn and m.
 * Both the words looked for and the page are folded, so that "Gehaltsabrechnung" is found in "Geha1tsabrechnuug" but for the n.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß01l|!j58€]/g, (character) => alike[character] ?? character)
    .replace(/rn/g, 'm')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Digits as they were meant, where only digits make sense: O for 0, l and I for 1, S for 5, B for 8. */
export const asDigits = (text: string): string =>
  text
    .replace(/[OoQD]/g, '0')
    .replace(/[lI|!i]/g, '1')
    .replace(/[Ss]/g, '5')
    .replace(/B/g, '8')
    .replace(/[Zz]/g, '2');
