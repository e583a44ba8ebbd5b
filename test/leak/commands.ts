/**
 * Commands: everything one can type, and how what it prints or writes is hunted through.
 *
 * They run beside the doorbell, on its data folder. null = nothing of its own to hunt through: it is the
 * doorbell itself, or knows no doorbell. A command that is not here fails the build.
 */
import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { settingsSchema } from "../../config/schema.ts";
import { untilInterrupted } from "../../daemon/cli/hal/interrupt.ts";
import { recordTrace } from "../../daemon/cli/hal/record.ts";
import { systemClock } from "../../hal/clock.ts";
import { pictureFolder, pictureName } from "../../hal/trace/pictures.ts";
import { human } from "../../scripts/rigs/person.ts";
import { sill } from "../../scripts/rigs/sill.ts";
import { decodeJpeg } from "./decode.ts";
import { huntVideo } from "./pictures.ts";
import { camera, opened, type HuntRig } from "./rig.ts";
import { searchPicture } from "./search.ts";
import { expectClean } from "./verdict.ts";
import { expectWords } from "./words.ts";

/** `folder` is for what it writes. */
export type CommandHunt = (rig: HuntRig, folder: string) => Promise<void>;

function prints(...words: string[]): CommandHunt {
  return async ({ daemon, event }) => {
    const { code, stdout, stderr } = await sill(
      words.map((word) => (word === "EVENT" ? event.id : word)),
      {
        SILL_DATA: daemon.data,
      },
    );
    expect(code, stderr).toBe(0);
    expectWords(Buffer.from(stdout + stderr), 64 * 1_024, words.join(" "));
  };
}

/** The motion journal's first minute reaches the disk when it is over; until then there is nothing to ask. */
function printsOrHasNoJournal(...words: string[]): CommandHunt {
  return async ({ daemon }) => {
    const { code, stdout, stderr } = await sill(words, { SILL_DATA: daemon.data });
    if (code !== 0) expect([code, stderr]).toEqual([3, expect.stringContaining("no motion journal")]);
    expectWords(Buffer.from(stdout + stderr), 64 * 1_024, words.join(" "));
  };
}

/** What it writes is a picture, for whoever has the key. */
const huntExport: CommandHunt = async ({ daemon, clip, owner }, folder) => {
  const [key, out] = [join(folder, "key.txt"), join(folder, "clip.mp4")];
  await writeFile(key, `${owner.keys.sealIdentity}\n`);
  const args = ["clips", "export", clip.id, `--identity=${key}`, `--out=${out}`];
  const { code, stderr } = await sill(args, { SILL_DATA: daemon.data });
  expect(code, stderr).toBe(0);
  huntVideo(await readFile(out), "exported clip", 20);
};

const huntLedger: CommandHunt = async ({ daemon }, folder) => {
  const out = join(folder, "ledger.txt");
  const { code, stderr } = await sill(["ledger", "export", `--out=${out}`], { SILL_DATA: daemon.data });
  expect(code, stderr).toBe(0);
  expectWords(await readFile(out), 256 * 1_024, "ledger export");
};

/** Beside the doorbell: what its lines do, and nothing of who and where. */
const huntTrace: CommandHunt = async ({ daemon }, folder) => {
  const out = join(folder, "porch.trace.jsonl");
  const { code, stderr } = await sill(["hal", "record", out, "--for=1s"], { SILL_DATA: daemon.data });
  expect(code, stderr).toBe(0);
  expectWords(await readFile(out), 256 * 1_024, "trace");
  expect(existsSync(pictureFolder(out))).toBe(false);
};

