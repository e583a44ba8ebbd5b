/**
 * Topics: what ONVIF clients can be told of, and how a notification looks (ONVIF core, 9).
 *
 * A ring is the topic that doorbells use: Home Assistant and others look for a visitor there. Motion is told twice,
 * because systems look for one or the other. All are states: true, then false again.
 */
import { namespaces } from "./soap.ts";
import { tokens } from "./media.ts";

export type What = "ring" | "motion";

interface Topic {
  readonly path: readonly string[];
  readonly of: What;
  readonly source: Readonly<Record<string, string>>;
  readonly data: string;
}

export const topics: readonly Topic[] = [
  {
    path: ["RuleEngine", "MyRuleDetector", "Visitor"],
    of: "ring",
    source: { Source: tokens.source },
    data: "State",
  },
  {
    path: ["RuleEngine", "CellMotionDetector", "Motion"],
    of: "motion",
    source: {
      VideoSourceConfigurationToken: tokens.sourceConfig,
      VideoAnalyticsConfigurationToken: "door-motion",
      Rule: "motion",
    },
    data: "IsMotion",
  },
  { path: ["VideoSource", "MotionAlarm"], of: "motion", source: { Source: tokens.source }, data: "State" },
];

export interface NotificationOptions {
  readonly wallMs: number;
  readonly on: boolean;
  /** Initialized = it is so since before; Changed = it became so now. */
  readonly operation: "Initialized" | "Changed";
}

export function notificationText(topic: Topic, { wallMs, on, operation }: NotificationOptions): string {
  const items = (all: readonly (readonly [string, string])[]): string =>
    all.map(([name, value]) => `<tt:SimpleItem Name="${name}" Value="${value}"/>`).join("");
  const source = `<tt:Source>${items(Object.entries(topic.source))}</tt:Source>`;
  const data = `<tt:Data>${items([[topic.data, String(on)]])}</tt:Data>`;
  const path = `tns1:${topic.path.join("/")}`;
  return `<wsnt:NotificationMessage><wsnt:Topic Dialect="${namespaces.tev.replace("events/wsdl", "tev/topicExpression/ConcreteSet")}">${path}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${new Date(wallMs).toISOString()}" PropertyOperation="${operation}">${source}${data}</tt:Message></wsnt:Message></wsnt:NotificationMessage>`;
}

/** GetEventProperties: the tree of topics with what each one says. */
export function topicSetText(): string {
  const leaf = ({ source, data }: Topic): string => {
    const described = (names: readonly string[], type: string): string =>
      names.map((name) => `<tt:SimpleItemDescription Name="${name}" Type="${type}"/>`).join("");
    return `<tt:MessageDescription IsProperty="true"><tt:Source>${described(Object.keys(source), "tt:ReferenceToken")}</tt:Source><tt:Data>${described([data], "xs:boolean")}</tt:Data></tt:MessageDescription>`;
  };
  const under = (prefix: readonly string[]): string => {
    const at = prefix.length;
    const inside = topics.filter(({ path }) => prefix.every((name, i) => path[i] === name));
    const names = [...new Set(inside.map(({ path }) => path[at]).filter((name) => name !== undefined))];
    return names
      .map((name) => {
        const tag = at === 0 ? `tns1:${name}` : name;
        const own = inside.find(({ path }) => path[at] === name && path.length === at + 1);
        if (own !== undefined) return `<${tag} wstop:topic="true">${leaf(own)}</${tag}>`;
        return `<${tag}>${under([...prefix, name])}</${tag}>`;
      })
      .join("");
  };
  return `<wstop:TopicSet xmlns:xs="http://www.w3.org/2001/XMLSchema">${under([])}</wstop:TopicSet>`;
}
