/**
 * StrangerScreen: the doorbell has an owner and this browser has no key: words, or ask to be let in.
 */
import { useState } from "preact/hooks";
import type { Access } from "../identity/access.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { CertificateNote } from "./certificate-note.tsx";
import { Frame } from "./frame.tsx";
import { JoinForm } from "./join-form.tsx";
import { WordsEntry } from "./words-entry.tsx";

const { stranger: say, restore, join } = words.enter;

export function StrangerScreen({ access }: { readonly access: Access }) {
  const [way, setWay] = useState<"words" | "ask" | null>(null);
  const back = (): void => setWay(null);
  if (way === "words") {
    return (
      <Frame name="restore" title={restore.title} note={restore.note} wide>
        <WordsEntry access={access} onBack={back} />
      </Frame>
    );
  }
  if (way === "ask") {
    return (
      <Frame name="join" title={join.title} note={join.note}>
        <JoinForm access={access} onBack={back} />
      </Frame>
    );
  }
  return (
    <Frame name="stranger" title={say.title} note={say.note}>
      <div class="choices">
        <button type="button" class="choice" onClick={() => setWay("words")}>
          <Icon name="key" />
          <span>
            <strong>{say.haveWords}</strong>
            {say.haveWordsNote}
          </span>
        </button>
        <button type="button" class="choice" onClick={() => setWay("ask")}>
          <Icon name="people" />
          <span>
            <strong>{say.ask}</strong>
            {say.askNote}
          </span>
        </button>
      </div>
      <CertificateNote fingerprint={access.certificate} />
    </Frame>
  );
}
