/**
 * Discovery: what Home Assistant is to make of this doorbell, one message for the whole device. Pure.
 *
 * https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload. Unique ids are made from the
 * doorbell's own id and never change; an entity that this doorbell lacks (no PIR, no thermometer) is told as
 * removed, by a component with nothing but its platform, so that one that is taken away goes away there too.
 */
import { switchNames, type Facts, type SwitchName } from "../../wire/told.ts";
import { eventEntities, toldKinds, type ToldKind } from "./kinds.ts";
import { switchEntities } from "./switches.ts";
import type { Topics } from "./topics.ts";

type Component = Readonly<Record<string, unknown>>;

const diagnostic = { entity_category: "diagnostic" } as const;

function binary(key: string, name: string, more: Component): Component {
  return { platform: "binary_sensor", name, value_template: `{{ value_json.${key} }}`, ...more };
}

function sensor(key: string, name: string, more: Component): Component {
  const template = `{{ value_json.${key} }}`;
  return { platform: "sensor", name, value_template: template, state_class: "measurement", ...more };
}

function eventOf(kind: ToldKind, topics: Topics): Component {
  const { name, deviceClass, icon } = eventEntities[kind];
  return {
    platform: "event",
    name,
    ...(deviceClass === null ? {} : { device_class: deviceClass }),
    ...(icon === undefined ? {} : { icon }),
    event_types: [kind],
    state_topic: topics.happened[kind],
  };
}

/** Shows what is, not what was asked for: the doorbell may say no. */
function switchOf(name: SwitchName, topics: Topics): Component {
  return {
    platform: "switch",
    ...switchEntities[name],
    command_topic: topics.set[name],
    value_template: `{{ value_json.${switchStates[name]} }}`,
    optimistic: false,
    retain: false,
  };
}

const switchStates = { privacy: "privacy", snooze: "snoozed" } as const satisfies Record<SwitchName, string>;

/** Of everything a doorbell may have; a platform alone = this one has it not. */
function componentsOf(
  facts: Facts,
  topics: Topics,
  switches: readonly SwitchName[],
): Readonly<Record<string, Component | string>> {
  return {
    ...Object.fromEntries(toldKinds.map((kind) => [eventEntities[kind].key, eventOf(kind, topics)])),
    ...Object.fromEntries(
      switchNames.map((name) => [
        `${name}_switch`,
        switches.includes(name) ? switchOf(name, topics) : "switch",
      ]),
    ),
    motion: binary("motion", "Motion", { device_class: "motion" }),
    pir: facts.pir === null ? "binary_sensor" : binary("pir", "Motion sensor", { device_class: "motion" }),
    camera: binary("camera", "Camera", { device_class: "connectivity", ...diagnostic }),
    recording: binary("recording", "Recording", { device_class: "running" }),
    watched: binary("watched", "Somebody watches", { icon: "mdi:eye" }),
    privacy: binary("privacy", "Sight closed", { icon: "mdi:eye-off" }),
    snoozed: binary("snoozed", "Alerts snoozed", { icon: "mdi:bell-sleep" }),
    tamper: binary("tamper", "Camera moved or covered", { device_class: "tamper" }),
    masked: binary("masked", "Everything masked", { icon: "mdi:eye-off", ...diagnostic }),
    problem: binary("problem", "Problem", {
      device_class: "problem",
      json_attributes_topic: topics.state,
      json_attributes_template: "{{ {'problems': value_json.problems} | tojson }}",
      ...diagnostic,
    }),
    disk_full: binary("disk_full", "Disk full", { device_class: "problem", ...diagnostic }),
    disk_free: sensor("disk_free_mb", "Free space", {
      device_class: "data_size",
      unit_of_measurement: "MB",
      ...diagnostic,
    }),
    temperature:
      facts.temperatureC === null
        ? "sensor"
        : sensor("temperature_c", "Temperature", {
            device_class: "temperature",
            unit_of_measurement: "°C",
            ...diagnostic,
          }),
  };
}

/** `switches`: those that the broker may work. */
export function discoveryOf(facts: Facts, topics: Topics, switches: readonly SwitchName[]) {
  const { device, name, version, page } = facts;
  const own = Object.entries(componentsOf(facts, topics, switches)).map(([key, component]) => [
    `${device}_${key}`,
    typeof component === "string"
      ? { platform: component }
      : { ...component, unique_id: `sill_${device}_${key}` },
  ]);
  return {
    device: {
      identifiers: [`sill_${device}`],
      name,
      manufacturer: "Sill",
      model: "Sill doorbell",
      sw_version: version,
      ...(page === null ? {} : { configuration_url: page }),
    },
    origin: { name: "sill", sw_version: version },
    availability: [{ topic: topics.status }],
    state_topic: topics.state,
    qos: 1,
    components: Object.fromEntries(own) as Readonly<Record<string, Component>>,
  };
}
