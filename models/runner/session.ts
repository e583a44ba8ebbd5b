/**
 * Session: one model in onnxruntime. The only file that calls it, and only the runner's process does.
 *
 * One thread and no arena: a doorbell has other work, and memory that was needed once is given back. What an arena saves
 * or costs is within some MB either way (measured). Threads do not spin while they wait.
 */
import { InferenceSession, Tensor, type TypedTensor } from "onnxruntime-node";
import { Fault } from "../../hal/fault.ts";
import { mostAnswerBytes } from "../runtime-limits.ts";
import { tooLongFault } from "./faults.ts";
import { tablesOf, toFigures } from "./to-figures.ts";
import { aligned } from "./frames.ts";
import { figureTypes, type AnswerWords, type LoadWords } from "./words.ts";

// it counts when the library is loaded; without it no model is run at all
if (process.env["ORT_DISABLE_TELEMETRY"] !== "1")
  throw new Fault("bug", "onnxruntime would tell its makers what it runs: ORT_DISABLE_TELEMETRY is not set");

export interface Answer {
  readonly words: AnswerWords;
  readonly parts: readonly Uint8Array[];
}

export class Session {
  readonly #words: LoadWords;
  readonly #session: InferenceSession;
  readonly #tables: readonly Float32Array[];
  /** Null where the model takes samples as they are. */
  readonly #figures: Float32Array | null;

  private constructor(words: LoadWords, session: InferenceSession) {
    this.#words = words;
    this.#session = session;
    const { type, dims } = words.input;
    this.#tables = tablesOf(words.input);
    this.#figures = type === "uint8" ? null : new Float32Array(dims.reduce((a, b) => a * b));
  }

  static async open(words: LoadWords, file: Uint8Array): Promise<Session> {
    const session = await InferenceSession.create(file, {
      intraOpNumThreads: words.threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      enableCpuMemArena: false,
      enableMemPattern: false,
      graphOptimizationLevel: "all",
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } } },
    });
    return new Session(words, session);
  }

  /** `samples`: 0..255, in the input's order. */
  async run(samples: Uint8Array): Promise<Answer> {
    const { input, outputs } = this.#words;
    const startMs = performance.now();
    const feeds: Record<string, Tensor> = { [input.name]: this.#picture(samples) };
    if (input.size !== null)
      feeds[input.size.name] = new Tensor("int64", BigInt64Array.from(input.size.value, BigInt), [1, 2]);
    const given = await this.#session.run(feeds, outputs);
    const found = outputs.map((name) => ({ name, tensor: given[name] }));
    const ms = performance.now() - startMs;
    const words = found.map(({ name, tensor }) => ({
      name,
      type: typeOf(name, tensor),
      dims: [...(tensor?.dims ?? [])],
    }));
    const parts = found.flatMap(({ tensor }) => padded(tensor));
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (bytes > mostAnswerBytes) throw tooLongFault(bytes);
    return { words: { ms, outputs: words }, parts };
  }

  #picture(samples: Uint8Array): TypedTensor<"uint8"> | TypedTensor<"float32"> {
    const { input } = this.#words;
    if (this.#figures === null) return new Tensor("uint8", samples, input.dims);
    toFigures(samples, { tables: this.#tables, layout: input.layout }, this.#figures);
    return new Tensor("float32", this.#figures, input.dims);
  }
}

function typeOf(name: string, tensor: Tensor | undefined): AnswerWords["outputs"][number]["type"] {
  const type = figureTypes.find((each) => each === tensor?.type);
  if (type !== undefined) return type;
  throw new Fault("corrupt", `the model gave ${tensor?.type ?? "nothing"} as "${name}"`);
}

/** The figures as bytes, with what follows up to the next multiple of eight. */
function padded(tensor: Tensor | undefined): Uint8Array[] {
  if (tensor === undefined || !ArrayBuffer.isView(tensor.data)) return [];
  const { buffer, byteOffset, byteLength } = tensor.data;
  return [new Uint8Array(buffer, byteOffset, byteLength), new Uint8Array(aligned(byteLength) - byteLength)];
}
