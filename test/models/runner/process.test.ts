import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import { RunnerProcess } from "../../../models/runner/process.ts";
import { takenBy } from "../../../models/runner/memory.ts";
import { files, samplesOf, words } from "./models.ts";

/** Nothing that answers at all takes so long, on however busy a machine. */
const patient = { memoryMb: 512, timeoutMs: 120_000, loadMs: 120_000 };
const open: RunnerProcess[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.end();
});

interface Started {
  readonly process: RunnerProcess;
  /** Why it ended by itself. */
  readonly ended: Promise<Fault>;
}

function start(limits: Partial<typeof patient> = {}): Started {
  const { promise, resolve } = Promise.withResolvers<Fault>();
  const process = new RunnerProcess({
    clock: systemClock,
    limits: { ...patient, ...limits },
    ended: resolve,
  });
  open.push(process);
  return { process, ended: promise };
}

const scores = async (process: RunnerProcess, samples: Uint8Array): Promise<number[]> => {
  const { outputs } = await process.run(samples);
  const data = outputs.get("scores")?.data;
  expect(data).toBeInstanceOf(Float32Array);
  return Array.from(data as Float32Array, (each) => Number(each.toFixed(3)));
};

test("pictures go in, figures come out, in order", async () => {
  const { process } = start();
  await process.load(words, files.honest());
  const answers = await Promise.all([
    scores(process, samplesOf(255, 0, 51)),
    scores(process, samplesOf(0, 102, 0)),
    scores(process, samplesOf(51, 51, 51)),
  ]);
  expect(answers).toEqual([
    [1, 0, 0.2],
    [0, 0.4, 0],
    [0.2, 0.2, 0.2],
  ]);
});

test("samples become figures by scale, mean and deviation of their channel", async () => {
  const { process } = start();
  const input = { ...words.input, mean: [0.5, 0, 0.1], std: [0.25, 2, 1] };
  await process.load({ ...words, input }, files.honest());
  expect(await scores(process, samplesOf(255, 255, 0))).toEqual([2, 0.5, -0.1]);
});

describe("the process has as little as it can:", () => {
  test("no variable of ours, no right, the last turn on the processor, the first to go when memory ends", async () => {
    const { readFile } = await import("node:fs/promises");
    const { process } = start();
    await process.load(words, files.honest());
    const of = (name: string): Promise<string> => readFile(`/proc/${process.pid}/${name}`, "utf8");
    expect((await of("environ")).split("\0").map((each) => each.split("=")[0])).toEqual([
      "PATH",
      "MALLOC_ARENA_MAX",
      "",
    ]);
    const status = await of("status");
    expect(status).toMatch(/^CapEff:\t0{16}$/mu);
    expect(status).toMatch(/^NoNewPrivs:\t1$/mu);
    expect((await of("oom_score_adj")).trim()).toBe("900");
    expect((await of("stat")).replace(/^.*\) /u, "").split(" ")[16]).toBe("10");
    expect(await of("limits")).toMatch(/^Max data size +\d+ /mu);
  });
});

describe("what goes wrong is contained:", () => {
  test.each([
    ["no model at all", new TextEncoder().encode("not a model, but long enough to be taken for one")],
    ["half a model", files.honest().subarray(0, 60)],
    ["an operation that there is not", files.unknown()],
  ])("%s is refused by onnxruntime, and the process takes another", async (_, file) => {
    const { process } = start();
    await expect(process.load(words, file)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/onnxruntime/u),
    });
    await process.load(words, files.honest());
    expect(await scores(process, samplesOf(255, 0, 0))).toEqual([1, 0, 0]);
  });

  test("shapes that do not go together are told", async () => {
    const { process } = start();
    const load = process.load(words, files.misfit()).then(() => process.run(samplesOf(1, 1, 1)));
    await expect(load).rejects.toMatchObject({ kind: "invalid" });
  });

  test("a model that hangs is ended, with everything that waits", async () => {
    const { process, ended } = start({ timeoutMs: 200 });
    await process.load(words, files.hangs());
    const answers = await Promise.allSettled([
      process.run(samplesOf(1, 1, 1)),
      process.run(samplesOf(2, 2, 2)),
    ]);
    expect(answers.map((each) => each.status === "rejected" && each.reason)).toEqual([
      expect.objectContaining({ kind: "timeout", hint: expect.stringMatching(/what\.timeoutMs/u) }),
      expect.objectContaining({ kind: "timeout" }),
    ]);
    expect((await ended).message).toBe("the model gave no answer within 0.2 s");
    expect(takenBy(process.pid ?? 0)).toBeNull();
  });

  test("an answer that comes when it was given up already hurts nobody", async () => {
    const { process, ended } = start({ timeoutMs: 200 });
    await process.load(words, files.honest());
    const answer = process.run(samplesOf(1, 1, 1)).catch((fault: unknown) => fault);
    // this process is busy for so long: then its timer is due before it reads what has come meanwhile
    for (const until = performance.now() + 600; performance.now() < until;);
    expect(await answer).toMatchObject({ kind: "timeout" });
    expect(await ended).toMatchObject({ kind: "timeout" });
  });

  test("a model that wants gigabytes gets none", async () => {
    const { process } = start({ memoryMb: 400 });
    await process.load(words, files.greedy());
    await expect(process.run(samplesOf(1, 1, 1))).rejects.toMatchObject({
      kind: "exhausted",
      hint: expect.stringMatching(/what\.memoryMb/u),
    });
  });

  test("an answer that comes after the end was decided is heard by nobody, and harms nobody", async () => {
    const { process, ended } = start();
    await process.load(words, files.honest());
    const answer = process.run(samplesOf(1, 1, 1));
    await new Promise((written) => setImmediate(written));
    // as on a busy board: the answer lies in the pipe while this process does something else
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    process.fail(new Fault("timeout", "took too long"));
    await expect(answer).rejects.toMatchObject({ message: "took too long" });
    expect((await ended).message).toBe("took too long");
  });

  test("a process that is larger than it may be is ended", async () => {
    const { process, ended } = start({ memoryMb: 20 });
    await process.load(words, files.honest()).catch(() => {});
    expect(await ended).toMatchObject({ kind: "exhausted" });
  });

  test.each(["SIGKILL", "SIGSEGV"] as const)(
    "a crash (%s) is told to who waits and once to who starts it again",
    async (signal) => {
      const { process, ended } = start();
      await process.load(words, files.hangs());
      const answer = process.run(samplesOf(1, 1, 1));
      globalThis.process.kill(process.pid ?? 0, signal);
      await expect(answer).rejects.toMatchObject({
        kind: "unavailable",
        message: expect.stringContaining(signal),
      });
      expect((await ended).message).toContain(signal);
      await expect(process.run(samplesOf(1, 1, 1))).rejects.toMatchObject({ kind: "unavailable" });
    },
  );
});
