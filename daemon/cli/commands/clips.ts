/**
 * `sill clips ...`: the recordings, and one of them as a file that every player opens.
 */
import { Fault } from "../../../hal/fault.ts";
import { lengthText, sizeText, timeText } from "../amounts.ts";
import { jsonOption, quote, type Command } from "../command.ts";
import { exportClip } from "../export-clip.ts";
import { limitOf, limitOption } from "../limit.ts";
import { openIndex, type Index } from "../open-index.ts";
import { textTable } from "../table.ts";

export const clipsList: Command = {
  operands: "",
  arity: [0, 0],
  about: "Lists recorded clips, newest first. Works with the doorbell running or not.",
  options: { limit: limitOption, json: jsonOption },
  takesSettings: true,
  examples: [["sill clips list --limit 5", "the last five"]],
  run: (call) => {
    const limit = limitOf(call);
    using index = openIndex(call.settings().settings);
    const { terminal } = call;
    const clips = index.clipIds(limit).flatMap((id) => index.reader.clip(id) ?? []);
    if (call.has("json")) return terminal.out(JSON.stringify(clips, null, 2));
    if (clips.length === 0)
      return terminal.err("No clips yet. A press of the button or a movement records one.");
    const rows = clips.map((clip) => [
      timeText(clip.startWallMs),
      lengthText(clip.durationMs),
      sizeText(clip.bytes),
      `${clip.width}x${clip.height}`,
      clip.state,
      clip.id,
    ]);
    const head = ["RECORDED", "LENGTH", "SIZE", "PICTURE", "STATE", "CLIP"];
    for (const line of textTable([head, ...rows], { right: [1, 2] })) terminal.out(line);
  },
};

export const clipsExport: Command = {
  operands: "ID --out FILE",
  arity: [1, 1],
  about: "Writes a clip (or the clip of an event) as one MP4 file. An existing file is never overwritten.",
  options: { out: { value: "FILE", about: "The file to write" }, json: jsonOption },
  takesSettings: true,
  examples: [["sill clips export 0mjv8p1c0-h4k2m9x3qa --out visitor.mp4", "save it"]],
  run: ({ operands, value, settings, has, terminal }) => {
    const [id = ""] = operands;
    const out = value("out");
    if (out === null) {
      throw new Fault("invalid", "clips export needs --out FILE", {
        hint: `sill clips export ${id} --out clip.mp4`,
      });
    }
    using index = openIndex(settings().settings);
    const clip = clipOf(index, id);
    const written = exportClip(index.paths, clip, out);
    if (has("json")) return terminal.out(JSON.stringify({ clip, file: out, ...written }));
    const note = written.complete ? "" : "; the recording was cut or is still going on";
    terminal.out(`Wrote ${out}: ${lengthText(written.durationMs)}, ${sizeText(written.bytes)}${note}.`);
  },
};

/** A clip's own ID, or an event's, whose clip is meant. */
function clipOf(index: Index, id: string): string {
  if (index.reader.clip(id) !== null) return id;
  const event = index.reader.event(id);
  if (event?.clip != null) return event.clip;
  if (event !== null)
    throw new Fault("not-found", `event ${quote(id)} has no clip`, { hint: "sill clips list" });
  throw new Fault("not-found", `no clip ${quote(id)}`, { hint: "sill clips list" });
}
