/**
 * WordsScreen: the recovery words, shown once, and the proof that they were written down.
 *
 * Nobody gets past it without typing three of them: who loses this browser and has no words has
 * lost every recording.
 */
import { useMemo, useState } from "preact/hooks";
import { keysOf } from "../../daemon/identity/keys.ts";
import { wordsOf } from "../../daemon/identity/words.ts";
import type { Access } from "../identity/access.ts";
import type { Me } from "../identity/me.ts";
import { Icon } from "../look/icons.tsx";
import { saveFile } from "../look/save-file.ts";
import { pagesFor } from "../route/pages.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { Frame } from "./frame.tsx";
import { identityFile } from "./identity-file.ts";
import { RecoverySheet } from "./recovery-sheet.tsx";
import { StepList } from "./step-list.tsx";
import { WordsCheck } from "./words-check.tsx";

const { recovery: say } = words.enter;

interface Props {
  readonly access: Access;
  readonly me: Me;
}

export function WordsScreen({ access, me }: Props) {
  const [step, setStep] = useState<"show" | "check">("show");
  const seed = access.seed;
  const mine = useMemo(() => (seed === null ? null : { words: wordsOf(seed), keys: keysOf(seed) }), [seed]);
  if (mine === null) return null;
  const { sealIdentity, sealTo } = mine.keys;
  const isFirst = me.person.role === "owner";

  const done = (): void => {
    const next = pagesFor(me.person.role).find(({ route }) => route === "line");
    if (isFirst && next !== undefined) location.hash = addressOf(next.route);
    void access.keptWords();
  };
  const save = (): void => {
    const text = identityFile({ identity: sealIdentity, recipient: sealTo, name: me.person.name });
    saveFile(new Blob([text], { type: "text/plain" }), "sill-identity.txt");
  };
  if (step === "check") {
    return (
      <Frame name="words-check" title={say.checkTitle} note={say.checkNote}>
        {isFirst && <StepList at={1} />}
        <WordsCheck words={mine.words} onDone={done} onBack={() => setStep("show")} />
      </Frame>
    );
  }
  return (
    <>
      <Frame name="words" title={say.title} note={say.note} wide>
        {isFirst && <StepList at={1} />}
        <ol class="recovery-words" data-testid="recovery-words">
          {mine.words.map((word, index) => (
            <li key={index}>{word}</li>
          ))}
        </ol>
        <p class="enter-note">{say.why}</p>
        <div class="form-row">
          <button type="button" class="button" onClick={() => window.print()}>
            <Icon name="print" />
            {say.print}
          </button>
          <button type="button" class="button" onClick={save} data-testid="save-identity">
            <Icon name="download" />
            {say.saveFile}
          </button>
        </div>
        <button type="button" class="button button-main button-wide" onClick={() => setStep("check")}>
          {say.next}
        </button>
      </Frame>
      <RecoverySheet words={mine.words} identity={sealIdentity} name={me.person.name} />
    </>
  );
}
