/**
 * `sill clips ...`: the recordings, and one of them, opened, as a file that every player plays.
 */
import { basename } from "node:path";
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import { findClipFolder, readManifest, type ClipFolder } from "../../keeper/store/folders.ts";
import { clipFiles } from "../../wire/paths.ts";
import { lengthText, sizeText, timeText } from "../amounts.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { exportClip } from "../export-clip.ts";
import { exportRange, wallMsFrom, type RangeExport } from "../export-range.ts";
import { limitOf, limitOption } from "../limit.ts";
import { openIndex, type Index } from "../open-index.ts";
import { readIdentities } from "../read-identity.ts";
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
  operands: "ID|--from TIME --to TIME --identity FILE --out FILE",
  arity: [0, 1],
  about: [
    "Opens a clip (or the clip of an event, or a copied clip folder given by its path) and writes it as one",
    "MP4 file. With --from and --to: every clip that begins between these times, each as a file in the folder --out.",
    "An existing file is never overwritten.",
  ].join("\n"),
  options: {
    identity: { value: "FILE", about: "The key that opens it: sill identity makes the file, or age-keygen" },
    out: { value: "FILE", about: "The file to write; with --from and --to the folder" },
    from: { value: "TIME", about: "The first that begins then or later; 2026-01-31T14:00 is local time" },
    to: { value: "TIME", about: "The last that begins before" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill clips export 0mjv8p1c0-h4k2m9x3qa --identity key.txt --out visitor.mp4", "save it"],
    [
      "sill clips export --from 2026-01-31T18:00 --to 2026-02-01T06:00 --identity key.txt --out night",
      "a night",
    ],
    ["sill clips export ./clips/replay-0001 --identity ./clips/identity.txt --out a.mp4", "of a replay"],
  ],
  run: (call) => {
    const { operands, value, settings, has, terminal } = call;
    const [id = ""] = operands;
    const [out, identity] = [value("out"), value("identity")];
    const [from, to] = [value("from"), value("to")];
    if (id === "" && (from === null || to === null))
      throw new Fault("invalid", "clips export needs a clip's ID, or --from and --to", {
        hint: "sill clips list; or --from 2026-01-31T14:00 --to 2026-01-31T16:00",
      });
    if (id !== "" && (from !== null || to !== null))
      throw new Fault("invalid", "clips export takes a clip's ID or a time, not both", {
        hint: "leave out the ID, or --from and --to",
      });
    if (out === null || identity === null) {
      throw new Fault("invalid", `clips export needs --${identity === null ? "identity" : "out"} FILE`, {
        hint: `sill clips export ${id} --identity key.txt --out clip.mp4`,
      });
    }
    if (from !== null && to !== null) {
      const range = { fromWallMs: wallMsFrom("from", from), toWallMs: wallMsFrom("to", to) };
      return exportMany(call, { ...range, identities: readIdentities(identity), folder: out });
    }
    const folder = id.includes("/") ? folderAt(id) : folderOf(settings().settings, id);
    const written = exportClip(folder, { identities: readIdentities(identity), out });
    if (has("json")) return terminal.out(JSON.stringify({ clip: folder.id, file: out, ...written }));
    const note = written.complete ? "" : "; the recording was cut or is still going on";
    terminal.out(`Wrote ${out}: ${lengthText(written.durationMs)}, ${sizeText(written.bytes)}${note}.`);
  },
};

function exportMany({ settings, has, terminal }: Call, range: RangeExport): void {
  using index = openIndex(settings().settings);
  const { failed, ...done } = exportRange(index, range);
  const named = failed.map(({ clip, fault }) => ({ clip, why: fault.message }));
  if (has("json")) terminal.out(JSON.stringify({ folder: range.folder, ...done, failed: named }));
  else {
    const before = done.there === 0 ? "" : `; ${done.there} were there already`;
    terminal.out(`Wrote ${counted(done.written)}, ${sizeText(done.bytes)}, into ${range.folder}${before}.`);
    for (const { clip, why } of named) terminal.err(`not ${clip}: ${why}`);
  }
  const [first] = failed;
  if (first !== undefined)
    throw new Fault(first.fault.kind, `${counted(failed.length)} could not be written`, {
      hint: first.fault.hint ?? "see which above; the others are written",
    });
}

const counted = (count: number): string => `${count} recording${count === 1 ? "" : "s"}`;

/** A clip folder that was copied, or that a replay wrote. */
function folderAt(path: string): ClipFolder {
  const folder = { id: basename(path), day: "", path };
  if (readManifest(folder) === null)
    throw new Fault("not-found", `${path} is no clip folder`, {
      hint: `a clip folder holds ${clipFiles.manifest}; without a slash it is a clip's ID`,
    });
  return folder;
}

function folderOf(settings: Settings, id: string): ClipFolder {
  using index = openIndex(settings);
  const clip = clipOf(index, id);
  const folder = findClipFolder(index.paths, clip);
  if (folder !== null) return folder;
  throw new Fault("not-found", `the files of clip ${clip} are gone`, { hint: "sill clips list" });
}

/** A clip's own ID, or an event's, whose clip is meant. */
function clipOf(index: Index, id: string): string {
  if (index.reader.clip(id) !== null) return id;
  const event = index.reader.event(id);
  if (event?.clip != null) return event.clip;
  if (event !== null)
    throw new Fault("not-found", `event ${quote(id)} has no clip`, { hint: "sill clips list" });
  throw new Fault("not-found", `no clip ${quote(id)}`, { hint: "sill clips list" });
}
