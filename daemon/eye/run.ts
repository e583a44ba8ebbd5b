/**
 * Eye: the process that sees raw pixels, and the only one.
 *
 * Opens the camera (again and again, with back-off), runs a session on it, writes clips to the
 * data folder and talks to the keeper over one unix socket. It works the same with the keeper
 * gone: recordings go on, messages wait in a bounded queue, the keeper finds the files later.
 */
import { once } from "node:events";
import type { Settings } from "../../config/schema.ts";
import type { CameraDriver } from "../../hal/camera.ts";
import { systemClock } from "../../hal/clock.ts";
import type { JpegEncoder } from "../../hal/encoder.ts";
import { toFault, type Fault } from "../../hal/fault.ts";
import { openJpegEncoder } from "../../hal/gst/jpeg.ts";
import { openDetector } from "../../models/open.ts";
import type { RunnerDetector } from "../../models/runner/detector.ts";
import { offStatus } from "../../models/runner/status.ts";
import { onStop } from "../wire/lifetime.ts";
import { connectLink, type Link } from "../wire/link.ts";
import { openNotify, type Duties } from "../wire/notify.ts";
import {
  keeperToEyeSchema,
  wireVersion,
  type EyeStatus,
  type EyeToKeeper,
  type KeeperToEye,
} from "../wire/messages.ts";
import { version } from "../wire/sill-version.ts";
import { newId } from "../wire/id.ts";
import { clipFolder, pathsOf } from "../wire/paths.ts";
import { AlertPictures } from "./alert-pictures.ts";
import { ExamineDesk } from "./examine/desk.ts";
import { FocusMemory } from "./examine/focus-memory.ts";
import { Sentry } from "./guard/sentry.ts";
import { FrameTimings } from "./frame-timings.ts";
import { HeatFeed } from "./heat-feed.ts";
import { HouseWatch } from "./house-watch.ts";
import { MotionJournal } from "./motion-journal/journal.ts";
import { cameraDriver } from "./open-camera.ts";
import { pause } from "./pause.ts";
import { Pulse } from "./pulse.ts";
import { DiskQueue } from "./record/disk-queue.ts";
import { Rings } from "./rings.ts";
import { Session, type PirSaid } from "./session.ts";
import { Stages } from "./stages.ts";
import { statusOf } from "./status.ts";
import { Sleep, type WakeCause } from "./sleep.ts";
import { StillDesk } from "./still-desk.ts";
import { toldFault } from "./told-fault.ts";
import { TracePictures } from "./trace-pictures.ts";

const statusMs = 1_000;
const firstRetryMs = 500;
const lastRetryMs = 10_000;
/** At the end, a disk that stays full is waited for this long. */
const lastWriteMs = 5_000;
/** Unwritten recording held in memory while the disk is full: half a minute at 20 Mbit/s. */
const maxUnwrittenBytes = 64 * 1024 * 1024;

const megabyte = 1_000_000;

type CameraStatus = EyeStatus["camera"];

class Eye {
  readonly #settings: Settings;
  readonly #epochWallMs: number;
  readonly #clock = systemClock;
  readonly #stages = new Stages();
  readonly #stopped = new AbortController();
  readonly #queue: DiskQueue;
  readonly #house: HouseWatch;
  readonly #link: Link<EyeToKeeper>;
  readonly #pulse: Pulse;
  readonly #rings: Rings;
  readonly #stills: StillDesk;
  readonly #sleep: Sleep;
  readonly #heat: HeatFeed;
  readonly #timings = new FrameTimings((timings) => this.#link.send(timings));
  readonly #pictures: TracePictures;
  readonly #alertPictures: AlertPictures;
  readonly #examine: ExamineDesk;
  /** Says what moved, in a process of its own; null = nobody is to. */
  readonly #detector: RunnerDetector | null;
  /** Null = nothing is kept. */
  readonly #journal: MotionJournal | null;
  #jpeg: JpegEncoder | null = null;
  #camera: CameraStatus;
  #driver: CameraDriver | null = null;
  #session: Session | null = null;
  #sentry: Sentry | null = null;
  #watched = false;
  #pir: PirSaid = { state: "unknown", monoMs: 0 };

