/**
 * Narrowed: a policy in force less what the next one takes back: sound, and each way out. Pure.
 */
import type { Policy } from "../policy/policy.ts";

export function narrowed(was: Policy, next: Policy): Policy {
  const both = (way: keyof Policy["publish"]): boolean =>
    was.publish[way] === true && next.publish[way] === true;
  const publish = { rtsp: both("rtsp"), ntfy: both("ntfy"), webhook: both("webhook") };
  return { ...was, audio: was.audio && next.audio, publish };
}
