/**
 * Problems: what is wrong, each under a name that stays, in words; empty = nothing is.
 *
 * The page has more words for most of them (web/status/problems.ts, by the same names) and says what to do.
 */
import type { Status } from "../wire/api-status.ts";
import { clockFault } from "./clock-fault.ts";
import { guardProblem } from "./guard-problem.ts";
import type { Parts } from "./parts.ts";
import type { Problem } from "./problem-log.ts";
import { statusOf } from "./status.ts";

/** Ways by which people are told. */
const alertStages: ReadonlySet<string> = new Set(["ntfy", "webhook", "push"]);

export function problemsOf(parts: Parts, status: Status = statusOf(parts)): Problem[] {
  return [
    ...doorProblems(status),
    ...pictureProblems(status),
    ...storeProblems(parts, status),
    ...consentProblems(parts),
    ...outsideProblems(parts, status),
  ];
}

export function problemTexts(parts: Parts, status: Status = statusOf(parts)): string[] {
  return problemsOf(parts, status).map(({ text }) => text);
}

/** Nothing, or this one. */
function when(is: boolean, id: string, text: () => string): Problem[] {
  return is ? [{ id, text: text() }] : [];
}

function fault(said: { readonly message: string } | null | undefined, id: string, before = ""): Problem[] {
  return said == null ? [] : [{ id, text: `${before}${said.message}` }];
}

function doorProblems({ camera, sensors, processes }: Status): Problem[] {
  const isWell = camera.state === "running" || camera.state === "asleep";
  const why = camera.fault === undefined ? "" : `: ${camera.fault.message}`;
  const isEyeThere = processes.some(({ name, connected }) => name === "eye" && connected);
  return [
    ...when(!isWell, isEyeThere ? "camera" : "process-eye", () => `camera ${camera.state}${why}`),
    ...sensors.flatMap(({ role, fault: wrong }) => fault(wrong, `sensor-${role}`, `${role}: `)),
    ...processes.flatMap(({ name, connected }) =>
      when(!connected && name === "courier", "process-courier", () => "the courier is not running"),
    ),
  ];
}

function pictureProblems({ camera, mask, motion, privacy, what }: Status): Problem[] {
  const guard = guardProblem(mask.guard);
  const running = camera.state === "running";
  return [
    ...when(
      running && mask.fault !== undefined,
      "mask",
      () => `everything is masked: ${mask.fault?.message}`,
    ),
    ...fault(privacy.fault, "privacy", "privacy: "),
    ...when(running && guard !== null, "guard", () => guard ?? ""),
    ...fault(motion.fault, "zones", "motion zones: "),
    ...fault(motion.journal?.fault, "motion-journal", "motion journal: "),
    ...fault(what?.fault, "what", "what moved is not told: "),
  ];
}

function storeProblems({ store, people }: Parts, { storage }: Status): Problem[] {
  const { waiting, dropped, fault: broken } = store.queue;
  return [
    ...fault(people.household.fault, "household"),
    ...when(!store.isOpen, "index", () => "the index is not open"),
    ...fault(storage.fault, "storage", "store: "),
    ...when(storage.full, "full", () => "the disk is full"),
    ...when(waiting > 0 && broken !== null, "waiting", () => `${waiting} changes wait for the disk`),
    ...when(dropped > 0, "not-stored", () => `${dropped} changes were not stored`),
  ];
}

function consentProblems({ feedDesk, grants, consent, history, janitor }: Parts): Problem[] {
  const ledger = history.fault;
  return [
    ...fault(feedDesk.status.fault, "portal", "requests: "),
    // not what keeps a grant from going on: health is for everybody, and that there is one is not
    ...fault(grants.unreadable, "grants", "nothing is sent: "),
    ...fault(consent.house.fault, "house"),
    ...when(ledger !== null, "ledger", () => `ledger: ${ledger?.message}; nothing is shown or sent`),
    ...fault(clockFault(grants.clock, janitor.holdMs), "clock"),
  ];
}

function outsideProblems({ courier, phones, named, rules, clock }: Parts, { rtsp }: Status): Problem[] {
  const { stages = [], mqtt } = courier.status ?? {};
  return [
    ...stages
      .filter(({ name, lastError }) => lastError !== undefined && alertStages.has(name))
      .map(({ name, lastError }) => ({ id: `alerts-${name}`, text: `alerts by ${name}: ${lastError}` })),
    ...fault(phones.fault, "phones"),
    ...fault(named?.fault, "named-certificate"),
    ...fault(rules.fault, "alert-rules"),
    ...fault(rtsp?.fault, "rtsp"),
    ...fault(mqtt?.fault, "mqtt"),
    ...when(
      courier.peer.isSilent(clock.monoMs()),
      "process-courier",
      () => "the courier says nothing any more",
    ),
  ];
}
