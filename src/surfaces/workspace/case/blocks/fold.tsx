import type { Content } from '../../../../ui/index.ts';

/** A block that a view keeps folded; what is inside is on the page, so the browser finds it by its words. */
export const Fold = ({ name, title, children }: { name: string; title: string; children: Content }) => (
  <details class="tw-fold" id={`teil-${name}`}>
    <summary>{title}</summary>
    {children}
  </details>
);
