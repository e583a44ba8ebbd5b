/**
 * Problems: what is wrong, in words, and what to do about it.
 *
 * Pure: status in, list out, worst first. A fault's own hint is more exact than ours and goes
 * first; a problem that follows from another (no picture because the eye is away) is left out.
 */
import type { Status } from "../../daemon/wire/api-status.ts";
import { capital } from "../look/capital.ts";
import { number, percent, sentence } from "../look/format.ts";
import { hintSentence } from "../look/hint.ts";
import { words } from "../words.ts";

export interface Problem {
  readonly id: string;
  readonly level: "wrong" | "warn";
  readonly title: string;
  readonly hint: string;
  /** The page where it is put right, for those who may see it. */
  readonly cure?: { readonly page: "line" | "requests"; readonly word: string };
}

interface Faulty {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

const { problems: say } = words;

/** From this share of dropped pictures on a viewer would notice. */
const droppedWarnFrac = 0.02;
/** Before this many pictures a share says nothing: the first ones are late while everything starts. */
const enoughPictures = 900;
/** Stages that pictures pass; the others count messages, presses and changes. */
const pictureStages: ReadonlySet<string> = new Set(["camera", "mask", "motion", "encode", "record"]);

function withFault(fault: Faulty | undefined, hint: string): string {
  if (fault === undefined) return hint;
  if (fault.kind === "bug") return say.bug(fault.message);
  const message = `${capital(fault.message)}.`;
  return `${message} ${fault.hint === undefined ? hint : hintSentence(fault.hint)}`;
}

function processProblems(status: Status): Problem[] {
  return status.processes
    .filter((process) => !process.connected)
    .map(({ name }) => ({
      id: `process-${name}`,
      level: name === "courier" || name === "rtsp" ? "warn" : "wrong",
      title: say.process(name),
      hint: say.processHints[name],
    }));
}

function pictureProblems(status: Status): Problem[] {
  const { camera, mask, processes } = status;
  if (processes.some((process) => process.name === "eye" && !process.connected)) return [];
  if (camera.state === "failed" || camera.state === "stalled") {
    const title = camera.state === "failed" ? say.camera : say.cameraStalled;
    return [{ id: "camera", level: "wrong", title, hint: withFault(camera.fault, say.cameraHint) }];
  }
  if (mask.visibleFrac > 0 || camera.state === "opening" || camera.state === "asleep") return [];
  if (status.privacy.closed) return [];
  const { guard } = mask;
  if (guard?.state === "tripped") return [guardProblem(guard)];
  const cure = { page: "line", word: say.drawLine } as const;
  return [{ id: "mask", level: "wrong", title: say.mask, hint: withFault(mask.fault, say.maskHint), cure }];
}

/** Covered heals by itself; the rest needs an owner. */
function guardProblem({ reason = "changed" }: NonNullable<Status["mask"]["guard"]>): Problem {
  const { title, hint, go } = words.guard;
  const problem = { id: "guard", level: "wrong", title: title[reason], hint: hint[reason] } as const;
  return reason === "covered" ? problem : { ...problem, cure: { page: "line", word: go } };
}

/** That it is closed is no problem; that nobody can read or write it is one. */
function privacyProblems({ privacy }: Status): Problem[] {
  if (privacy.fault === undefined) return [];
  return [
    { id: "privacy", level: "wrong", title: say.privacy, hint: withFault(privacy.fault, say.privacyHint) },
  ];
}

function motionProblems({ motion }: Status): Problem[] {
  const problems: Problem[] = [];
  if (motion.fault !== undefined)
    problems.push({
      id: "zones",
      level: "warn",
      title: say.zones,
      hint: withFault(motion.fault, say.zonesHint),
    });
  const journal = motion.journal?.fault;
  if (journal !== undefined) {
    const hint = withFault(journal, say.motionJournalHint);
    problems.push({ id: "motion-journal", level: "warn", title: say.motionJournal, hint });
  }
  return problems;
}

/** Events, recordings and alerts go on without it. */
function whatProblems({ what }: Status): Problem[] {
  if (what?.fault === undefined) return [];
  return [{ id: "what", level: "warn", title: say.what, hint: withFault(what.fault, say.whatHint) }];
}

function storageProblems({ storage }: Status): Problem[] {
  const problems: Problem[] = [];
  if (storage.fault !== undefined) {
    const hint = withFault(storage.fault, say.storageHint);
    problems.push({ id: "storage", level: "wrong", title: say.storage, hint });
  }
  if (storage.full) problems.push({ id: "full", level: "warn", title: say.full, hint: say.fullHint });
  else if (storage.evicted > 0) {
    const title = say.evicted(number(storage.evicted));
    problems.push({ id: "evicted", level: "warn", title, hint: say.evictedHint });
  }
  return problems;
}

function ledgerProblems({ ledger }: Status): Problem[] {
  if (ledger.fault === undefined) return [];
  const hint = withFault(ledger.fault, say.ledgerHint);
  return [{ id: "ledger", level: "wrong", title: say.ledger, hint }];
}

function clockProblems({ clock }: Status): Problem[] {
  if (clock === undefined) return [];
  return [{ id: "clock", level: "warn", title: say.clock, hint: withFault(clock, say.clockHint) }];
}

/** That it cannot be fetched is said on its own page. */
function portalProblems({ feed }: Status): Problem[] {
  if (feed !== "alarm") return [];
  const { alarm, alarmShort, seeAlarm } = words.requests.feed;
  const cure = { page: "requests", word: seeAlarm } as const;
  return [{ id: "portal", level: "wrong", title: alarm, hint: alarmShort, cure }];
}

function rtspProblems({ rtsp }: Status): Problem[] {
  if (rtsp?.fault === undefined) return [];
  return [{ id: "rtsp", level: "warn", title: say.rtsp, hint: withFault(rtsp.fault, say.rtspHint) }];
}

function mqttProblems({ mqtt }: Status): Problem[] {
  if (mqtt?.fault === undefined) return [];
  return [{ id: "mqtt", level: "warn", title: say.mqtt, hint: withFault(mqtt.fault, say.mqttHint) }];
}

function alertProblems({ stages }: Status): Problem[] {
  return stages
    .filter(({ name, lastError }) => lastError !== undefined && name in say.alertChannels)
    .map(({ name, lastError }) => ({
      id: `alerts-${name}`,
      level: "warn",
      title: say.alerts(say.alertChannels[name as keyof typeof say.alertChannels]),
      hint: `${sentence(lastError ?? "")} ${say.alertsHint}`,
    }));
}

function sensorProblems(status: Status): Problem[] {
  return status.sensors
    .filter((sensor) => sensor.state === "failed")
    .map((sensor) => ({
      id: `sensor-${sensor.role}`,
      level: sensor.role === "button" ? "wrong" : "warn",
      title: say.sensor(words.status.roles[sensor.role]),
      hint: withFault(sensor.fault, say.sensorHint),
    }));
}

export interface Dropped {
  readonly count: number;
  /** Of all pictures since start. */
  readonly frac: number;
  /** Enough pictures were seen and too many of them lost. */
  readonly much: boolean;
}

export function droppedOf(status: Status): Dropped {
  const stages = status.stages.filter((stage) => pictureStages.has(stage.name));
  const count = stages.reduce((sum, stage) => sum + stage.dropped, 0);
  const seen = Math.max(0, ...stages.map((stage) => stage.in));
  const frac = seen === 0 ? 0 : Math.min(1, count / seen);
  return { count, frac, much: seen >= enoughPictures && frac >= droppedWarnFrac };
}

function droppedProblems(status: Status): Problem[] {
  const { frac, much } = droppedOf(status);
  if (!much) return [];
  return [{ id: "dropped", level: "warn", title: say.dropped(percent(frac)), hint: say.droppedHint }];
}

export function problemsOf(status: Status): Problem[] {
  const all = [
    ...sensorProblems(status),
    ...processProblems(status),
    ...pictureProblems(status),
    ...privacyProblems(status),
    ...motionProblems(status),
    ...whatProblems(status),
    ...storageProblems(status),
    ...ledgerProblems(status),
    ...clockProblems(status),
    ...portalProblems(status),
    ...mqttProblems(status),
    ...rtspProblems(status),
    ...alertProblems(status),
    ...droppedProblems(status),
  ];
  return [...all.filter(({ level }) => level === "wrong"), ...all.filter(({ level }) => level === "warn")];
}
