/**
 * Media service: one source, one profile, and where stream and snapshot are (ONVIF media, 5).
 */
import { streamPath } from "../server/connection.ts";
import { baseUrl, inUrl, type About } from "./about.ts";
import type { Operation } from "./device.ts";

export const tokens = {
  source: "door-source",
  sourceConfig: "door-source-config",
  encoder: "door-h264",
  profile: "door",
} as const;

/** Nobody knows while the camera is opening; clients want a number. */
const usualFps = 15;

const resolution = ({ size }: About): string =>
  `<tt:Resolution><tt:Width>${size.width}</tt:Width><tt:Height>${size.height}</tt:Height></tt:Resolution>`;

const sourceBody = ({ size }: About): string =>
  `<tt:Name>Door</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>${tokens.source}</tt:SourceToken><tt:Bounds x="0" y="0" width="${size.width}" height="${size.height}"/>`;

const encoderBody = (about: About): string => {
  const rate = `<tt:RateControl><tt:FrameRateLimit>${about.size.fps || usualFps}</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl>`;
  const h264 = "<tt:H264><tt:GovLength>30</tt:GovLength><tt:H264Profile>Baseline</tt:H264Profile></tt:H264>";
  const multicast =
    "<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>0</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>";
  return `<tt:Name>H.264</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>${resolution(about)}<tt:Quality>5</tt:Quality>${rate}${h264}${multicast}<tt:SessionTimeout>PT60S</tt:SessionTimeout>`;
};

const profileBody = (about: About): string =>
  `<tt:Name>Door</tt:Name><tt:VideoSourceConfiguration token="${tokens.sourceConfig}">${sourceBody(about)}</tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="${tokens.encoder}">${encoderBody(about)}</tt:VideoEncoderConfiguration>`;

const mediaUri = (name: string, uri: string): string =>
  `<trt:${name}Response><trt:MediaUri><tt:Uri>${uri}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:${name}Response>`;

export const snapshotPath = "/onvif/snapshot.jpg";

export const mediaOperations: Readonly<Record<string, Operation>> = {
  GetServiceCapabilities: () =>
    '<trt:GetServiceCapabilitiesResponse><trt:Capabilities SnapshotUri="true"><trt:ProfileCapabilities MaximumNumberOfProfiles="1"/><trt:StreamingCapabilities RTPMulticast="false" RTP_TCP="false" RTP_RTSP_TCP="true"/></trt:Capabilities></trt:GetServiceCapabilitiesResponse>',
  GetProfiles: (about) =>
    `<trt:GetProfilesResponse><trt:Profiles token="${tokens.profile}" fixed="true">${profileBody(about)}</trt:Profiles></trt:GetProfilesResponse>`,
  GetProfile: (about) =>
    `<trt:GetProfileResponse><trt:Profile token="${tokens.profile}" fixed="true">${profileBody(about)}</trt:Profile></trt:GetProfileResponse>`,
  GetVideoSources: (about) =>
    `<trt:GetVideoSourcesResponse><trt:VideoSources token="${tokens.source}"><tt:Framerate>${about.size.fps || usualFps}</tt:Framerate>${resolution(about)}</trt:VideoSources></trt:GetVideoSourcesResponse>`,
  GetVideoSourceConfigurations: (about) =>
    `<trt:GetVideoSourceConfigurationsResponse><trt:Configurations token="${tokens.sourceConfig}">${sourceBody(about)}</trt:Configurations></trt:GetVideoSourceConfigurationsResponse>`,
  GetVideoSourceConfiguration: (about) =>
    `<trt:GetVideoSourceConfigurationResponse><trt:Configuration token="${tokens.sourceConfig}">${sourceBody(about)}</trt:Configuration></trt:GetVideoSourceConfigurationResponse>`,
  GetVideoEncoderConfigurations: (about) =>
    `<trt:GetVideoEncoderConfigurationsResponse><trt:Configurations token="${tokens.encoder}">${encoderBody(about)}</trt:Configurations></trt:GetVideoEncoderConfigurationsResponse>`,
  GetVideoEncoderConfiguration: (about) =>
    `<trt:GetVideoEncoderConfigurationResponse><trt:Configuration token="${tokens.encoder}">${encoderBody(about)}</trt:Configuration></trt:GetVideoEncoderConfigurationResponse>`,
  GetStreamUri: (_about, { host, streamPort }) =>
    mediaUri("GetStreamUri", `rtsp://${inUrl(host)}:${streamPort}${streamPath}`),
  GetSnapshotUri: (_about, reached) => mediaUri("GetSnapshotUri", `${baseUrl(reached)}/snapshot.jpg`),
};

/** Operations that name a profile: it must be ours. */
export const ofProfile: ReadonlySet<string> = new Set(["GetProfile", "GetStreamUri", "GetSnapshotUri"]);
