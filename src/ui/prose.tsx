import type { Block, Inline } from '../kernel/prose.ts';

const Line = ({ inlines }: { inlines: readonly Inline[] }) => (
  <>
    {inlines.map((part) =>
      part.kind === 'link' ? (
        <a href={part.href}>{part.text}</a>
      ) : part.kind === 'strong' ? (
        <strong>{part.text}</strong>
      ) : (
        part.text
      ),
    )}
  </>
);

/** A text from a file; `level` is that of its headings. */
export const Prose = ({ blocks, level = 3 }: { blocks: readonly Block[]; level?: 2 | 3 | 4 | undefined }) => {
  const Heading = `h${level}` as 'h3';
  return (
    <>
      {blocks.map((block) => {
        if (block.kind === 'heading') return <Heading>{block.text}</Heading>;
        if (block.kind === 'paragraph')
          return (
            <p>
              <Line inlines={block.inlines} />
            </p>
          );
        const List = block.ordered ? 'ol' : 'ul';
        return (
          <List class="td-list">
            {block.items.map((inlines) => (
              <li>
                <Line inlines={inlines} />
              </li>
            ))}
          </List>
        );
      })}
    </>
  );
};
