/**
 * Calls: who is in a call with the door, at most a few at a time.
 *
 * A call is a viewer of the live picture, listens to the door while the policy in force lets it (call-ear.ts), and says
 * something there while its person talks. One talks at a time, and while somebody does nobody hears the door (half duplex:
 * no echo). Policy and turn are asked for every packet, so that what changes holds at once, and is told. A call ends with
 * its session, its connection, its process, or after `longestMs`; the talk process ends after the last one.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Person } from "../../household/record.ts";
import type { CallAnswer, Heard, Silence } from "../../wire/api-talk.ts";
import type { CallEnd } from "../../wire/call-ends.ts";
import { readOffer, type TalkReport } from "../../wire/call.ts";
import { newId } from "../../wire/id.ts";
import type { Happened } from "../history.ts";
import type { LiveHub } from "../live.ts";
import type { KeptSession } from "../people/sessions.ts";
import type { SessionSocket } from "../people/session-sockets.ts";
import { CallEar } from "./call-ear.ts";
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
/** For the ledger: could it hear the door? */
const details = { true: "could hear the door", false: "could not hear the door" } as const;

export interface CallsOptions {
  readonly clock: Clock;
  readonly enabled: boolean;
  /** Null = every address of this machine. */
  readonly bindAddress: string | null;
  readonly live: LiveHub;
  readonly door: DoorSound;
  /** Null = the door may be heard now. */
  readonly silentBecause: () => Silence | null;
  readonly append: (happened: Happened) => Promise<unknown>;
  /** It is heard in a call that was answered, or no more. */
  readonly onHeard: (id: string, heard: Heard) => void;
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
  readonly ear: CallEar;
  /** Its page knows its id: what changes is told from now on. */
  isAnswered: boolean;
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
      const asks = offer.sections.some(({ kind }) => kind === "audio");
      const may = asks && this.#options.silentBecause() === null;
      await append({
        who: caller.person.name,
        what: "call",
        detail: asks ? details[`${may}`] : "picture alone",
      });
      this.#expectGoesOn(call);
      call.process.order(call.number, { type: "offer", offer, bindAddress: this.#options.bindAddress });
      live.add(call.viewer);
      this.#expectGoesOn(call);
      call.cancel = clock.after(answerMs, () =>
        call.answer.reject(new Fault("timeout", "the call was not answered in time")),
      );
      const [answer] = await Promise.all([call.answer.promise, asks ? call.ear.begin(may) : undefined]);
      call.cancel();
      call.cancel = clock.after(connectMs, () => this.#end(call, "lost"));
      call.isAnswered = true;
      return { id: call.id, sdp: answer, heard: call.ear.heard };
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

  #begin({ person, session, bind }: Caller): Call {
    const { clock, door, silentBecause, append, onHeard, onChange } = this.#options;
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
      ear: new CallEar({
        door,
        silentBecause,
        note: () => append({ who: person.name, what: "call", detail: details.true }),
        onPacket: (packet) => this.#talker === null && process.sound(number, packet),
        onHeard: (heard) => call.isAnswered && onHeard(call.id, heard),
      }),
      isAnswered: false,
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

  #look(): void {
    for (const call of this.#calls.values())
      // what the ledger cannot say must not be heard
      this.#settle(call.ear.attend().catch(() => this.#end(call, "lost")));
  }

  #end(call: Call, why: CallEnd): void {
    if (!this.#calls.delete(call.number)) return;
    const { onChange, onEnded } = this.#options;
    call.cancel();
    call.answer.reject(hasEnded());
    if (this.#talker === call) this.#talker = null;
    call.viewer.close();
    call.process.order(call.number, { type: "hang-up" });
    this.#settle(call.ear.end());
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
