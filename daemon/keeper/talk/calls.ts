/**
 * Calls: who is in a call with the door, at most a few at a time.
 *
 * A call is a viewer of the live picture, listens to the door where the policy in force lets it, and says something
 * there while its person talks. One talks at a time, and while somebody does nobody hears the door (half duplex: no
 * echo). Policy and turn are asked for every packet, so that what changes holds at once. A call ends with its session, its
 * connection, its process, or after `longestMs`; the talk process ends after the last one.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Person } from "../../household/record.ts";
import type { CallAnswer } from "../../wire/api-talk.ts";
import type { CallEnd } from "../../wire/call-ends.ts";
import { readOffer, type Offer, type TalkReport } from "../../wire/call.ts";
import { newId } from "../../wire/id.ts";
import type { Happened } from "../history.ts";
import type { LiveHub } from "../live.ts";
import type { KeptSession } from "../people/sessions.ts";
import type { SessionSocket } from "../people/session-sockets.ts";
import { CallViewer } from "./call-viewer.ts";
import type { DoorSound } from "./door-sound.ts";
import { TalkProcess } from "./process.ts";

export const mostCalls = 4;
const answerMs = 8_000;
/** From the answer to a connection that stands. */
const connectMs = 20_000;
const longestMs = 30 * 60_000;
/** Until a door that may be heard again is heard again, with another tone. */
const lookMs = 250;
const mostNumbers = 0xffff;

export interface CallsOptions {
  readonly clock: Clock;
  readonly enabled: boolean;
  /** Null = every address of this machine. */
  readonly bindAddress: string | null;
  readonly live: LiveHub;
  readonly door: DoorSound;
  /** Does the policy in force allow that the door is heard? */
  readonly mayHear: () => boolean;
  readonly append: (happened: Happened) => Promise<unknown>;
  readonly onEnded: (id: string, why: CallEnd) => void;
  readonly onChange: () => void;
}

export interface Caller {
  readonly person: Pick<Person, "id" | "name">;
  readonly session: Pick<KeptSession, "id">;
  /** Ends the call with the session. */
  readonly bind: (socket: SessionSocket) => void;
}

interface Call {
  readonly id: string;
  readonly number: number;
  readonly session: string;
  readonly process: TalkProcess;
  readonly viewer: CallViewer;
  readonly answer: PromiseWithResolvers<string>;
  readonly hear: (packet: Uint8Array) => void;
  /** Where it has once heard the door: does it now? Null = it never has. */
  hears: boolean | null;
  cancel: () => void;
}

