/** Who asks a call that is over to be told of its end is told at once. */
import { expect, test } from "vitest";
import { systemClock } from "../../../../hal/clock.ts";
import { LiveHub } from "../../../../daemon/keeper/live.ts";
import { SessionSockets } from "../../../../daemon/keeper/people/session-sockets.ts";
import { CallViewer } from "../../../../daemon/keeper/talk/call-viewer.ts";
import { TalkProcess } from "../../../../daemon/keeper/talk/process.ts";

async function withViewer(use: (viewer: CallViewer, codes: number[]) => void): Promise<void> {
  const process = new TalkProcess({
    clock: systemClock,
    onReport: () => {},
    onSound: () => {},
    onEnded: () => {},
  });
  const codes: number[] = [];
  use(new CallViewer({ number: 1, process, onClose: (code) => codes.push(code) }), codes);
  await process.end();
}

test("a call that is over is no viewer, and counted by nobody", async () => {
  await withViewer((viewer) => {
    const live = new LiveHub(() => {});
    viewer.close();
    live.add(viewer);
    expect(live.viewers).toBe(0);
  });
});

test("a session that is over binds no call and no socket", async () => {
  await withViewer((viewer, codes) => {
    const open = new Set(["here"]);
    const sockets = new SessionSockets((session) => open.has(session));
    sockets.add("gone", viewer);
    expect(codes).toEqual([1008]);
  });
});
