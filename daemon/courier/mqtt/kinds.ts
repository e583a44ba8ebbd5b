/**
 * Kinds: what may happen at the door, as Home Assistant's event entities. One table: a kind that the wire learns does
 * not compile until it stands here, and then has its topic, its entity and its documentation.
 *
 * Only what is really told: an entity that never fires is a promise. https://www.home-assistant.io/integrations/event.mqtt/
 */
import { toldKinds, type ToldKind } from "../../alerts/kinds.ts";

export { toldKinds, type ToldKind };

interface EventEntity {
  /** Of the entity's id, for good. */
  readonly key: string;
  readonly name: string;
  readonly deviceClass: "doorbell" | "motion" | null;
  /** The message says in which zones. */
  readonly zones: boolean;
  /** Of the Material Design icons; absent = that of the device class. */
  readonly icon?: string;
}

export const eventEntities: Readonly<Record<ToldKind, EventEntity>> = {
  ring: { key: "ring", name: "Doorbell", deviceClass: "doorbell", zones: false },
  motion: { key: "activity", name: "Activity", deviceClass: "motion", zones: true },
  person: seen("person", "Person", "mdi:walk"),
  vehicle: seen("vehicle", "Vehicle", "mdi:car"),
  animal: seen("animal", "Animal", "mdi:paw"),
  crossed: seen("crossed", "Came in", "mdi:login"),
  loitering: seen("loitering", "Loitering", "mdi:account-clock"),
  waiting: seen("waiting", "Waits at the door", "mdi:account-question"),
  "parcel-left": seen("parcel_left", "Parcel left", "mdi:package-down"),
  "parcel-taken": seen("parcel_taken", "Parcel taken", "mdi:package-up"),
};

function seen(key: string, name: string, icon: string): EventEntity {
  return { key, name, icon, deviceClass: null, zones: true };
}
