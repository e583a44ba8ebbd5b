/**
 * Kinds: what may happen at the door, as Home Assistant's event entities. One table: a kind that the wire learns does
 * not compile until it stands here, and then has its topic, its entity and its documentation.
 *
 * Only what is really told: an entity that never fires is a promise. https://www.home-assistant.io/integrations/event.mqtt/
 */
import type { HappenedSaid } from "../../wire/told.ts";

export type ToldKind = HappenedSaid["kind"];

interface EventEntity {
  /** Of the entity's id, for good. */
  readonly key: string;
  readonly name: string;
  readonly deviceClass: "doorbell" | "motion" | null;
  /** The message says in which zones. */
  readonly zones: boolean;
}

export const eventEntities: Readonly<Record<ToldKind, EventEntity>> = {
  ring: { key: "ring", name: "Doorbell", deviceClass: "doorbell", zones: false },
  motion: { key: "activity", name: "Activity", deviceClass: "motion", zones: true },
};

export const toldKinds = Object.keys(eventEntities) as ToldKind[];
