/** True for an address of the workspace, as a draft or a cookie names it: never one that leads elsewhere. */
export const isOwnAddress = (text: string): boolean =>
  text.length <= 600 &&
  /^\/arbeit(?:[/?][\w\-./?=&%+~:,]*)?$/.test(text) &&
  !text.includes('//') &&
  !text.includes('..');
