/**
 * SealedPicture: the masked picture of a run, opened here with the key of whoever may watch.
 *
 * It is fetched and opened only when somebody wants to see it: looking is told in the history.
 */
import { useEffect, useState } from "preact/hooks";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { ask } from "../state/api.ts";
import { words } from "../words.ts";
import { reportFiles } from "./api.ts";

const { selftest: say } = words;

interface Props {
  readonly id: string;
  readonly me: Me;
}

export function SealedPicture({ id, me }: Props) {
  const { busy, fault, run } = useAction();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => () => (address === null ? undefined : URL.revokeObjectURL(address)), [address]);
  if (me.person.role !== "owner") return <p class="block-note">{say.pictureSealed}</p>;
  const open = async (): Promise<void> => {
    const sealed = new Uint8Array(await (await ask(reportFiles.picture(id))).arrayBuffer());
    setAddress(URL.createObjectURL(new Blob([await me.open(sealed)], { type: "image/jpeg" })));
  };
  if (address !== null) return <img class="test-picture" src={address} alt={say.pictureOf} />;
  return (
    <div>
      <button type="button" class="button button-big" disabled={busy} onClick={() => void run(open)}>
        <Icon name="key" />
        {busy ? say.pictureOpening : say.picture}
      </button>
      <FaultNote fault={fault} />
    </div>
  );
}
