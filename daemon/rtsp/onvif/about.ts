/**
 * About: what ONVIF clients are told of this doorbell. Ids that never change; no serial number of the machine, no MAC.
 */
export interface About {
  /** Made from the doorbell's own key. */
  readonly device: string;
  readonly name: string;
  readonly version: string;
  readonly size: { readonly width: number; readonly height: number; readonly fps: number };
}

/** Where this very client reached us: addresses in answers must work from where it is. */
export interface Reached {
  readonly host: string;
  readonly onvifPort: number;
  readonly streamPort: number;
}

export function baseUrl({ host, onvifPort }: Reached): string {
  return `http://${inUrl(host)}:${onvifPort}/onvif`;
}

export function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** urn:uuid of the device, for discovery and GetEndpointReference. */
export function deviceUrn(device: string): string {
  const hex = `${device}${device}`;
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** ONVIF core, 7.3.2.2. */
export function scopesOf({ name }: About): string[] {
  const scope = (path: string): string => `onvif://www.onvif.org/${path}`;
  return [
    scope("Profile/Streaming"),
    scope("type/video_encoder"),
    scope("type/Network_Video_Transmitter"),
    scope("hardware/Sill"),
    scope(`name/${encodeURIComponent(name)}`),
  ];
}
