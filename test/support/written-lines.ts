/** A page with these sentences as a reader would give it, eight words a line, one line below the other. */
export function writtenLines(text: string) {
  const words = text.split(' ').map((word, i) => ({
    text: word,
    sure: 1,
    x: 100 + (i % 8) * 130,
    y: 100 + Math.floor(i / 8) * 40,
    width: 120,
    height: 24,
  }));
  return { width: 1_240, height: 1_754, words };
}
