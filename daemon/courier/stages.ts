/**
 * Stages: what the courier took in, passed on and dropped.
 */
import { StageCounters } from "../wire/stages.ts";

export type StageName =
  | "feed"
  | "feed entries"
  | "parcels"
  | "chunks"
  | "docks"
  | "reach"
  | "mqtt"
  | "mqtt commands"
  | "alert pictures"
  | "ntfy"
  | "webhook"
  | "push";

export class Stages extends StageCounters<StageName> {}
