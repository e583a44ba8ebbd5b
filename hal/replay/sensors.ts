/**
 * Replayed button and PIR: the edges recorded beside a video, played by the Clock.
 */
import { Fault } from "../fault.ts";
import type { Button, Clock, PirEdge, PirSensor, Press, SensorDriver } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { type PlayOptions, levelNow, play } from "./player.ts";
import { type TraceEdge, readTrace, tracePath } from "./trace.ts";

export interface ReplaySensorOptions {
  /** The video; its trace lies beside it. */
  readonly video: string;
  readonly clock: Clock;
  /** Wall time of the video's first frame; default: the moment of opening. */
  readonly epochWallMs?: number;
  /** Start again after the trace's `durationMs`; without one it is played once. */
  readonly loop?: boolean;
}

async function load(options: ReplaySensorOptions, line: TraceEdge["line"]): Promise<PlayOptions> {
  const file = tracePath(options.video);
  const trace = await readTrace(file);
  if (!trace.lines.includes(line)) {
    const recorded =
      trace.lines.length === 0 ? "neither button nor PIR" : `only the ${trace.lines.join(", ")}`;
    throw new Fault("not-found", `${file} has no ${line}: it holds ${recorded}`, {
      hint: `set ${line}.driver to none, or record the line: sill hal record FILE --lines ${line}`,
    });
  }
  return {
    edges: trace.edges.filter((edge) => edge.line === line),
    clock: options.clock,
    epochWallMs: options.epochWallMs ?? options.clock.wallMs(),
    loopMs: options.loop === true ? trace.durationMs : null,
  };
}

/** A press is an edge to active; the trace may leave out the releases. */
export function replayButton(options: ReplaySensorOptions): SensorDriver<Button> {
  return {
    async open() {
      const presses = new Subscribers<Press>();
      const stop = play(await load(options, "button"), ({ active, monoMs, wallMs }) => {
        if (active) presses.tell({ monoMs, wallMs });
      });
      return {
        name: "replay button",
        onPress: (handler) => presses.on(handler),
        onLost: () => () => {}, // a trace is never unplugged
        async [Symbol.asyncDispose]() {
          stop();
          presses.clear();
        },
      };
    },
  };
}

/** An edge to the level that the line already has is no edge and is not told. */
export function replayPir(options: ReplaySensorOptions): SensorDriver<PirSensor> {
  return {
    async open() {
      const edges = new Subscribers<PirEdge>();
      const plan = await load(options, "pir");
      let active = levelNow(plan);
      const stop = play(plan, (edge) => {
        if (edge.active === active) return;
        active = edge.active;
        edges.tell(edge);
      });
      return {
        name: "replay pir",
        get active() {
          return active;
        },
        onEdge: (handler) => edges.on(handler),
        onLost: () => () => {},
        async [Symbol.asyncDispose]() {
          stop();
          edges.clear();
        },
      };
    },
  };
}
