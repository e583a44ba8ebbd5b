/**
 * PaperField: a scan of the order, of which nothing but the fingerprint is taken.
 */
import { useRef, useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { paperHash } from "./paper-hash.ts";

const { courtOrder: say } = words;

interface Props {
  readonly hash: string | null;
  readonly onHash: (hash: string | null) => void;
}

export function PaperField({ hash, onHash }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const { busy, fault, run } = useAction();
  const take = (file: File): Promise<boolean> =>
    run(async () => {
      setName(file.name);
      onHash(await paperHash(file));
    });
  const drop = (): void => {
    if (input.current !== null) input.current.value = "";
    onHash(null);
  };
  return (
    <div class="field">
      <label for="paper">
        {say.paper} <span class="optional">{say.paperOptional}</span>
      </label>
      <input
        id="paper"
        class="file-field"
        type="file"
        accept="image/*,application/pdf"
        ref={input}
        aria-describedby="paper-note paper-hash"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file === undefined) onHash(null);
          else void take(file);
        }}
      />
      <p class="field-note" id="paper-note">
        {say.paperNote}
      </p>
      <p class="field-note paper-hash" id="paper-hash" role="status">
        {busy ? say.counting : hash === null ? "" : say.paperHash(name, hash)}
      </p>
      <FaultNote fault={fault} />
      {hash !== null && (
        <div>
          <button type="button" class="button" onClick={drop}>
            {say.drop}
          </button>
        </div>
      )}
    </div>
  );
}
