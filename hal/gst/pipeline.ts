/**
 * Pipeline: a GStreamer pipeline with a life: parsed, started, asked for faults, taken down.
 *
 * The description never holds a path, an address or a password: those are set as properties, so
 * that nothing needs quoting and nothing secret is ever printed. `close` is idempotent and leaves
 * no thread behind: it waits until every element has stopped.
 */
import { Fault } from "../fault.ts";
import { faultOfError, popError, readError, sentence, type Blame } from "./bus.ts";
import { gstInstallHint } from "./lib.ts";
import type { Gst, Nullable, Out, Pointer } from "./bindings.ts";
import { stringType, valueSizeBytes } from "./structs.ts";

const [stateNull, statePlaying] = [1, 4];
const failure = 0;

export class Pipeline {
  readonly #gst: Gst;
  readonly #bin: Pointer;
  readonly #bus: Pointer;
  readonly #blame: Blame;
  readonly #elements = new Map<string, Pointer>();
  #closed = false;

  /** Throws Fault `not-found` when an element is missing, `bug` when the description is wrong. */
  constructor(gst: Gst, description: string, blame: Blame) {
    this.#gst = gst;
    this.#blame = blame;
    this.#bin = parse(gst, description);
    this.#bus = gst.elementGetBus(this.#bin);
  }

  get pointer(): Pointer {
    return this.#bin;
  }

  element(name: string): Pointer {
    const known = this.#elements.get(name);
    if (known !== undefined) return known;
    const found = this.#gst.binGetByName(this.#bin, name);
    if (found === null) throw new Fault("bug", `pipeline has no element ${name}`);
    this.#elements.set(name, found);
    return found;
  }

  setText(element: string, property: string, text: string): void {
    const value = new Uint8Array(new ArrayBuffer(valueSizeBytes));
    this.#gst.valueInit(value, stringType);
    this.#gst.valueSetString(value, text);
    this.#gst.setProperty(this.element(element), property, value);
    this.#gst.valueUnset(value);
  }

  play(): void {
    if (this.#gst.setState(this.#bin, statePlaying) !== failure) return;
    throw this.takeFault() ?? new Fault("unavailable", `${this.#blame.name}: does not start`);
  }

  /** The oldest error since the last call, or null. Cheap; also keeps the bus from filling up. */
  takeFault(): Fault | null {
    if (this.#closed) return null;
    const error = popError(this.#gst, this.#bus);
    return error === null ? null : faultOfError(error, this.#blame);
  }

  durationMs(): number | undefined {
    const timeFormat = 3;
    const ns: Out<number | bigint> = [-1];
    const known = this.#gst.queryDuration(this.#bin, timeFormat, ns) !== 0 && Number(ns[0]) > 0;
    return known ? Math.round(Number(ns[0]) / 1e6) : undefined;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#gst.setState(this.#bin, stateNull);
    for (const element of this.#elements.values()) this.#gst.objectUnref(element);
    this.#gst.objectUnref(this.#bus);
    this.#gst.objectUnref(this.#bin);
  }
}

/** gst_parse_launch may return a pipeline and an error: an error always counts. */
function parse(gst: Gst, description: string): Pointer {
  const error: Out<Nullable> = [null];
  const bin = gst.parseLaunch(description, error);
  if (error[0] === null && bin !== null) return bin;
  if (bin !== null) gst.objectUnref(bin);
  const text = error[0] === null ? "no pipeline" : readError(gst, error[0]).text;
  const missing = /no element "([^"]+)"/.exec(text)?.[1];
  if (missing !== undefined)
    throw new Fault("not-found", `GStreamer element ${missing} is missing`, { hint: gstInstallHint() });
  throw new Fault("bug", `pipeline cannot be made: ${sentence(text)}`);
}
