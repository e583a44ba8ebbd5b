/**
 * Access: whether somebody is in, and every way to come in or leave.
 *
 * One store says where this browser stands (entrance.ts decides); screens call the methods and
 * show the Fault that one throws. It signs in by itself once when the page is opened, and never
 * after a session was ended: then a person has to want it. Nothing is signed for a doorbell that
 * does not prove, by its signature over the challenge, to be the one this browser was paired with.
 */
import type { Role } from "../../daemon/household/roles.ts";
import { isViewer } from "../../daemon/household/roles.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { Door, WhoAmI } from "../../daemon/wire/api-household.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { forgetKey, open, useKey } from "../open/open.ts";
import { forgetTold } from "../push/forget-told.ts";
import { onNotSignedIn } from "../state/api.ts";
import { createStore, type Store } from "../state/store.ts";
import * as api from "./api.ts";
import { browserLabel } from "./browser-label.ts";
import { placeOf } from "./entrance.ts";
import { forgetKeyring, readKeyring, writeKeyring, type Keyring } from "./keyring.ts";
import type { Me } from "./me.ts";
import { newPersonId, newSeed } from "./new-person.ts";

/** Why nobody is signed in although there is a key. */
export type OutBecause =
  /** Signed out here. */
  | "asked"
  /** Ended by somebody, or run out. */
  | "ended"
  /** The key belongs to nobody in this house (any more). */
  | "nobody"
  /** An owner said no, or nobody answered. */
  | "refused"
  | "expired";

export type AccessState =
  | { readonly place: "opening" | "unpaired" | "stranger" | "other-doorbell" }
  | { readonly place: "away"; readonly fault: Fault }
  | { readonly place: "waiting"; readonly check: string }
  | { readonly place: "signed-out"; readonly because: OutBecause }
  | { readonly place: "in"; readonly me: Me; readonly wordsKept: boolean };

const pollMs = 2_000;
const retryMs = 3_000;
/** Then a doorbell that has neither answered nor refused is said to be away; what it answers later counts. */
const silentMs = 4_000;

