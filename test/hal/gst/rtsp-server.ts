/**
 * RTSP server: just enough of one (RFC 2326, interleaved over TCP) to be a network camera.
 *
 * Plays a test picture as H.264 to whoever sends PLAY with the right password, then hangs up.
 */
import { createServer, type Server, type Socket } from "node:net";
import { openGst } from "../../../hal/gst/lib.ts";
import { Pipeline } from "../../../hal/gst/pipeline.ts";
import { copyOut } from "../../../hal/gst/unit-reader.ts";

export interface RtspServer extends AsyncDisposable {
  readonly port: number;
}

const sdp = [
  "v=0",
  "o=- 1 1 IN IP4 127.0.0.1",
  "s=porch",
  "t=0 0",
  "m=video 0 RTP/AVP 96",
  "a=rtpmap:96 H264/90000",
  "a=fmtp:96 packetization-mode=1",
  "a=control:video",
  "",
].join("\r\n");

/** `login` is "user:password". */
export async function openRtspServer(login: string, frames: number): Promise<RtspServer> {
  const wanted = `Basic ${Buffer.from(login).toString("base64")}`;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => answer(socket, data.toString("latin1"), { wanted, frames }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server),
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function answer(socket: Socket, text: string, { wanted, frames }: { wanted: string; frames: number }): void {
  const request = /^(OPTIONS|DESCRIBE|SETUP|PLAY|TEARDOWN|GET_PARAMETER) /.exec(text)?.[1];
  if (request === undefined) return;
  const cseq = `CSeq: ${/CSeq: *(\d+)/i.exec(text)?.[1] ?? "0"}`;
  const say = (status: string, headers: string[], body = ""): void =>
    void socket.write(
      [`RTSP/1.0 ${status}`, cseq, ...headers, `Content-Length: ${body.length}`, "", body].join("\r\n"),
    );
  if (request === "OPTIONS") return say("200 OK", ["Public: DESCRIBE, SETUP, PLAY, TEARDOWN"]);
  if (!text.includes(wanted)) return say("401 Unauthorized", ['WWW-Authenticate: Basic realm="porch"']);
  if (request === "DESCRIBE") return say("200 OK", ["Content-Type: application/sdp"], sdp);
  say("200 OK", ["Session: 1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"]);
  if (request === "PLAY") void play(socket, frames);
}

async function play(socket: Socket, frames: number): Promise<void> {
  const gst = openGst();
  const pipeline = new Pipeline(
    gst,
    `videotestsrc is-live=true num-buffers=${frames} ! video/x-raw,format=I420,width=160,height=120,framerate=30/1 ! x264enc tune=zerolatency speed-preset=ultrafast ! rtph264pay pt=96 config-interval=-1 ! appsink name=sink sync=false`,
    { name: "rtsp server", live: true },
  );
  pipeline.play();
  const sink = pipeline.element("sink");
  while (gst.sinkIsEos(sink) === 0 && !socket.destroyed) {
    const sample = gst.sinkPull(sink, 1e6);
    if (sample !== null) {
      const packet = copyOut(gst, gst.sampleBuffer(sample));
      gst.miniUnref(sample);
      socket.write(Buffer.concat([Uint8Array.of(0x24, 0, packet.length >> 8, packet.length & 255), packet]));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  pipeline.close();
  socket.end();
}
