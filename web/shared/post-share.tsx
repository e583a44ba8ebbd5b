/**
 * PostShare: the recording that goes with a post: none, a link that was made just now, or one that is pasted.
 */
import { useState } from "preact/hooks";
import { Field } from "../look/field.tsx";
import { knownLinks } from "../share/links.ts";
import { words } from "../words.ts";
import { isShareLink } from "./post-draft.ts";

const { post: say } = words.shared;

interface Props {
  readonly share: string | null;
  readonly onShare: (share: string | null) => void;
}

export function PostShare({ share, onShare }: Props) {
  const [links] = useState(knownLinks);
  const isKnown = links.some(({ link }) => link === share);
  const other = share !== null && !isKnown;
  return (
    <fieldset class="roles">
      <legend>{say.share}</legend>
      <Choice name={say.shareNone} chosen={share === null} onChoose={() => onShare(null)} />
      {links.map(({ grant, link }) => (
        <Choice
          key={grant}
          name={say.shareHere(new URL(link).pathname)}
          chosen={share === link}
          onChoose={() => onShare(link)}
        />
      ))}
      <Choice name={say.shareOther} chosen={other} onChoose={() => onShare("")} />
      {other && <Field label={say.shareLabel} value={share} code maxLength={400} onValue={onShare} />}
      {share !== null && (
        <p class="field-note" data-wrong={share !== "" && !isShareLink(share)} role="status">
          {share === "" || isShareLink(share) ? say.shareNote : say.shareWrong}
        </p>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ name, chosen, onChoose }: ChoiceProps) {
  return (
    <label class="role" data-chosen={chosen}>
      <input type="radio" name="post-share" checked={chosen} onChange={onChoose} />
      <span>{name}</span>
    </label>
  );
}
