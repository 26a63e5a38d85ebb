/** One line of a search: none of its fields has to be filled in, and none says "voluntary". */
export const SearchField = (props: {
  name: string;
  label: string;
  value: string;
  hint?: string;
  width?: 's' | 'l';
  autofocus?: boolean;
  shortcut?: string;
}) => (
  <div class="kern-form-input">
    <label class="kern-label" for={`search-${props.name}`}>
      {props.label}
    </label>
    {props.hint ? (
      <div class="kern-hint" id={`search-${props.name}-hint`}>
        {props.hint}
      </div>
    ) : null}
    <input
      class={`kern-form-input__input${props.width ? ` td-width-${props.width}` : ''}`}
      id={`search-${props.name}`}
      name={props.name}
      value={props.value}
      maxlength={100}
      autocomplete="off"
      autofocus={props.autofocus}
      data-shortcut={props.shortcut}
      aria-keyshortcuts={props.shortcut}
      aria-describedby={props.hint ? `search-${props.name}-hint` : undefined}
    />
  </div>
);