export class Access {
  readonly state: Store<AccessState> = createStore<AccessState>({ place: "opening" });
  readonly #clock: Clock;
  #door: Door | null = null;
  #keyring: Keyring | null = null;
  #cancelTimer = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    onNotSignedIn(() => void this.check());
  }

  /** Looks where this browser stands; tries again by itself while the doorbell does not answer. */
  async start(): Promise<void> {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(silentMs, () => this.#silent());
    try {
      const asked = api.getDoor();
      const keyring = await this.#readKeyring();
      const found = keyring !== null && hasSession(keyring) ? await api.whoAmI() : "ended";
      const who = typeof found === "string" ? null : found;
      const door = await asked;
      this.#door = door;
      const place = placeOf({ door, keyring, who, nowWallMs: this.#clock.wallMs() });
      if (place === "in" && who !== null) return await this.#enter(who);
      if (place === "sign-in") return await this.signInOrOut();
      if (place === "waiting" && keyring?.join) return this.#wait(keyring.join);
      if (place === "signed-out") return this.#out(keyring?.signedOut === true ? "asked" : outOf(found));
      if (place === "unpaired" || place === "stranger" || place === "other-doorbell")
        this.state.set({ place });
    } catch (error) {
      this.state.set({ place: "away", fault: toFault(error) });
      this.#cancelTimer = this.#clock.after(retryMs, () => void this.start());
    }
  }

  #silent(): void {
    if (this.state.get().place !== "opening") return;
    this.state.set({ place: "away", fault: new Fault("timeout", "the doorbell says nothing") });
  }

  /** Fingerprint of the page's certificate; null on plain HTTP. */
  get certificate(): string | null {
    return this.#door?.certificate ?? null;
  }

  get seed(): Uint8Array | null {
    return this.#keyring?.seed ?? null;
  }

  /** The first owner. Throws Fault `denied` for a wrong code, with how many tries are left. */
  async pair({ code, name }: { readonly code: string; readonly name: string }): Promise<void> {
    const { device } = this.#knownDoor();
    const { keysOf, signEnvelope } = await import("./secrets.ts");
    const seed = this.seed ?? newSeed();
    const keys = keysOf(seed);
    const { signKey, sealTo } = keys;
    const person = { id: newPersonId(), name, role: "owner", signKey, sealTo };
    const link = { device, seq: 0, prev: null, issuedAt: Math.round(this.#clock.wallMs()) };
    const record = signEnvelope(keys, payloadTypes.household, { type: "enrol", ...link, person });
    await this.#keep({ ...emptyKeyring(seed, device), join: null }); // first: a paired doorbell needs its key
    await api.pair(code, record);
    await this.signIn();
  }

  /** Another browser of somebody who has the words. Throws Fault `denied` when they are nobody's here. */
  async restore(seed: Uint8Array): Promise<void> {
    const before = this.#keyring;
    await this.#keep({ ...emptyKeyring(seed, this.#knownDoor().device), wordsKept: true });
    try {
      await this.signIn();
    } catch (error) {
      if (before === null) await this.#drop();
      else await this.#keep(before);
      throw error;
    }
  }

  async join({ name, role }: { readonly name: string; readonly role: Role }): Promise<void> {
    const { keysOf, checkNumber } = await import("./secrets.ts");
    const seed = this.seed ?? newSeed();
    const { signKey, sealTo } = keysOf(seed);
    const keys = { signKey, sealTo: isViewer(role) ? sealTo : null };
    const { id } = await api.askToJoin({ name, role, ...keys });
    const join = { id, check: checkNumber(keys) }; // counted here: the doorbell is not believed
    await this.#keep({ ...emptyKeyring(seed, this.#knownDoor().device), join });
    this.#wait(join);
  }

  /** Not any more: the wish to be let in is taken back. */
  async cancelJoin(): Promise<void> {
    this.#cancelTimer();
    await this.#drop();
    this.state.set({ place: "stranger" });
  }

  /** Throws Fault `denied` when the key is nobody's, `corrupt` when another doorbell answers. */
  async signIn(): Promise<void> {
    const keyring = this.#keyring;
    if (keyring === null) throw new Fault("denied", "this browser has no key");
    const { isFrom, keysOf, signEnvelope } = await import("./secrets.ts");
    const challenge = await api.getChallenge();
    if (!isFrom(keyring.device, challenge)) {
      this.state.set({ place: "other-doorbell" });
      throw new Fault("corrupt", "another doorbell answers than the one this browser was paired with");
    }
    const login = {
      device: keyring.device,
      nonce: challenge.nonce,
      label: browserLabel(navigator.userAgent),
      issuedAt: Math.round(this.#clock.wallMs()),
    };
    await api.signIn(signEnvelope(keysOf(keyring.seed), payloadTypes.login, login));
    const who = await api.whoAmI();
    if (typeof who === "string")
      throw new Fault("denied", "this browser does not keep the doorbell's cookie");
    await this.#enter(who);
  }

  async signOut(): Promise<void> {
    await api.signOut();
    await this.#leave("asked");
  }

  /** Signs out and throws the key away: only the words bring it back. */
  async forget(): Promise<void> {
    await api.signOut().catch(() => {}); // the key goes even when the doorbell is away
    await forgetTold().catch(() => {});
    await this.#drop();
    this.state.set({ place: "opening" });
    await this.start();
  }

  /** The recovery words are in a safe place. */
  async keptWords(): Promise<void> {
    const { state } = this;
    const now = state.get();
    if (this.#keyring !== null) await this.#keep({ ...this.#keyring, wordsKept: true });
    if (now.place === "in") state.set({ ...now, wordsKept: true });
  }

  /** Something was refused or the line went dead: is the session still there? */
  async check(): Promise<void> {
    if (this.state.get().place !== "in") return;
    const who = await api.whoAmI().catch(() => undefined); // away: the page says so and tries again
    if (typeof who === "string" && this.state.get().place === "in") await this.#leave(outOf(who));
  }

  /** As `signIn`, but a key that is nobody's is a place to be, not a fault. */
  async signInOrOut(): Promise<void> {
    try {
      await this.signIn();
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind === "denied") return this.#out("nobody");
      if (this.state.get().place !== "other-doorbell") throw fault;
    }
  }

  async #enter(who: WhoAmI): Promise<void> {
    const keyring = this.#keyring;
    if (keyring === null) throw new Fault("bug", "somebody is in without a key");
    const { expiresWallMs } = who.session;
    const isNew = keyring.signedOut || keyring.join !== null || keyring.sessionEndsWallMs !== expiresWallMs;
    if (isNew)
      await this.#keep({ ...keyring, signedOut: false, join: null, sessionEndsWallMs: expiresWallMs });
    useKey(keyring.seed);
    const wordsKept = keyring.wordsKept || !isViewer(who.person.role);
    this.state.set({ place: "in", me: meOf(who, keyring), wordsKept });
  }

  async #leave(because: OutBecause): Promise<void> {
    forgetKey();
    if (because !== "ended") await forgetTold().catch(() => {}); // the doorbell has forgotten it already
    if (this.#keyring !== null)
      await this.#keep({ ...this.#keyring, signedOut: true, sessionEndsWallMs: null });
    this.#out(because);
  }

  #out(because: OutBecause): void {
    this.state.set({ place: "signed-out", because });
  }

  #wait(join: { readonly id: string; readonly check: string }): void {
    this.state.set({ place: "waiting", check: join.check });
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(pollMs, () => void this.#poll(join));
  }

  async #poll(join: { readonly id: string; readonly check: string }): Promise<void> {
    const state = await api.joinState(join.id).catch(() => "waiting" as const); // away: ask again
    if (this.state.get().place !== "waiting") return;
    if (state === "waiting") return this.#wait(join);
    if (this.#keyring !== null) await this.#keep({ ...this.#keyring, join: null });
    if (state === "enrolled") return this.signInOrOut();
    this.#out(state);
  }

  #knownDoor(): Door {
    if (this.#door === null) throw new Fault("unavailable", "the doorbell has not answered yet");
    return this.#door;
  }

  async #readKeyring(): Promise<Keyring | null> {
    this.#keyring = await readKeyring();
    return this.#keyring;
  }

  async #keep(keyring: Keyring): Promise<void> {
    await writeKeyring(keyring);
    this.#keyring = keyring;
  }

  async #drop(): Promise<void> {
    forgetKey();
    await forgetKeyring();
    this.#keyring = null;
  }
}

/** As far as this browser knows; the doorbell knows better. */
function hasSession({ sessionEndsWallMs, signedOut }: Keyring): boolean {
  return sessionEndsWallMs !== null && !signedOut;
}

function outOf(found: WhoAmI | api.Out): OutBecause {
  return found === "removed" ? "nobody" : "ended";
}

function emptyKeyring(seed: Uint8Array, device: string): Keyring {
  return { seed, device, wordsKept: false, signedOut: false, sessionEndsWallMs: null, join: null };
}

function meOf(who: WhoAmI, { seed, device }: Keyring): Me {
  return {
    ...who,
    device,
    open,
    async sign(type, value) {
      const { keysOf, signEnvelope } = await import("./secrets.ts");
      return signEnvelope(keysOf(seed), type, value);
    },
    async signOnBoard(type, value) {
      const { boardKeyOf, signEnvelope } = await import("./secrets.ts");
      return signEnvelope(boardKeyOf(seed), type, value);
    },
  };
}
