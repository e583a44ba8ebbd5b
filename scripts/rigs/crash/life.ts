/**
 * Life: what goes on at a door until it dies. Presses all the time, so that a recording is always under way; a policy
 * signed, zones drawn, an event marked, an old one deleted, the ledger asked for its checkpoint, in turn.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Event } from "../../../daemon/wire/api.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { policyOf } from "../paired.ts";
import { expectOk, getJson, putJson, signIn, type SignedInHuman } from "../person.ts";
import type { Witness } from "./witness.ts";

const stepMs = 60;
/** The longest that a page waits for an answer of a house that dies. */
const answerMs = 8_000;

export interface LifeOptions {
  readonly owner: SignedInHuman;
  /** The doorbell's name. */
  readonly device: string;
  readonly witness: Witness;
  /** It ends then, whatever it is doing. */
  readonly until: Promise<unknown>;
  /** False: the line stays, because a new one ends the clip that shows how much video was lost. */
  readonly policies?: boolean;
}

/** Answers how many rounds it went. Never throws: a house that dies in the middle of an answer is what is wanted. */
export async function live({ owner, device, witness, until, policies = true }: LifeOptions): Promise<number> {
  const life = { over: false };
  void until.then(() => (life.over = true));
  const impatient = patient(owner);
  const rounds = [
    ...(policies ? [() => policy(impatient, device, witness)] : []),
    () => mark(impatient, witness),
    () => zones(impatient, witness),
    () => remove(impatient, witness),
    async () => void (await signIn(owner.base, owner)),
  ];
  let round = 0;
  for (; !life.over; round += 1) {
    try {
      await press(impatient);
      await rounds[round % rounds.length]?.();
      await witness.look(impatient);
    } catch {
      // it died, or refuses: then nothing was acknowledged
    }
    await Promise.race([until, sleep(stepMs)]);
  }
  return round;
}

/** With a limit to every question. */
function patient(owner: SignedInHuman): SignedInHuman {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    owner.fetch(path, { ...init, signal: AbortSignal.timeout(answerMs) });
  return { ...owner, fetch: ask };
}

async function press(owner: SignedInHuman): Promise<void> {
  await expectOk(await owner.fetch("/api/sim/press", { method: "POST" }));
}

async function policy(owner: SignedInHuman, device: string, witness: Witness): Promise<void> {
  const version = witness.nextPolicy + 1;
  witness.note({ is: "policy-sent", version }); // used up by a house that dies before it can say so, too
  const envelope = signEnvelope(owner.keys, payloadTypes.policy, policyOf(device, { version }));
  await expectOk(await putJson(owner, "/api/policy", { envelope }));
  witness.note({ is: "policy", version });
}

async function mark(owner: SignedInHuman, witness: Witness): Promise<void> {
  const id = [...witness.events].at(-2);
  if (id === undefined) return;
  const said = witness.marks.get(id) === "good" ? "false" : "good";
  witness.note({ is: "mark", event: id }); // neither is sure until it answers
  await expectOk(await putJson(owner, `/api/events/${id}/mark`, { mark: said }));
  witness.note({ is: "mark", event: id, mark: said });
}

async function zones(owner: SignedInHuman, witness: Witness): Promise<void> {
  const now = await getJson<{ readonly zones: readonly unknown[] }>(owner, "/api/zones");
  witness.note({ is: "zones", text: null });
  const answer = await expectOk(await putJson(owner, "/api/zones", now));
  witness.note({ is: "zones", text: await answer.text() });
}

/** An old one that has ended. */
async function remove(owner: SignedInHuman, witness: Witness): Promise<void> {
  const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=50");
  const open = new Set(events.filter(({ state }) => state === "open").map(({ clip }) => clip));
  const old = events.findLast(({ state, clip }) => state !== "open" && !open.has(clip));
  if (old === undefined) return;
  witness.note({ is: "leaving", event: old.id, clip: old.clip });
  const answer = await owner.fetch(`/api/events/${old.id}`, { method: "DELETE" });
  if (answer.ok) witness.note({ is: "deleted", event: old.id });
}
