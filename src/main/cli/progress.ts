/** Shows how far long work is, on stderr: one changing line on a terminal, a line now and then elsewhere. */
export type Progress = {
  readonly show: (text: string) => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
  readonly end: () => void;
};

const oftenMs = 200;
const seldomMs = 10_000;

export function progressLine(): Progress {
  const terminal = process.stderr.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  let last = '';
  const write = (text: string): void => {
    if (terminal) process.stderr.write(`\r\u001b[K${text}`);
    else console.error(text);
  };
  return {
    show: (text) => {
      last = text;
      if (performance.now() - shownAt < (terminal ? oftenMs : seldomMs)) return;
      shownAt = performance.now();
      write(text);
    },
    note: (text) => {
      if (terminal) process.stderr.write('\r\u001b[K');
      console.error(text);
    },
    end: () => {
      if (last === '') return;
      write(last);
      if (terminal) process.stderr.write('\n');
    },
  };
}
