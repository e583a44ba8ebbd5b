/**
 * StillButton: asks for the setup still, and says why there is none.
 */
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { inWords } from "./outcome.ts";
import type { Line } from "./use-line.ts";

const { line: say } = words;

interface StillButtonProps {
  readonly line: Line;
  readonly word: string;
  readonly main?: boolean;
}

export function StillButton({ line, word, main = false }: StillButtonProps) {
  const busy = line.stillState === "asked";
  return (
    <>
      <button
        type="button"
        class={`button ${main ? "button-main" : ""}`}
        disabled={busy}
        onClick={() => void line.takeStill()}
      >
        <Icon name="camera" />
        {busy ? say.takingStill : word}
      </button>
      {line.stillFault !== null && (
        <p class="draw-wrong" role="alert">
          {say.stillFailed(inWords(line.stillFault))}
        </p>
      )}
    </>
  );
}
