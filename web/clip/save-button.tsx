/**
 * SaveButton: keeps a recording as a file; says how far it is, and when it failed.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { percent } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { saveClip } from "./save.ts";

const { player: say } = words;

interface Props {
  readonly home: Home;
  readonly clip: string;
  readonly name: string;
}

export function SaveButton({ home, clip, name }: Props) {
  const [frac, setFrac] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), [clip]);

  const save = async (): Promise<void> => {
    const saving = new AbortController();
    abort.current = saving;
    setFrac(0);
    try {
      await saveClip(clip, { name, signal: saving.signal, onProgress: setFrac });
    } catch {
      if (!saving.signal.aborted) home.messages.say(say.saveFailed);
    }
    setFrac(null);
  };
  const word = frac === null ? say.download : say.savingAt(percent(frac));
  return (
    <button
      type="button"
      class="button"
      aria-label={word}
      title={word}
      disabled={frac !== null}
      onClick={() => void save()}
      data-testid="save"
    >
      <Icon name="download" />
      <span class="wide-only">{word}</span>
    </button>
  );
}
