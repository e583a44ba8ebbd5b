/**
 * Status: what the eye says of itself, once a second and at every change. Pure but for the process's
 * own figures.
 */
import type { RunnerStatus } from "../../models/runner/status.ts";
import type { EyeStatus } from "../wire/messages.ts";
import type { Sentry } from "./guard/sentry.ts";
import type { MotionJournal } from "./motion-journal/journal.ts";
import type { HouseWatch } from "./house-watch.ts";
import { quickestKernel } from "./motion/kernel/kernel.ts";
import type { Session } from "./session.ts";
import type { Stages } from "./stages.ts";
import { toldFault, type ToldFault } from "./told-fault.ts";
import type { Fault } from "../../hal/fault.ts";

export interface StatusParts {
  readonly camera: EyeStatus["camera"];
  readonly house: Pick<HouseWatch, "household" | "policy" | "zones" | "privacy">;
  /** Null while no camera is open. */
  readonly session: Session | null;
  readonly sentry: Sentry | null;
  readonly stillNonce: string;
  /** Null = what motion said is not kept. */
  readonly journal: Pick<MotionJournal, "counts" | "fault"> | null;
  /** Of the model that tells what moved. */
  readonly what: RunnerStatus;
  readonly stages: Stages;
}

export function statusOf({
  camera,
  house,
  session,
  sentry,
  stillNonce,
  journal,
  what,
  stages,
}: StatusParts): EyeStatus {
  const { policy, fault } = house.policy.state;
  const privacy = house.privacy.state;
  const household = house.household.state;
  const cpu = process.cpuUsage();
  return {
    type: "eye-status",
    camera,
    encoder: session?.encoder ?? "",
    mask: {
      policyVersion: policy?.version ?? null,
      visibleFrac: session?.visibleFrac ?? 0,
      ...faultOf(fault ?? session?.maskFault ?? null),
      ...(sentry === null ? {} : { guard: sentry.status }),
      ...(privacy.closed
        ? { closed: { ...faultOf(privacy.fault), ...(privacy.byWord ? { byWord: true } : {}) } }
        : {}),
    },
    household: {
      count: household.trusted?.household.count ?? 0,
      viewers: house.household.viewers.length,
      ...faultOf(household.fault),
    },
    stillNonce,
    motion: {
      active: session?.motion.motion ?? false,
      score: session?.motion.score ?? 0,
      kernel: quickestKernel(),
      ...seenOf(session),
      ...faultOf(house.zones.state.fault),
      ...(journal === null ? {} : { journal: { ...journal.counts, ...faultOf(journal.fault) } }),
    },
    what: whatOf(what),
    recording: session?.recording ?? null,
    stages: stages.list(),
    rssBytes: process.memoryUsage.rss(),
    cpuMs: Math.round((cpu.user + cpu.system) / 1_000),
  };
}

function seenOf(session: Session | null): Pick<EyeStatus["motion"], "seen"> {
  const seen = session?.takeSeen() ?? null;
  return seen === null ? {} : { seen };
}

function whatOf({ fault, ...figures }: RunnerStatus): EyeStatus["what"] {
  return { ...figures, ...faultOf(fault) };
}

function faultOf(fault: Fault | null): { fault?: ToldFault } {
  return fault === null ? {} : { fault: toldFault(fault) };
}
