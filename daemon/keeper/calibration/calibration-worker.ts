/**
 * Calibration worker: the thread that reads the motion journal and answers questions to it.
 *
 * It runs at a lower priority than everything that answers a door. Its connection to the index reads
 * only, and is opened for each question: an index that was rebuilt meanwhile is another file.
 */
import { setPriority, constants } from "node:os";
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { Fault, toFault } from "../../../hal/fault.ts";
import { answerOf } from "../../calibration/labels/answer.ts";
import { previewOf } from "../../calibration/preview.ts";
import { proposeOf } from "../../calibration/propose/propose.ts";
import type { Tracks } from "../../calibration/tracks.ts";
import { checkKept } from "../../calibration/walk-kept.ts";
import { walkOf } from "../../calibration/walk.ts";
import { motionOf } from "../../sight/drawn.ts";
import type { JournalSpan, LabelThresholds, Preview, Proposal, Walk } from "../../wire/api-calibration.ts";
import type { DataPaths } from "../../wire/paths.ts";
import { plainFault, type Answer } from "../asked-thread.ts";
import { openReader } from "../store/database.ts";
import { Reader } from "../store/reader.ts";
import { HeldDays } from "./held.ts";
import { pastEvents, type PastSpan } from "./past-events.ts";
import type { Asked, Question, Questions, QuestionName } from "./protocol.ts";
import { Shelf } from "./shelf.ts";

try {
  setPriority(constants.priority.PRIORITY_LOW); // on Linux: of this thread alone
} catch {
  // a sandbox that forbids it: the kernel shares as it sees fit
}

/** Questions that are being answered and were not taken back. */
const wanted = new Set<number>();

const shelf = new Shelf((doneFrac) => post({ told: doneFrac }));
const heldDays = new HeldDays();

function post(answer: Answer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(answer);
}

function index<T>({ database }: DataPaths, ask: (reader: Reader) => T): T {
  using connection = openReader(database);
  return ask(new Reader(connection));
}

const eventsIn = ({ paths, fromWallMs, toWallMs }: Pick<Asked, "paths"> & PastSpan) =>
  index(paths, (reader) => pastEvents(reader, { fromWallMs, toWallMs }));

async function held({ paths, sensitivity }: Questions["held"]["ask"]): Promise<JournalSpan> {
  const { span, bytes, gaps } = await heldDays.look(paths.motion);
  return { span, bytes, gaps: [...gaps], marks: index(paths, (reader) => reader.marks()), sensitivity };
}

/** Throws Fault `cancelled` when the question was taken back meanwhile: what follows takes a while too. */
async function tracksFor(asked: Asked, fresh: boolean): Promise<Tracks> {
  const { ticket, paths, zones, fromWallMs, toWallMs, timing } = asked;
  const areas = zones.zones.map(({ name, polygon }) => ({ name, polygon }));
  wanted.add(ticket);
  try {
    const tracks = await shelf.tracks({
      ticket,
      folder: paths.motion,
      areas,
      span: { fromWallMs, toWallMs },
      timing,
      pirWindowMs: asked.settings.pirWindowMs,
      fresh,
    });
    await setImmediate(); // what was said meanwhile is heard first
    if (!wanted.has(ticket)) throw new Fault("cancelled", "nobody waits for it any more");
    return tracks;
  } finally {
    wanted.delete(ticket);
  }
}

async function preview(asked: Asked): Promise<Preview> {
  const startMs = performance.now();
  const tracks = await tracksFor(asked, false);
  const made = previewOf(tracks, motionOf(asked.zones, asked.settings), eventsIn(asked));
  return { ...made, tookMs: Math.round(performance.now() - startMs) };
}

async function propose(asked: Asked): Promise<Proposal> {
  const startMs = performance.now();
  const tracks = await tracksFor(asked, false);
  const { zones: drawn, settings } = asked;
  const made = proposeOf(tracks, { drawn, settings }, eventsIn(asked));
  return { ...made, tookMs: Math.round(performance.now() - startMs) };
}

function labels({ zones, ...asked }: Questions["labels"]["ask"]): LabelThresholds {
  return answerOf(zones, eventsIn(asked), asked);
}

async function walk(asked: Questions["walk"]["ask"]): Promise<Walk> {
  const tracks = await tracksFor(asked, true);
  checkKept(tracks);
  const { zones: drawn, settings } = asked;
  return walkOf(tracks, { ...asked.walk, drawn, settings });
}

function answer(question: Question): Promise<Questions[QuestionName]["answer"]> {
  switch (question.name) {
    case "held":
      return held(question.ask);
    case "preview":
      return preview(question.ask);
    case "propose":
      return propose(question.ask);
    case "labels":
      return Promise.resolve(labels(question.ask));
    case "walk":
      return walk(question.ask);
    case "cancel":
      wanted.delete(question.ask.ticket);
      shelf.cancel(question.ask.ticket);
      return Promise.resolve(null);
  }
}

async function reply(question: Question): Promise<void> {
  const { number } = question;
  try {
    post({ number, value: await answer(question) });
  } catch (error) {
    post({ number, fault: plainFault(toFault(error)) });
  }
}

parentPort?.on("message", (question: Question) => void reply(question));
