/**
 * LinePage: where an owner draws what the camera may see.
 *
 * First the present line in words and the button for the setup still; with a still the editor.
 * Nothing is drawn beforehand: an empty page means an empty view, never a full one.
 */
import "../look/drawing.css";
import { percent } from "../look/format.ts";
import type { PageProps } from "../route/page-props.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { GuardNote } from "./guard-note.tsx";
import { LineDesk } from "./line-desk.tsx";
import { inWords } from "./outcome.ts";
import { StillButton } from "./still-button.tsx";
import { type Line, useLine } from "./use-line.ts";

const { line: say } = words;

export function LinePage({ home, me }: PageProps) {
  const line = useLine(home, me);
  const { known, still } = line;
  return (
    <div class="draw-page">
      <GuardNote home={home} />
      {known === null && <Loading line={line} />}
      {known !== null && still === null && <Begin home={home} line={line} />}
      {known !== null && still !== null && (
        <LineDesk
          key="desk"
          line={line}
          picture={still}
          inForce={known.inForce}
          suggestion={known.suggestion}
          home={home}
        />
      )}
    </div>
  );
}

function Loading({ line }: { readonly line: Line }) {
  if (line.loadFault === null) return <p role="status">{say.loading}</p>;
  return (
    <div class="problem" data-level="wrong" role="alert">
      <p>
        {say.failed}: {inWords(line.loadFault)}
      </p>
      <button type="button" class="button" onClick={() => void line.load()}>
        {say.retry}
      </button>
    </div>
  );
}

function Begin({ home, line }: { readonly home: Home; readonly line: Line }) {
  const visibleFrac = useStore(home.store, (model) => model.status?.mask.visibleFrac ?? 0);
  const inForce = line.known?.inForce ?? null;
  return (
    <section class="still-card" aria-labelledby="still-title">
      <p class="draw-force">
        {inForce === null ? say.none : say.inForce(String(inForce.version), percent(visibleFrac))}
      </p>
      <h3 id="still-title">{say.stillTitle}</h3>
      <p>{say.stillWhy}</p>
      <StillButton line={line} word={say.takeStill} main />
      {inForce !== null && (
        <p>
          <a href="/notice/sign" target="_blank" rel="noreferrer">
            {say.sign}
          </a>
        </p>
      )}
    </section>
  );
}
