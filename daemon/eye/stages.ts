/**
 * Stages: what went in, came out and was dropped, for every step of the main path.
 */
import { StageCounters } from "../wire/stages.ts";

export type { Stage } from "../wire/stages.ts";

export type StageName =
  | "camera"
  | "guard"
  | "mask"
  | "motion"
  | "what"
  | "encode"
  | "record"
  | "live"
  | "heat"
  | "journal"
  | "still"
  | "alert pictures"
  | "examine"
  | "trace";

export class Stages extends StageCounters<StageName> {}
