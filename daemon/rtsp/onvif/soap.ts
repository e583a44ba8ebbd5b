/**
 * SOAP: the envelope around what ONVIF clients ask and are answered (SOAP 1.2), and its faults.
 */
import { Fault } from "../../../hal/fault.ts";
import { childOf, escaped, parseXml, type XmlElement } from "./xml.ts";

export const namespaces = {
  s: "http://www.w3.org/2003/05/soap-envelope",
  tt: "http://www.onvif.org/ver10/schema",
  tds: "http://www.onvif.org/ver10/device/wsdl",
  trt: "http://www.onvif.org/ver10/media/wsdl",
  tev: "http://www.onvif.org/ver10/events/wsdl",
  wsnt: "http://docs.oasis-open.org/wsn/b-2",
  wstop: "http://docs.oasis-open.org/wsn/t-1",
  wsa: "http://www.w3.org/2005/08/addressing",
  tns1: "http://www.onvif.org/ver10/topics",
  ter: "http://www.onvif.org/ver10/error",
} as const;
const oldEnvelope = "http://schemas.xmlsoap.org/soap/envelope/";

export interface SoapRequest {
  /** WS-Security's token; null = none came. */
  readonly token: XmlElement | null;
  readonly messageId: string | null;
  /** What is asked: an element of the namespace of its service. */
  readonly asked: XmlElement;
}

/** Throws Fault `invalid`. */
export function soapRequest(source: string): SoapRequest {
  const envelope = parseXml(source);
  const body = childOf(envelope, "Body");
  const asked = body?.children[0];
  const isSoap = envelope.name === "Envelope" && [namespaces.s, oldEnvelope].includes(envelope.ns);
  if (!isSoap || asked === undefined) throw new Fault("invalid", "no SOAP request");
  const header = childOf(envelope, "Header");
  const messageId = childOf(header, "MessageID")?.text.trim().slice(0, 200) ?? null;
  return { token: childOf(childOf(header, "Security"), "UsernameToken"), messageId, asked };
}

const declared = Object.entries(namespaces)
  .map(([prefix, ns]) => `xmlns:${prefix}="${ns}"`)
  .join(" ");

export function envelopeText(body: string, header = ""): string {
  const head = header === "" ? "" : `<s:Header>${header}</s:Header>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope ${declared}>${head}<s:Body>${body}</s:Body></s:Envelope>`;
}

/** ONVIF core, 5.11.2: whose fault, and what kind. */
export const soapFaults = {
  notAuthorized: ["Sender", "NotAuthorized", "Sender not authorized"],
  notImplemented: ["Receiver", "ActionNotSupported", "Optional action not implemented"],
  invalid: ["Sender", "InvalidArgVal", "Argument value invalid"],
  malformed: ["Sender", "WellFormed", "Well-formed error"],
  noProfile: ["Sender", "NoProfile", "Profile token does not exist"],
  noSubscription: ["Sender", "ResourceUnknownFault", "The subscription is over, or never was"],
  tooMany: ["Receiver", "MaxNumberOfSubscriptions", "As many subscriptions as may be"],
  action: ["Receiver", "Action", "The action failed"],
} as const;
export type SoapFaultName = keyof typeof soapFaults;

export class SoapFault extends Error {
  readonly fault: SoapFaultName;

  constructor(fault: SoapFaultName, more = "") {
    super(more === "" ? soapFaults[fault][2] : `${soapFaults[fault][2]}: ${more}`);
    this.name = "SoapFault";
    this.fault = fault;
  }
}

export function faultText({ fault, message }: SoapFault): string {
  const [code, subcode] = soapFaults[fault];
  return envelopeText(
    `<s:Fault><s:Code><s:Value>s:${code}</s:Value><s:Subcode><s:Value>ter:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${escaped(message)}</s:Text></s:Reason></s:Fault>`,
  );
}