export class Calls implements AsyncDisposable {
  readonly #options: CallsOptions;
  readonly #calls = new Map<number, Call>();
  #process: TalkProcess | null = null;
  #number = 0;
  /** Whose words sound at the door. */
  #talker: Call | null = null;
  #cancelLook: (() => void) | null = null;
  #endings = new Set<Promise<unknown>>();
  /** Packets that were said out of turn. */
  dropped = 0;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#calls.size;
  }

  /** For who measures; undefined = nobody is in a call. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Throws Fault `invalid` for what is no offer, `unavailable`, `timeout`. */
  async open(sdp: string, caller: Caller): Promise<CallAnswer> {
    const { enabled, append, clock, live } = this.#options;
    if (!enabled) throw new Fault("unavailable", "calls are off", { hint: "talk.enabled turns them on" });
    const offer = readOffer(sdp);
    if (this.#calls.size >= mostCalls)
      throw new Fault("unavailable", `there are ${mostCalls} calls already`, {
        hint: "wait until somebody hangs up",
      });
    const call = this.#begin(caller);
    try {
      this.#expectGoesOn(call);
      await append({ who: caller.person.name, what: "call", detail: this.#detailOf(offer) });
      this.#expectGoesOn(call);
      call.process.order(call.number, { type: "offer", offer, bindAddress: this.#options.bindAddress });
      live.add(call.viewer);
      this.#expectGoesOn(call);
      call.cancel = clock.after(answerMs, () =>
        call.answer.reject(new Fault("timeout", "the call was not answered in time")),
      );
      const [answer, heard] = await Promise.all([call.answer.promise, this.#listen(call, offer)]);
      call.cancel();
      call.cancel = clock.after(connectMs, () => this.#end(call, "lost"));
      return { id: call.id, sdp: answer, heard };
    } catch (error) {
      this.#end(call, "lost");
      throw error;
    }
  }

  /** False: somebody else talks. Throws Fault `not-found` for a call that is not this session's. */
  talk(id: string, session: string, talking: boolean): boolean {
    const call = this.#find(id, session);
    if (this.#talker !== null && this.#talker !== call) return !talking;
    this.#talker = talking ? call : null;
    return true;
  }

  hangUp(id: string, session: string): void {
    this.#end(this.#find(id, session), "hung-up");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const call of this.#calls.values()) this.#end(call, "stopped");
    await Promise.all(this.#endings);
  }

  #find(id: string, session: string): Call {
    for (const call of this.#calls.values()) if (call.id === id && call.session === session) return call;
    throw new Fault("not-found", "there is no such call (any more)");
  }

  /** Its session may have ended meanwhile, or the house has enough viewers. Throws Fault `unavailable`. */
  #expectGoesOn(call: Call): void {
    if (this.#calls.get(call.number) !== call) throw hasEnded();
  }

  #begin({ session, bind }: Caller): Call {
    const { clock, onChange } = this.#options;
    const number = this.#nextNumber();
    const process = (this.#process ??= this.#start());
    const call: Call = {
      id: newId(clock.wallMs()),
      number,
      session: session.id,
      process,
      viewer: new CallViewer({
        number,
        process,
        onClose: (code) => this.#end(call, code === 1008 ? "signed-out" : "lost"),
      }),
      answer: Promise.withResolvers(),
      hear: (packet) => {
        if (!this.#options.mayHear()) this.#look();
        else if (this.#talker === null) process.sound(number, packet);
      },
      hears: null,
      cancel: () => {},
    };
    call.answer.promise.catch(() => {}); // who opens it hears
    this.#calls.set(number, call);
    this.#cancelLook ??= clock.every(lookMs, () => this.#look());
    bind(call.viewer);
    onChange();
    return call;
  }

  #nextNumber(): number {
    do this.#number = (this.#number % mostNumbers) + 1;
    while (this.#calls.has(this.#number));
    return this.#number;
  }

  #start(): TalkProcess {
    const process = new TalkProcess({
      clock: this.#options.clock,
      onReport: (number, report) => this.#report(process, number, report),
      onSound: (number, packet) => this.#said(number, packet),
      onEnded: () => this.#processEnded(process),
    });
    return process;
  }

  #report(process: TalkProcess, number: number, report: TalkReport): void {
    const call = this.#calls.get(number);
    if (call === undefined || call.process !== process) return;
    if (report.type === "answer") return call.answer.resolve(report.sdp);
    if (report.type === "ended") {
      call.answer.reject(new Fault("invalid", `the offer cannot be used: ${report.why}`));
      return this.#end(call, "lost");
    }
    call.cancel();
    call.cancel = this.#options.clock.after(longestMs, () => this.#end(call, "too-long"));
  }

  #said(number: number, packet: Uint8Array): void {
    if (this.#talker?.number === number) this.#options.door.say(packet);
    else this.dropped += 1;
  }

  async #listen(call: Call, { sections }: Offer): Promise<CallAnswer["heard"]> {
    if (!sections.some(({ kind }) => kind === "audio")) return "not-asked";
    if (!this.#options.mayHear()) return "policy";
    call.hears = true;
    const heard = await this.#options.door.listen(call.hear);
    if (heard !== "microphone") return heard;
    if (!call.hears) return "policy"; // since a moment ago
    call.hears = null;
    return heard;
  }

  /** While the door may not be heard its microphone is closed; what comes after begins with a tone as every listening. */
  #look(): void {
    const { door, mayHear } = this.#options;
    const may = mayHear();
    for (const call of this.#calls.values()) {
      if (call.hears === null || call.hears === may) continue;
      call.hears = may;
      this.#settle(may ? door.listen(call.hear) : door.unlisten(call.hear));
    }
  }

  #detailOf({ sections }: Offer): string {
    if (!sections.some(({ kind }) => kind === "audio")) return "picture alone";
    return this.#options.mayHear() ? "could hear the door" : "could not hear the door";
  }

  #end(call: Call, why: CallEnd): void {
    if (!this.#calls.delete(call.number)) return;
    const { door, onChange, onEnded } = this.#options;
    call.cancel();
    call.answer.reject(hasEnded());
    if (this.#talker === call) this.#talker = null;
    call.viewer.close();
    call.process.order(call.number, { type: "hang-up" });
    this.#settle(door.unlisten(call.hear));
    if (this.#calls.size === 0) {
      this.#cancelLook?.();
      this.#cancelLook = null;
      this.#endProcess();
    }
    onEnded(call.id, why);
    onChange();
  }

  #endProcess(): void {
    const process = this.#process;
    this.#process = null;
    if (process !== null) this.#settle(process.end());
  }

  #processEnded(process: TalkProcess): void {
    if (this.#process === process) this.#process = null;
    for (const call of this.#calls.values()) if (call.process === process) this.#end(call, "lost");
  }

  #settle(ending: Promise<unknown>): void {
    this.#endings.add(ending);
    const forget = (): void => void this.#endings.delete(ending);
    ending.then(forget, forget);
  }
}

function hasEnded(): Fault {
  return new Fault("unavailable", "the call has ended");
}
