/** One box to tick that nobody has to: without the mark of a voluntary field, which would read oddly beside a statement. */
export const Tick = (props: { name: string; label: string; hint?: string; checked?: boolean }) => {
  const id = `t-${props.name.replaceAll(/[^\w-]+/g, '-')}`;
  return (
    <div class="td-single-check">
      <div class="kern-form-check">
        <input
          class="kern-form-check__checkbox"
          type="checkbox"
          id={id}
          name={props.name}
          value="ja"
          checked={props.checked}
          aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        />
        <label class="kern-label" for={id}>
          {props.label}
        </label>
        {props.hint === undefined ? null : (
          <div class="kern-hint" id={`${id}-hint`}>
            {props.hint}
          </div>
        )}
      </div>
    </div>
  );
};
