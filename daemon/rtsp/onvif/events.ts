/**
 * Event service: pull points by SOAP (ONVIF core, 9.2).
 */
import type { PullPoints } from "./pull-points.ts";
import { namespaces, SoapFault } from "./soap.ts";
import { topicSetText } from "./topics.ts";
import { childOf, type XmlElement } from "./xml.ts";

export interface EventCall {
  readonly asked: XmlElement;
  /** Of the address that was asked; null = the service itself. */
  readonly point: string | null;
  readonly base: string;
  readonly wallMs: number;
  readonly gone: AbortSignal;
}

const usualLifeMs = 60_000;
const usualLimit = 32;
const mostLimit = 100;

export const eventOperations = [
  "CreatePullPointSubscription",
  "PullMessages",
  "SetSynchronizationPoint",
  "Renew",
  "Unsubscribe",
  "GetServiceCapabilities",
  "GetEventProperties",
] as const;

/** Null = no operation of this service. */
export async function eventAnswer(points: PullPoints, call: EventCall): Promise<string | null> {
  const { asked, point, base, wallMs } = call;
  const time = (ms: number): string => new Date(Math.round(ms)).toISOString();
  const at = (): string => {
    if (point === null) throw new SoapFault("noSubscription");
    return point;
  };
  const operation = eventOperations.find((each) => each === asked.name);
  switch (operation) {
    case "CreatePullPointSubscription": {
      const lifeMs = lifeOf(childOf(asked, "InitialTerminationTime"), wallMs);
      const name = points.open(lifeMs);
      const untilMs = wallMs + points.renew(name, lifeMs);
      return `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${base}/subscription/${name}</wsa:Address></tev:SubscriptionReference><wsnt:CurrentTime>${time(wallMs)}</wsnt:CurrentTime><wsnt:TerminationTime>${time(untilMs)}</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>`;
    }
    case "PullMessages": {
      const timeoutMs = durationMs(childOf(asked, "Timeout")?.text.trim() ?? "");
      if (timeoutMs === null) throw new SoapFault("invalid", "Timeout");
      const said = Number(childOf(asked, "MessageLimit")?.text.trim() ?? usualLimit);
      const limit = Number.isInteger(said) && said > 0 ? Math.min(said, mostLimit) : usualLimit;
      const beganMs = performance.now();
      const messages = await points.pull(at(), { timeoutMs, limit, gone: call.gone });
      const nowMs = wallMs + performance.now() - beganMs;
      return `<tev:PullMessagesResponse><tev:CurrentTime>${time(nowMs)}</tev:CurrentTime><tev:TerminationTime>${time(nowMs + usualLifeMs)}</tev:TerminationTime>${messages.join("")}</tev:PullMessagesResponse>`;
    }
    case "SetSynchronizationPoint":
      points.synchronise(at());
      return "<tev:SetSynchronizationPointResponse/>";
    case "Renew": {
      const lifeMs = points.renew(at(), lifeOf(childOf(asked, "TerminationTime"), wallMs));
      return `<wsnt:RenewResponse><wsnt:TerminationTime>${time(wallMs + lifeMs)}</wsnt:TerminationTime><wsnt:CurrentTime>${time(wallMs)}</wsnt:CurrentTime></wsnt:RenewResponse>`;
    }
    case "Unsubscribe":
      points.close(at());
      return "<wsnt:UnsubscribeResponse/>";
    case "GetServiceCapabilities":
      return '<tev:GetServiceCapabilitiesResponse><tev:Capabilities WSSubscriptionPolicySupport="false" WSPausableSubscriptionManagerInterfaceSupport="false" MaxPullPoints="8"/></tev:GetServiceCapabilitiesResponse>';
    case "GetEventProperties": {
      const dialect = namespaces.tev.replace("events/wsdl", "tev/topicExpression/ConcreteSet");
      return `<tev:GetEventPropertiesResponse><tev:TopicNamespaceLocation>${namespaces.tns1}</tev:TopicNamespaceLocation><wsnt:FixedTopicSet>true</wsnt:FixedTopicSet>${topicSetText()}<wsnt:TopicExpressionDialect>${dialect}</wsnt:TopicExpressionDialect></tev:GetEventPropertiesResponse>`;
    }
    case undefined:
      return null;
  }
}

/** A duration, or a time of day in full; absent = the usual. */
function lifeOf(said: XmlElement | null, wallMs: number): number {
  const text = said?.text.trim() ?? "";
  if (text === "") return usualLifeMs;
  const lifeMs = durationMs(text) ?? Date.parse(text) - wallMs;
  if (!(lifeMs > 0)) throw new SoapFault("invalid", "termination time");
  return lifeMs;
}

/** xs:duration of days, hours, minutes and seconds; null = another text. */
export function durationMs(text: string): number | null {
  const said = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:\.(\d{1,6}))?S)?)?$/u.exec(
    text,
  );
  if (said === null || text.length < 3) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = said.slice(1, 5).map((each) => Number(each ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + Number(`0.${said[5] ?? 0}`) * 1_000;
}
