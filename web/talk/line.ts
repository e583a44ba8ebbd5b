/**
 * Line: the WebRTC side of a call: an offer with everything in it, one request, one answer.
 *
 * Only the doorbell's own addresses are used: no server elsewhere is asked for anything.
 */
import type { CallAnswer } from "../../daemon/wire/api-talk.ts";
import { postCall } from "./api.ts";

export interface LineOptions {
  readonly voice: MediaStreamTrack | null;
  readonly onPicture: (stream: MediaStream) => void;
  readonly onSound: (stream: MediaStream) => void;
  readonly onLost: () => void;
}

export interface Line {
  readonly answer: CallAnswer;
  close(): void;
}

/** Finding this device's own addresses takes a moment; what is not found by then is not needed. */
const gatherMs = 1_500;
/** A connection may come back from a moment of silence. */
const lostMs = 4_000;

/** Throws what the doorbell answered. */
export async function openLine({ voice, onPicture, onSound, onLost }: LineOptions): Promise<Line> {
  const connection = new RTCPeerConnection();
  let silence: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    clearTimeout(silence);
    connection.onconnectionstatechange = null;
    connection.close();
  };
  connection.onconnectionstatechange = () => {
    clearTimeout(silence);
    if (connection.connectionState === "failed") onLost();
    if (connection.connectionState === "disconnected") silence = setTimeout(onLost, lostMs);
  };
  connection.ontrack = ({ track }) => {
    const stream = new MediaStream([track]);
    if (track.kind === "video") onPicture(stream);
    else onSound(stream);
  };
  try {
    if (voice === null) connection.addTransceiver("audio", { direction: "recvonly" });
    else connection.addTransceiver(voice, { direction: "sendrecv" });
    const { receiver } = connection.addTransceiver("video", { direction: "recvonly" });
    if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 0;
    await connection.setLocalDescription();
    await gathered(connection);
    const answer = await postCall(connection.localDescription?.sdp ?? "");
    await connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
    return { answer, close };
  } catch (error) {
    close();
    throw error;
  }
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (connection.iceGatheringState === "complete") resolve();
    };
    connection.onicegatheringstatechange = look;
    setTimeout(resolve, gatherMs);
    look();
  });
}
