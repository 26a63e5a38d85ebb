import { type Content, type Option, RadioGroup, TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { errorOf, type FormProps } from './verb-sheet.tsx';

/** One thing that is still open, and what can become of it. */
export type OpenChoice = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  /** Shown below it. */
  readonly below?: Content;
};

type Asked = {
  readonly text: string;
  readonly of: readonly OpenChoice[];
  /** The reason that some of the choices need. */
  readonly why?: { readonly name: string; readonly label: string; readonly hint?: string };
};

/** What is still open in a case that is to be closed, of one sort: for each of it somebody says what becomes of it. Nothing where there is none. */
export const OpenChoices = ({ visit, view, text, of, why }: FormProps & Asked) =>
  of.length === 0 ? null : (
    <>
      <p>{text}</p>
      {of.map(({ below, ...each }) => (
        <>
          <RadioGroup t={visit.t} {...each} value={one(view.input, each.name)} error={errorOf(view, each.name)} />
          {below}
        </>
      ))}
      {why === undefined ? null : (
        <TextArea
          t={visit.t}
          {...why}
          value={one(view.input, why.name)}
          error={errorOf(view, why.name)}
          rows={2}
          maxLength={500}
          optional
          mark="none"
        />
      )}
    </>
  );
