/**
 * Report: RTCP sender report and name (RFC 3550, 6.4.1 and 6.5), which ties the stream's clock to the time of day.
 */
const unixToNtpS = 2_208_988_800;
const two32 = 2 ** 32;
const [senderReport, sourceDescription, cname] = [200, 202, 1];

export interface ReportOptions {
  readonly ssrc: number;
  readonly wallMs: number;
  /** The stream's time at `wallMs`. */
  readonly rtpTime: number;
  readonly packets: number;
  readonly octets: number;
}

export function senderReportOf({ ssrc, wallMs, rtpTime, packets, octets }: ReportOptions): Buffer {
  const report = Buffer.alloc(28 + 20);
  report.set([0x80, senderReport, 0, 6]);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE((Math.floor(wallMs / 1_000) + unixToNtpS) % two32, 8);
  report.writeUInt32BE(Math.floor(((wallMs % 1_000) / 1_000) * two32), 12);
  report.writeUInt32BE(rtpTime, 16);
  report.writeUInt32BE(packets % two32, 20);
  report.writeUInt32BE(octets % two32, 24);
  // one chunk: the source, CNAME "sill-door", padded to words
  report.set([0x81, sourceDescription, 0, 4], 28);
  report.writeUInt32BE(ssrc, 32);
  report.set([cname, 9], 36);
  report.write("sill-door", 38, "latin1");
  return report;
}
