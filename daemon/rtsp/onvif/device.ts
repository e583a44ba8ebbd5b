/**
 * Device service: what the doorbell is, what time it has, where its other services are (ONVIF core, 8).
 */
import { baseUrl, deviceUrn, scopesOf, type About, type Reached } from "./about.ts";
import { namespaces } from "./soap.ts";
import { escaped } from "./xml.ts";

export type Operation = (about: About, reached: Reached, wallMs: number) => string;

const versions = "<tt:Major>2</tt:Major><tt:Minor>60</tt:Minor>";

const serviceOf = (ns: string, address: string): string =>
  `<tds:Service><tds:Namespace>${ns}</tds:Namespace><tds:XAddr>${address}</tds:XAddr><tds:Version>${versions}</tds:Version></tds:Service>`;

const getServices: Operation = (_about, reached) => {
  const base = baseUrl(reached);
  const services = [
    serviceOf(namespaces.tds, `${base}/device_service`),
    serviceOf(namespaces.trt, `${base}/media_service`),
    serviceOf(namespaces.tev, `${base}/event_service`),
  ];
  return `<tds:GetServicesResponse>${services.join("")}</tds:GetServicesResponse>`;
};

const getCapabilities: Operation = (_about, reached) => {
  const base = baseUrl(reached);
  const device = `<tt:Device><tt:XAddr>${base}/device_service</tt:XAddr></tt:Device>`;
  const events = `<tt:Events><tt:XAddr>${base}/event_service</tt:XAddr><tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport><tt:WSPullPointSupport>true</tt:WSPullPointSupport><tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events>`;
  const media = `<tt:Media><tt:XAddr>${base}/media_service</tt:XAddr><tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>false</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities></tt:Media>`;
  return `<tds:GetCapabilitiesResponse><tds:Capabilities>${device}${events}${media}</tds:Capabilities></tds:GetCapabilitiesResponse>`;
};

/** Of the time zone nothing is told: UTC is what clients reckon with. */
const getSystemDateAndTime: Operation = (_about, _reached, wallMs) => {
  const now = new Date(wallMs);
  const time = `<tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time>`;
  const date = `<tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date>`;
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>UTC0</tt:TZ></tt:TimeZone><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
};

const getDeviceInformation: Operation = ({ device, version }) =>
  `<tds:GetDeviceInformationResponse><tds:Manufacturer>Sill</tds:Manufacturer><tds:Model>Video doorbell</tds:Model><tds:FirmwareVersion>${escaped(version)}</tds:FirmwareVersion><tds:SerialNumber>${device}</tds:SerialNumber><tds:HardwareId>Sill</tds:HardwareId></tds:GetDeviceInformationResponse>`;

const getScopes: Operation = (about) => {
  const items = scopesOf(about).map(
    (scope) =>
      `<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>${escaped(scope)}</tt:ScopeItem></tds:Scopes>`,
  );
  return `<tds:GetScopesResponse>${items.join("")}</tds:GetScopesResponse>`;
};

const getServiceCapabilities: Operation = () =>
  `<tds:GetServiceCapabilitiesResponse><tds:Capabilities><tds:Network/><tds:Security UsernameToken="true" HttpDigest="true"/><tds:System/></tds:Capabilities></tds:GetServiceCapabilitiesResponse>`;

const getEndpointReference: Operation = ({ device }) =>
  `<tds:GetEndpointReferenceResponse><tds:GUID>${deviceUrn(device)}</tds:GUID></tds:GetEndpointReferenceResponse>`;

const getHostname: Operation = () =>
  "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>true</tt:FromDHCP></tds:HostnameInformation></tds:GetHostnameResponse>";

export const deviceOperations: Readonly<Record<string, Operation>> = {
  GetServices: getServices,
  GetCapabilities: getCapabilities,
  GetSystemDateAndTime: getSystemDateAndTime,
  GetDeviceInformation: getDeviceInformation,
  GetScopes: getScopes,
  GetServiceCapabilities: getServiceCapabilities,
  GetEndpointReference: getEndpointReference,
  GetHostname: getHostname,
};

/** For everybody: a client must know our time before it can make a token (ONVIF core, 5.9.4). */
export const forStrangers: ReadonlySet<string> = new Set(["GetSystemDateAndTime"]);