  constructor(settings: Settings, epochWallMs: number) {
    this.#settings = settings;
    this.#epochWallMs = epochWallMs;
    const paths = pathsOf(settings);
    const { width, height, fps, stallMs } = settings.camera;
    this.#pulse = new Pulse(this.#clock, stallMs);
    this.#rings = new Rings(this.#clock, settings.recording.postRollMs);
    this.#sleep = new Sleep({
      clock: this.#clock,
      enabled: settings.camera.sleep,
      quietMs: settings.camera.awakeMs,
    });
    this.#camera = { state: "opening", name: settings.camera.driver, width, height, fps };
    this.#queue = new DiskQueue({
      clock: this.#clock,
      maxBytes: maxUnwrittenBytes,
      onFull: (wantedBytes) => this.#askForRoom(wantedBytes),
    });
    this.#house = new HouseWatch({
      paths,
      clock: this.#clock,
      motion: settings.motion,
      onPolicy: ({ policy }) => {
        if (this.#session === null) this.#sendStatus();
        else this.#session.setPolicy(policy); // told once it is obeyed: onRenewed
      },
      onApplied: (applied) => this.#link.send({ type: "policy-applied", ...applied }),
      onZones: (zones) => this.#session?.setZones(zones),
      onPrivacy: ({ closed }) => this.#close(closed),
    });
    this.#stills = new StillDesk({
      clock: this.#clock,
      stage: this.#stages.at("still"),
      cameraRuns: () => (this.#camera.state === "running" && this.#session !== null) || this.#sleep.asleep,
      closed: () => this.#house.privacy.state.closed,
      household: () => this.#house.household.state.trusted?.household ?? null,
      reread: () => this.#house.household.reload(),
      viewers: () => this.#house.household.viewers,
      jpeg: () => this.#jpeg,
      report: (message) => {
        this.#link.send(message);
        this.#sendStatus(); // the nonce may be another one
      },
    });
    const { journalDays, journalMbPerDay } = settings.motion;
    this.#journal =
      journalDays === 0
        ? null
        : new MotionJournal({
            folder: paths.motion,
            mostBytesPerDay: journalMbPerDay * megabyte,
            stage: this.#stages.at("journal"),
            newId: () => newId(this.#clock.wallMs()),
          });
    // before the words that follow from it: who waits for them hears first that nobody looks
    this.#detector = openDetector(settings, this.#clock, () => this.#sendStatus());
    this.#heat = new HeatFeed({
      stage: this.#stages.at("heat"),
      send: (bytes) => this.#link.sendBinary(bytes),
    });
    this.#pictures = new TracePictures({
      stage: this.#stages.at("trace"),
      viewers: () => this.#house.household.viewers,
      jpeg: () => this.#jpeg,
      report: (picture) => this.#link.send(picture),
    });
    this.#alertPictures = new AlertPictures({
      clock: this.#clock,
      stage: this.#stages.at("alert pictures"),
      policy: () => this.#house.policy.state.policy,
      visibleFrac: () => this.#session?.visibleFrac ?? 0,
      closed: () => this.#house.privacy.state.closed,
      jpeg: () => this.#jpeg,
      report: (answer) => this.#link.send(answer),
    });
    this.#examine = new ExamineDesk({
      clock: this.#clock,
      settings: settings.camera,
      stage: this.#stages.at("examine"),
      memory: new FocusMemory(paths.focus),
      guard: () => this.#sentry?.status ?? null,
      closed: () => this.#house.privacy.state.closed,
      viewers: () => this.#house.household.viewers,
      jpeg: () => this.#jpeg,
      report: (message) => this.#link.send(message),
    });
    this.#link = connectLink<KeeperToEye, EyeToKeeper>({
      path: paths.eyeSocket,
      incoming: keeperToEyeSchema,
      clock: this.#clock,
      onMessage: (message) => this.#receive(message),
      onConnected: (connected) => this.#greet(connected),
    });
  }

  get duties(): Duties {
    return {
      trouble: () => this.#pulse.trouble(),
      status: () => {
        const { state, name, width, height, fps, fault } = this.#camera;
        // the gate of an upgrade reads the first word: an eye that sleeps is as well as one that sees
        if (state === "asleep") return `sees ${name} again at the next edge of the PIR`;
        if (state === "running") return `sees ${name}, ${width}x${height} at ${fps} frames/s`;
        return `camera ${state}${fault === undefined ? "" : `: ${fault.message}`}`;
      },
    };
  }

  /** `onReady` is called when it looks for its camera. */
  async run(onReady: () => void): Promise<void> {
    await this.#house.start();
    const cancelStatus = this.#clock.every(statusMs, () => this.#sendStatus());
    this.#jpeg = await openJpegEncoder().catch(() => null); // the camera's own opening tells what is missing
    onReady();
    try {
      await this.#cameraLoop();
    } finally {
      cancelStatus();
      await this.#lastWrites();
      await this.#detector?.close();
      await this.#jpeg?.close();
      await this.#house[Symbol.asyncDispose]();
      await this.#link.close();
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#session?.stop();
  }

  async #cameraLoop(): Promise<void> {
    let retryMs = firstRetryMs;
    let wokenBy: WakeCause | null = null;
    while (!this.#stopped.signal.aborted) {
      this.#pulse.beat();
      const { frames, atEnd, rests } = await this.#runCamera(wokenBy);
      wokenBy = null;
      if (rests) {
        this.#setCamera({ ...this.#camera, state: "asleep" });
        this.#pulse.rest();
        wokenBy = await this.#sleep.sleep(this.#stopped.signal);
        continue;
      }
      const { driver, loop } = this.#settings.camera;
      if (atEnd && driver === "replay" && !loop) return this.#rest();
      retryMs = frames > 0 ? firstRetryMs : Math.min(retryMs * 2, lastRetryMs);
      await pause(this.#clock, retryMs, this.#stopped.signal);
    }
  }

  /** A video that is not played again (camera.loop) was shown: nothing more will come. */
  async #rest(): Promise<void> {
    this.#pulse.rest();
    const { signal } = this.#stopped;
    if (!signal.aborted) await once(signal, "abort");
  }

  async #lastWrites(): Promise<void> {
    const patience = new AbortController();
    const written = Promise.all([this.#queue.idle(), this.#journal?.idle()]);
    await Promise.race([written, pause(this.#clock, lastWriteMs, patience.signal)]);
    patience.abort();
  }

  /** `wokenBy`: who woke it, after a sleep. `rests`: nothing happens any more, it may sleep. */
  async #runCamera(wokenBy: WakeCause | null): Promise<{ frames: number; atEnd: boolean; rests: boolean }> {
    let [frames, atEnd, rests] = [0, false, false];
    try {
      await using camera = await this.#driverOf().open(this.#stopped.signal);
      const { name, width, height, fps, view } = camera.info;
      const paths = pathsOf(this.#settings);
      const start = {
        policy: this.#house.policy.state.policy,
        closed: this.#house.privacy.state.closed,
        watched: this.#watched,
        pir: this.#pir,
        zones: this.#house.zones.state.settings,
      };
      const sentry = new Sentry({
        folder: paths.guard,
        clock: this.#clock,
        stage: this.#stages.at("guard"),
      });
      this.#sentry = sentry;
      const session = new Session(camera, start, {
        settings: this.#settings,
        clock: this.#clock,
        stages: this.#stages,
        clips: {
          queue: this.#queue,
          viewers: () => this.#house.household.viewers,
          jpeg: this.#jpeg,
          folderOf: (clip, startWallMs) => clipFolder(paths, clip, startWallMs),
          sendLive: (bytes) => this.#link.sendBinary(bytes),
        },
        sentry,
        detector: this.#detector,
        stills: this.#stills,
        journal: this.#journal,
        heat: this.#heat,
        timings: this.#timings,
        pictures: this.#pictures,
        alertPictures: this.#alertPictures,
        examine: this.#examine,
        report: (message) => this.#link.send(message),
        onRenewed: () => this.#sendStatus(),
      });
      this.#session = session;
      if (this.#stopped.signal.aborted) session.stop();
      await session.run(() => {
        frames += 1;
        this.#pulse.beat();
        if (frames === 1)
          this.#setCamera({
            state: "running",
            name,
            width,
            height,
            fps,
            ...(view === undefined ? {} : { view }),
          });
        if (frames === 1 && wokenBy === "pir") session.wake();
        this.#rings.hand((event) => session.press(event));
        if (session.motion.motion || session.recording !== null) this.#sleep.stir();
        rests = this.#sleep.maySleep;
        if (rests) session.stop();
      });
    } catch (error) {
      if (!this.#stopped.signal.aborted) this.#cameraFailed(toFault(error));
    } finally {
      atEnd = this.#session?.atEnd ?? false;
      this.#session = null;
      await this.#sentry?.idle();
      this.#sentry = null;
    }
    return { frames, atEnd, rests };
  }

  /** One for all openings: a long trace is read once. Made late, because settings that fit no camera are told as its fault. */
  #driverOf(): CameraDriver {
    const context = { clock: this.#clock, epochWallMs: this.#epochWallMs };
    return (this.#driver ??= cameraDriver(this.#settings, context));
  }

  #cameraFailed(fault: Fault): void {
    const { kind, message } = fault;
    this.#stages.at("camera").lastError = message;
    this.#setCamera({
      ...this.#camera,
      state: kind === "timeout" ? "stalled" : "failed",
      fault: toldFault(fault),
    });
  }

  #setCamera(camera: CameraStatus): void {
    this.#timings.flush();
    this.#camera = camera;
    this.#sendStatus();
  }

  /** Of a keeper that is there: asked again every second, and not behind its back a thousand times. */
  #askForRoom(wantedBytes: number): void {
    if (this.#link.connected) this.#link.send({ type: "disk-full", wantedBytes });
  }

  /** With no picture yet (the keeper asks as soon as it is there) the ring waits for one. */
  #press(event: string): void {
    if (this.#session?.press(event) !== true) this.#rings.add(event);
    this.#sleep.ask();
  }

  #greet(connected: boolean): void {
    if (!connected) {
      this.#heat.turn(false);
      this.#sleep.watch("heat", false);
      this.#hearPir({ state: "unknown", monoMs: this.#clock.monoMs() }); // nobody says what it does
      this.#timings.turn(false);
      this.#pictures.turn(0);
      return this.#watch(false);
    }
    // before whatever waited in the queue: the keeper wants to know who speaks
    this.#link.send({ type: "hello", process: "eye", pid: process.pid, version: wireVersion, sill: version });
    this.#sendStatus();
  }

  #receive(message: KeeperToEye): void {
    switch (message.type) {
      case "record":
        return this.#press(message.event);
      case "live":
        return this.#watch(message.on);
      case "household-changed":
      case "policy-changed":
        return void this.#house.reload();
      case "privacy":
        return void this.#house.privacy.hold(message.hold);
      case "disk-freed":
        return this.#queue.roomMade();
      case "still":
        this.#stills.ask(message);
        return this.#sleep.ask();
      case "picture-wanted":
        this.#alertPictures.want(message);
        return this.#sleep.ask();
      case "zones-changed":
        return void this.#house.zones.reload();
      case "journal-flush":
        return void this.#flushJournal(message.number);
      case "heat":
        this.#sleep.watch("heat", message.on);
        return this.#heat.turn(message.on);
      case "timings":
        this.#pictures.turn(message.picturesPerS);
        return this.#timings.turn(message.on);
      case "examine":
        this.#examine.ask(message);
        return this.#sleep.ask();
      case "pir":
        return this.#hearPir({ state: message.state, monoMs: this.#clock.monoMs() - message.agoMs });
    }
  }

  #hearPir(said: PirSaid): void {
    this.#pir = said;
    this.#session?.pir(said);
    this.#sleep.pir(said.state);
  }

  #close(closed: boolean): void {
    this.#session?.setClosed(closed);
    if (closed) this.#stills.close();
    this.#sendStatus();
  }

  async #flushJournal(number: number): Promise<void> {
    await this.#journal?.flush();
    this.#link.send({ type: "journal-flushed", number });
  }

  #watch(on: boolean): void {
    this.#watched = on;
    this.#session?.watch(on);
    this.#sleep.watch("live", on);
  }

  #sendStatus(): void {
    if (!this.#link.connected) return;
    const record = this.#stages.at("record");
    record.out = this.#queue.done;
    record.dropped = this.#queue.dropped;
    if (this.#queue.lastError !== null) record.lastError = this.#queue.lastError.message;
    this.#link.send(
      statusOf({
        camera: this.#camera,
        house: this.#house,
        session: this.#session,
        sentry: this.#sentry,
        stillNonce: this.#stills.nonce,
        journal: this.#journal,
        what: this.#detector?.status() ?? offStatus(this.#settings.what.model),
        stages: this.#stages,
      }),
    );
  }
}

/** Runs until SIGTERM or SIGINT; open recordings are closed and durable before it resolves. */
export async function runEye(settings: Settings, { epochWallMs }: { epochWallMs: number }): Promise<void> {
  const eye = new Eye(settings, epochWallMs);
  const notify = await openNotify({ env: process.env, clock: systemClock });
  onStop(() => {
    notify.stopping();
    eye.stop();
  });
  await eye.run(() => notify.ready(eye.duties));
}
