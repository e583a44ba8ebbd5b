/**
 * ZonesDesk: the editor for motion zones, each with a name and a sensitivity.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { Fault } from "../../hal/fault.ts";
import { type Desk, drawingOf } from "../drawing/desk.ts";
import { openEditor } from "../drawing/editor.ts";
import { flawsOf } from "../drawing/flaws.ts";
import { flawText } from "../drawing/names.ts";
import type { Frame } from "../drawing/frame.ts";
import type { Picture } from "../drawing/picture.ts";
import { Stage } from "../drawing/stage.tsx";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import type { KeptZones } from "./use-zones.ts";
import { ActionFields } from "./action-fields.tsx";
import { ZoneFields } from "./zone-fields.tsx";
import { drawingFromZones, isSameZones, mostZones, nameFlaw, newMotion, zonesOf } from "./zones-draft.ts";

const { zones: say, drawing: sayDrawing } = words;

interface Props {
  readonly kept: Zones;
  readonly zones: KeptZones;
  readonly picture: Picture;
  readonly frame: Frame;
  /** This person decides what is told. */
  readonly isOwner: boolean;
  readonly children: ComponentChildren;
}

export function ZonesDesk({ kept: saved, zones, picture, frame, isOwner, children }: Props) {
  const [whole, setWhole] = useState(saved.what ?? {});
  const { what: _, ...rest } = saved;
  const next: Zones = Object.keys(whole).length === 0 ? rest : { ...saved, what: whole };
  const [editor] = useState(() => openEditor(drawingFromZones(saved)));
  const desk = useStore(editor.desk, (value) => value);
  const drawing = drawingOf(desk);
  const full = drawing.shapes.length >= mostZones;
  return (
    <div class="draw-desk">
      <Stage editor={editor} picture={picture} frame={frame} opening={null} cover="plain" label={say.stage}>
        {children}
      </Stage>
      <div class="draw-side">
        {drawing.shapes.length === 0 && <p class="draw-hint">{say.everywhere}</p>}
        <ul class="zone-list" aria-label={say.list}>
          {drawing.shapes.map((shape) => (
            <ZoneFields key={shape.id} editor={editor} desk={desk} shape={shape} isOwner={isOwner} />
          ))}
        </ul>
        <button
          type="button"
          class="button"
          disabled={full || desk.draft !== null}
          onClick={() =>
            editor.do({ act: "draft", role: "counted", motion: newMotion(drawing, sayDrawing.counted) })
          }
        >
          <Icon name="plus" />
          {say.add}
        </button>
        {full && <p class="draw-hint">{say.full}</p>}
        {isOwner && (
          <ActionFields where={say.what.whole} isZone={false} actions={whole} onChange={setWhole} />
        )}
        <a class="quiet-link" href={addressOf("calibrate")}>
          {say.calibrate}
        </a>
        <SaveZones desk={desk} kept={saved} next={next} zones={zones} />
      </div>
    </div>
  );
}

/** Why the zones cannot be saved as they are; null = they can. */
function hindranceOf(
  desk: Desk,
  { kept, next }: { readonly kept: Zones; readonly next: Zones },
): string | null {
  const drawing = drawingOf(desk);
  if (desk.draft !== null) return words.line.unfinished;
  const [flaw] = flawsOf(drawing);
  if (flaw !== undefined) return flawText(drawing, flaw);
  const name = nameFlaw(drawing);
  if (name !== null) return name.kind === "missing" ? say.nameMissing : say.nameTwice(name.name);
  return isSameZones(zonesOf(drawing, next), kept) ? say.unchanged : null;
}

function SaveZones({
  desk,
  kept,
  next,
  zones,
}: {
  readonly desk: Desk;
  readonly kept: Zones;
  /** With what was chosen for the whole picture. */
  readonly next: Zones;
  readonly zones: KeptZones;
}) {
  const hindrance = hindranceOf(desk, { kept, next });
  const { saving } = zones;
  const saved = saving === "done" && hindrance === say.unchanged;
  return (
    <section class="save-line">
      <button
        type="button"
        class="button button-main save-button"
        disabled={hindrance !== null || saving === "busy"}
        onClick={() => void zones.save(zonesOf(drawingOf(desk), next))}
        data-testid="save"
      >
        <Icon name="check" />
        {say.save}
      </button>
      {hindrance !== null && !saved && <p class="draw-hint">{hindrance}</p>}
      <div role="status" data-testid="result">
        {saved && <p class="draw-good">{say.saved}</p>}
        {saving instanceof Fault && <p class="draw-wrong">{say.saveFailed(saving.message)}</p>}
      </div>
    </section>
  );
}