/** With pictures: sealed in a folder beside it, opened by the owner's key and no other, and nothing of the canary in them. */
const huntTracePictures: CommandHunt = async ({ daemon, owner }, folder) => {
  const [trace, key, other] = ["seen.trace.jsonl", "seen-key.txt", "other-key.txt"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(key, `${owner.keys.sealIdentity}\n`);
  await writeFile(other, `${human(9).keys.sealIdentity}\n`);
  await recordUntil(daemon.data, trace, 3);
  expectWords(await readFile(trace), 256 * 1_024, "trace with pictures");
  const beside = pictureFolder(trace);
  for (const name of readdirSync(beside)) {
    const sealed = await readFile(join(beside, name));
    expect(sealed.toString("latin1", 0, 22), name).toBe("age-encryption.org/v1\n");
    expect(() => opened(sealed, human(9).keys), name).toThrow();
  }
  const open = (with_: string, out: string) =>
    sill(["hal", "pictures", trace, `--identity=${with_}`, `--out=${join(folder, out)}`]);
  expect((await open(other, "stranger")).code).toBe(4);
  const { code, stdout, stderr } = await open(key, "seen");
  expect(code, stderr).toBe(0);
  expectWords(Buffer.from(stdout + stderr), 64 * 1_024, "hal pictures");
  const names = readdirSync(join(folder, "seen"));
  expect([names.length >= 3, names.length]).toEqual([true, readdirSync(beside).length]);
  for (const name of names)
    expectClean(searchPicture(decodeJpeg(await readFile(join(folder, "seen", name))), camera), name);
};

/** Until so many pictures are there. */
async function recordUntil(data: string, file: string, pictures: number): Promise<void> {
  using until = untilInterrupted(systemClock, 50_000);
  const recording = recordTrace({
    settings: settingsSchema.parse({ data }),
    file,
    names: null,
    maxBytes: 64 * 1_024 * 1_024,
    picturesPerS: 2,
    clock: systemClock,
    until,
    onStarted: () => {},
  });
  const stop = systemClock.every(100, () => {
    if (existsSync(join(pictureFolder(file), pictureName(pictures)))) until.stop();
  });
  await recording.finally(stop);
}

/** Beside the doorbell, which makes it and keeps it; whatever of this machine is not in order. */
const huntSelftest: CommandHunt = async ({ daemon }, folder) => {
  const [html, junit] = [join(folder, "selftest.html"), join(folder, "selftest.xml")];
  const args = [
    "selftest",
    "--unattended",
    "--only=keys,policy,settings-sound",
    `--html=${html}`,
    `--junit=${junit}`,
  ];
  const { code, stdout, stderr } = await sill(args, { SILL_DATA: daemon.data });
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/beside a running\s+house/u);
  expectWords(Buffer.from(stdout + stderr), 64 * 1_024, "selftest");
  expectWords(await readFile(html), 256 * 1_024, "selftest --html");
  expectWords(await readFile(junit), 64 * 1_024, "selftest --junit");
};

export const commandHunts: Readonly<Record<string, CommandHunt | null>> = {
  run: null,
  // a code, once, before anybody is paired
  pair: null,
  "events list": prints("events", "list"),
  "events show": prints("events", "show", "EVENT", "--json"),
  "clips list": prints("clips", "list", "--json"),
  "clips export": huntExport,
  "ledger show": prints("ledger", "show", "--json"),
  "ledger verify": prints("ledger", "verify"),
  "ledger export": huntLedger,
  // opens what its caller has, with the key that it was sealed to, and is told of no data folder
  "parcel open": null,
  // makes a key of words, and is told of no data folder
  identity: null,
  "config check": prints("config", "check"),
  "config show": prints("config", "show"),
  "config example": prints("config", "example"),
  "config reference": prints("config", "reference"),
  "hal list": prints("hal", "list"),
  "hal watch": prints("hal", "watch", "--for=1s"),
  "hal pulse": prints("hal", "pulse", "light", "--for=50ms"),
  "hal record": huntTrace,
  // shows what stands in its caller's own file
  "hal replay": null,
  "hal pictures": huntTracePictures,
  selftest: huntSelftest,
  "calibrate report": printsOrHasNoJournal("calibrate", "report", "--json"),
  "calibrate propose": printsOrHasNoJournal("calibrate", "propose", "--json"),
  "calibrate labels": prints("calibrate", "labels", "--json"),
  "calibrate walk": printsOrHasNoJournal("calibrate", "walk", "--last", "10s", "--json"),
  "models list": prints("models", "list", "--json"),
  // they read files of their caller's and look at the simulated porch, whatever doorbell there is
  "models add": null,
  "models check": null,
  "models bench": null,
  "models remove": null,
  // shows what stands in its caller's own video, through the same mask as the doorbell's
  replay: null,
  version: prints("version"),
  "index check": prints("index", "check"),
  eye: null,
  keeper: null,
  courier: null,
  rtsp: null,
};
