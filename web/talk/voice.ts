/**
 * Voice: this device's microphone, asked for when a call begins, and why there is none.
 */
export type VoiceState = "ready" | "denied" | "none" | "insecure";

export interface Voice {
  readonly state: VoiceState;
  readonly track: MediaStreamTrack | null;
}

export async function openVoice(): Promise<Voice> {
  // absent on pages that came over plain http from elsewhere
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined) return { state: "insecure", track: null };
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const [track = null] = (await devices.getUserMedia({ audio })).getAudioTracks();
    if (track === null) return { state: "none", track };
    track.enabled = false; // silence until somebody talks
    return { state: "ready", track };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    return { state: name === "NotAllowedError" ? "denied" : "none", track: null };
  }
}
