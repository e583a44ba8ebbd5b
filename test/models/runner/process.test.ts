import { execFile } from "node:child_process";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { runnerCommand, type StartCommand } from "../../../models/runner/command.ts";
import { crashFault } from "../../../models/runner/faults.ts";
import { encodeFrame } from "../../../models/runner/frames.ts";
import { RunnerProcess } from "../../../models/runner/process.ts";
import { takenBy } from "../../../models/runner/memory.ts";
import { until } from "../../daemon/keeper/page.ts";
import { files, samplesOf, words } from "./models.ts";
import { signal as send } from "./signal.ts";

/** Nothing that answers at all takes so long, on however busy a machine. */
const patient = { memoryMb: 512, timeoutMs: 120_000, loadMs: 120_000 };
const open: RunnerProcess[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.end();
});

const pause = new Int32Array(new SharedArrayBuffer(4));

/** A program of one line in the runner's place; `operand` is its $0. */
function shell(line: string, operand = "sh"): StartCommand {
  return { file: "sh", args: ["-c", line, operand], env: { PATH: process.env["PATH"] ?? "" } };
}

interface Started {
  readonly process: RunnerProcess;
  /** Why it ended by itself. */
  readonly ended: Promise<Fault>;
}

function start(limits: Partial<typeof patient> = {}, command?: StartCommand): Started {
  const { promise, resolve } = Promise.withResolvers<Fault>();
  const process = new RunnerProcess({
    clock: systemClock,
    limits: { ...patient, ...limits },
    ended: resolve,
    ...(command === undefined ? {} : { command }),
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
  test("onnxruntime tells nobody what it runs: it writes no log of a sender, and opens no socket", async () => {
    const { process } = start();
    await process.load(words, files.honest());
    await process.run(samplesOf(1, 1, 1));
    const open = readdirSync(`/proc/${process.pid}/fd`).map((each) => {
      try {
        // its pipes to us are sockets
        return Number(each) <= 2 ? "" : readlinkSync(`/proc/${process.pid}/fd/${each}`);
      } catch {
        return ""; // closed meanwhile
      }
    });
    expect(open.filter((each) => /^socket:|mat-debug|onnxruntime.*\.db/u.test(each))).toEqual([]);
    expect(existsSync(join(tmpdir(), `mat-debug-${process.pid}.log`))).toBe(false);
  });

  test("no variable of ours, no right, the last turn on the processor, the first to go when memory ends", async () => {
    const { readFile } = await import("node:fs/promises");
    const { process } = start();
    await process.load(words, files.honest());
    const of = (name: string): Promise<string> => readFile(`/proc/${process.pid}/${name}`, "utf8");
    expect((await of("environ")).split("\0").map((each) => each.split("=")[0])).toEqual([
      "PATH",
      "MALLOC_ARENA_MAX",
      "ORT_DISABLE_TELEMETRY",
      "",
    ]);
    const status = await of("status");
    expect(status).toMatch(/^CapEff:\t0{16}$/mu);
    expect(status).toMatch(/^NoNewPrivs:\t1$/mu);
    expect((await of("oom_score_adj")).trim()).toBe("900");
    expect((await of("stat")).replace(/^.*\) /u, "").split(" ")[16]).toBe("10");
    expect(await of("limits")).toMatch(/^Max data size +\d+ /mu);
    // there are pictures in its memory: a crash leaves none of it, and nobody can make a file where it stands
    expect(await of("limits")).toMatch(/^Max core file size +0 +0 /mu);
    expect(readlinkSync(`/proc/${process.pid}/cwd`)).toBe("/proc");
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
    expect(takenBy(process.pid ?? -1)).toBeNull();
  });

  test("an answer that lies in the pipe when its time is over is an answer: it was this process that was late", async () => {
    const due: (() => void)[] = [];
    const clock: Clock = {
      ...systemClock,
      after(_, handler) {
        due.push(handler);
        return () => {};
      },
    };
    const folder = await mkdtemp(join(tmpdir(), "sill-late-"));
    try {
      await writeFile(join(folder, "said"), Buffer.concat(encodeFrame("loaded", {})));
      const command = shell('cat "$0/said"; echo > "$0/done"; exec cat > /dev/null', folder);
      await new Promise<void>((resolve, reject) => {
        // held up in a timer until the answer lies there: pipes are read after it
        setTimeout(() => {
          const process = new RunnerProcess({ clock, limits: patient, ended: () => {}, command });
          open.push(process);
          process.load(words, files.honest()).then(resolve, reject);
          while (!existsSync(join(folder, "done"))) Atomics.wait(pause, 0, 0, 5);
          for (const each of due.splice(0)) each();
        }, 0);
      });
      for (const each of due.splice(0)) each();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("an answer beyond what the eye reads is refused with its size, and the process goes on", async () => {
    const { process } = start();
    await process.load(words, files.long());
    await expect(process.run(samplesOf(1, 1, 1))).rejects.toMatchObject({
      kind: "invalid",
      message: "an answer of 38880000 bytes; at most 33554432 are read",
    });
    await process.load(words, files.honest());
    expect(await scores(process, samplesOf(255, 0, 0))).toEqual([1, 0, 0]);
  });

  test("it ends although what it started holds its pipes, and that ends with it", async () => {
    const { process, ended } = start({}, shell('sleep 1000 & echo "error: $!" >&2; exit 3'));
    const load = process.load(words, files.honest());
    await expect(load).rejects.toMatchObject({ kind: "unavailable" });
    const [, pid] = /exit 3 \(error: (\d+)\)/u.exec((await ended).message) ?? [];
    expect(Number(pid)).toBeGreaterThan(1);
    await until(() => takenBy(Number(pid)) === null, patient.loadMs);
  });

  test("it ends although one that left its group holds its pipes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sill-group-"));
    const leave = `setsid sh -c 'echo $$ > "$0/new"; mv "$0/new" "$0/pid"; exec sleep 1000' "$0" &`;
    try {
      const line = `${leave} while [ ! -e "$0/pid" ]; do sleep 0.05; done; exit 3`;
      const { ended } = start({}, shell(line, folder));
      expect((await ended).message).toMatch(/exit 3/u);
      send(Number(await readFile(join(folder, "pid"), "utf8")), "SIGKILL");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("words that mean nothing end it", async () => {
    const frame = Buffer.concat(encodeFrame("loaded", { more: 1 })).toString("base64");
    const { process, ended } = start({}, shell('echo "$0" | base64 -d; exec cat > /dev/null', frame));
    await expect(process.load(words, files.honest())).rejects.toMatchObject({ kind: "corrupt" });
    expect(await ended).toMatchObject({ kind: "corrupt" });
  });

  test("who grows while nothing is asked is ended too", async () => {
    const clock = new SimClock();
    const folder = await mkdtemp(join(tmpdir(), "sill-idle-"));
    const { promise: ended, resolve } = Promise.withResolvers<Fault>();
    try {
      await writeFile(join(folder, "said"), Buffer.concat(encodeFrame("loaded", {})));
      await promisify(execFile)("mkfifo", [join(folder, "go")]);
      const grow = `exec '${globalThis.process.execPath}' -e 'setInterval(() => {}, 1e9)'`;
      const command = shell(`cat "$0/said"; cat "$0/go"; ${grow}`, folder);
      const limits = { ...patient, memoryMb: 20 };
      const process = new RunnerProcess({ clock, limits, ended: resolve, command });
      open.push(process);
      await process.load(words, files.honest());
      await writeFile(join(folder, "go"), "");
      await until(() => (takenBy(process.pid ?? -1)?.rssBytes ?? 0) > 20 * 2 ** 20, patient.loadMs);
      await clock.advance(5_000);
      expect(await ended).toMatchObject({ kind: "exhausted" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("who complains without end is ended", async () => {
    const { ended } = start({}, shell("exec yes >&2"));
    expect(await ended).toMatchObject({ kind: "corrupt", message: expect.stringMatching(/without end/u) });
  });

  test("a program that is not there is told as what it is", async () => {
    const { ended } = start({}, { file: "/nowhere/setpriv", args: [], env: {} });
    expect(await ended).toMatchObject({ kind: "not-found", message: expect.stringMatching(/setpriv/u) });
  });

  test("no descriptor left to start it with: it rests, and is there when there are some again", async () => {
    const program = fileURLToPath(new URL("no-files.ts", import.meta.url));
    const run = promisify(execFile);
    const limited = ["-c", 'ulimit -Sn 64; exec "$0" "$1"', globalThis.process.execPath, program];
    const { stdout } = await run("bash", limited);
    expect(JSON.parse(stdout)).toEqual({ opened: true, state: "resting", kind: "exhausted", after: "ready" });
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
    // its own limit is not reached: what looks from outside ends it
    const { process, ended } = start({ memoryMb: 20 }, runnerCommand(patient.memoryMb));
    await process.load(words, files.honest()).catch(() => {});
    expect(await ended).toMatchObject({ kind: "exhausted", message: expect.stringMatching(/20 MB/u) });
  });

  test.each([
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    "terminate called after throwing an instance of 'std::bad_alloc'",
  ])("a process that the kernel gives no more memory says so: %s", (said) => {
    expect(crashFault({ code: null, signal: "SIGABRT", said })).toMatchObject({
      kind: "exhausted",
      hint: expect.stringMatching(/what\.memoryMb/u),
    });
  });

  test.each(["SIGKILL", "SIGSEGV"] as const)(
    "a crash (%s) is told to who waits and once to who starts it again",
    async (signal) => {
      const { process, ended } = start();
      await process.load(words, files.hangs());
      const answer = process.run(samplesOf(1, 1, 1));
      send(process.pid, signal);
      await expect(answer).rejects.toMatchObject({
        kind: "unavailable",
        message: expect.stringContaining(signal),
      });
      expect((await ended).message).toContain(signal);
      await expect(process.run(samplesOf(1, 1, 1))).rejects.toMatchObject({ kind: "unavailable" });
    },
  );
});
