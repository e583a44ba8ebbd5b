/**
 * API of talk: what the page asks of the doorbell about calls, replies and the chime.
 */
import type { CallAnswer, ChimeChoice, Reply, TalkState } from "../../daemon/wire/api-talk.ts";
import type { VoiceName } from "../../daemon/wire/reply-limits.ts";
import { ask, sending } from "../state/api.ts";

export async function getTalk(): Promise<TalkState> {
  return (await (await ask("/api/talk")).json()) as TalkState;
}

export async function postCall(sdp: string): Promise<CallAnswer> {
  return (await (await ask("/api/calls", sending("POST", { sdp }))).json()) as CallAnswer;
}

export async function putTalking(id: string, talking: boolean): Promise<void> {
  await ask(`/api/calls/${id}`, sending("PUT", { talking }));
}

/** `keepalive`: the page is being closed. */
export async function deleteCall(id: string): Promise<void> {
  await ask(`/api/calls/${id}`, { method: "DELETE", keepalive: true });
}

export async function playReply(id: string): Promise<void> {
  await ask(`/api/replies/${id}/play`, { method: "POST" });
}

export async function removeReply(id: string): Promise<void> {
  await ask(`/api/replies/${id}`, { method: "DELETE" });
}

export async function speakReply(name: string, said: string, voice: VoiceName): Promise<Reply> {
  return (await (await ask("/api/replies", sending("POST", { name, words: said, voice }))).json()) as Reply;
}

export async function keepRecording(name: string, wav: Uint8Array<ArrayBuffer>): Promise<Reply> {
  const init = { method: "POST", body: wav, headers: { "content-type": "audio/wav" } };
  return (await (await ask(`/api/replies/recorded?${new URLSearchParams({ name })}`, init)).json()) as Reply;
}

export async function putChime(choice: ChimeChoice): Promise<void> {
  await ask("/api/chime", sending("PUT", choice));
}

export async function tryChime(choice: ChimeChoice): Promise<void> {
  await ask("/api/chime/try", sending("POST", choice));
}
