/**
 * What Home Assistant is told, against its documentation:
 * https://www.home-assistant.io/integrations/mqtt/ (device discovery), and the pages of event, binary_sensor and sensor.
 */
import { expect, test } from "vitest";
import { z } from "zod";
import { discoveryOf } from "../../../../daemon/courier/mqtt/discovery.ts";
import { stateOf } from "../../../../daemon/courier/mqtt/state.ts";
import { topicsOf } from "../../../../daemon/courier/mqtt/topics.ts";
import { factsSchema, happenedSchema, switchNames, type SwitchName } from "../../../../daemon/wire/told.ts";
import { someFacts } from "./some-facts.ts";

const common = {
  name: z.string().min(1),
  unique_id: z.string().min(1),
  icon: z.string().regex(/^mdi:/u).optional(),
  entity_category: z.enum(["diagnostic", "config"]).optional(),
  json_attributes_topic: z.string().optional(),
  json_attributes_template: z.string().optional(),
};
const removed = z.strictObject({ platform: z.enum(["sensor", "binary_sensor", "switch"]) });
const componentSchema = z.union([
  removed,
  z.strictObject({
    ...common,
    platform: z.literal("event"),
    device_class: z.enum(["button", "doorbell", "motion"]).optional(),
    event_types: z.array(z.string()).min(1),
    state_topic: z.string(),
  }),
  // https://www.home-assistant.io/integrations/switch.mqtt/
  z.strictObject({
    ...common,
    platform: z.literal("switch"),
    command_topic: z.string(),
    value_template: z.string(),
    optimistic: z.literal(false),
    retain: z.literal(false),
  }),
  z.strictObject({
    ...common,
    platform: z.literal("binary_sensor"),
    device_class: z.enum(["connectivity", "motion", "problem", "running", "tamper"]).optional(),
    value_template: z.string(),
  }),
  z.strictObject({
    ...common,
    platform: z.literal("sensor"),
    device_class: z.enum(["data_size", "temperature"]),
    state_class: z.literal("measurement"),
    unit_of_measurement: z.enum(["MB", "°C"]),
    value_template: z.string(),
  }),
]);
const discoverySchema = z.strictObject({
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.string(),
    model: z.string(),
    sw_version: z.string(),
    configuration_url: z.url().optional(),
  }),
  origin: z.strictObject({ name: z.string(), sw_version: z.string() }),
  availability: z.array(z.strictObject({ topic: z.string() })),
  state_topic: z.string(),
  qos: z.literal(1),
  components: z.record(z.string(), componentSchema),
});

const topics = topicsOf({ topic: "sill", discovery: "homeassistant" }, someFacts.device);
const told = (change: Partial<typeof someFacts> = {}, switches: readonly SwitchName[] = []) =>
  discoverySchema.parse(discoveryOf({ ...someFacts, ...change }, topics, switches));

test("the message is one that Home Assistant documents, from the largest facts there are", () => {
  const facts = factsSchema.parse({ ...someFacts, page: "https://192.168.1.20:8443" });
  expect(discoverySchema.parse(discoveryOf(facts, topics, switchNames)).device.configuration_url).toBe(
    facts.page,
  );
});

test("the doorbell is an event of class doorbell that knows ring", () => {
  const { components } = told();
  expect(components[`${someFacts.device}_ring`]).toMatchObject({
    platform: "event",
    device_class: "doorbell",
    event_types: ["ring"],
    state_topic: `sill/${someFacts.device}/ring`,
  });
});

test("every value that a template asks for is in the state, and every value of the state is asked for or told beside", () => {
  const asked = Object.values(told({ pir: "quiet", temperatureC: 40 }).components).flatMap((component) =>
    "value_template" in component ? [/value_json\.(\w+)/u.exec(component.value_template)?.[1]] : [],
  );
  const said = Object.keys(stateOf(someFacts)).filter((key) => !["camera_state", "problems"].includes(key));
  expect(new Set(asked)).toEqual(new Set(said));
});

test("every kind that can be told is an event entity, and no other", () => {
  const events = Object.values(told().components).flatMap((component) =>
    "event_types" in component ? [component.event_types] : [],
  );
  expect(events).toEqual(happenedSchema.shape.kind.options.map((kind) => [kind]));
});

test("only what the settings let the broker switch is a switch; the rest is told as removed", () => {
  const keys = switchNames.map((name) => `${someFacts.device}_${name}_switch`);
  const none = told().components;
  expect(keys.map((key) => none[key])).toEqual([{ platform: "switch" }, { platform: "switch" }]);
  const one = told({}, ["privacy"]).components;
  expect(one[`${someFacts.device}_snooze_switch`]).toEqual({ platform: "switch" });
  expect(one[`${someFacts.device}_privacy_switch`]).toMatchObject({
    platform: "switch",
    command_topic: `sill/${someFacts.device}/privacy/set`,
    value_template: "{{ value_json.privacy }}",
    optimistic: false,
  });
});

test("what this doorbell lacks is told as removed", () => {
  const { components } = told({ pir: null, temperatureC: null });
  expect(components[`${someFacts.device}_pir`]).toEqual({ platform: "binary_sensor" });
  expect(components[`${someFacts.device}_temperature`]).toEqual({ platform: "sensor" });
});

test("ids come from the doorbell's own and outlive a new name, address and version", () => {
  const ids = (facts: Partial<typeof someFacts>): unknown[] => {
    const { device, components } = told(facts);
    return [
      device.identifiers,
      Object.values(components).map((each) => "unique_id" in each && each.unique_id),
    ];
  };
  const after = { name: "Front door", version: "9.9.9", page: "https://10.0.0.9" };
  expect(ids(after)).toEqual(ids({}));
  expect(ids({ device: "fedcba9876543210" })).not.toEqual(ids({}));
});

test("the state is ON, OFF or unknown", () => {
  expect(stateOf({ ...someFacts, pir: "unknown", motion: true, camera: "asleep" })).toMatchObject({
    pir: null,
    motion: "ON",
    camera: "ON",
    camera_state: "asleep",
  });
  expect(stateOf({ ...someFacts, camera: "failed", problems: ["camera failed"] })).toMatchObject({
    camera: "OFF",
    problem: "ON",
    problems: ["camera failed"],
  });
});
