/**
 * Ring: prints what happens at the door, one line for each ring and movement, and comes back when the line is cut.
 *
 *   SILL_URL=https://192.0.2.20:8460 SILL_KEY=sill_... NODE_EXTRA_CA_CERTS=sill.pem node ring.ts
 */
interface Event {
  readonly id: string;
  readonly kind: string;
  readonly startWallMs: number;
  readonly zones: readonly string[];
}
interface Notice {
  readonly type: string;
  readonly event?: Event;
  /** False = an event that was told before has changed. */
  readonly fresh?: boolean;
}

const { SILL_URL: url = "http://127.0.0.1:8460", SILL_KEY: key = "" } = process.env;
const headers = { authorization: `Bearer ${key}` };
const told = new Set<string>();

function tell({ id, kind, startWallMs, zones }: Event): void {
  if (told.has(id)) return;
  told.add(id);
  for (const oldest of told) if (told.size > 500) told.delete(oldest);
  console.log([new Date(startWallMs).toISOString(), kind, ...zones].join(" "));
}

/** What happened while nobody listened, oldest first. What there is at the first time is the past. */
async function catchUp(past: boolean): Promise<void> {
  const answer = await fetch(new URL("/api/events?limit=50", url), { headers });
  if (!answer.ok) throw new Error(`the doorbell answers ${answer.status}: is SILL_KEY right?`);
  const { events } = (await answer.json()) as { events: Event[] };
  for (const event of events.toReversed())
    if (past) told.add(event.id);
    else tell(event);
}

/** Until the line is cut. Between the question and the socket nothing is lost: it is asked again. */
async function listen(past: boolean): Promise<void> {
  await catchUp(past);
  const socket = new WebSocket(new URL("/api/ws", url.replace(/^http/u, "ws")), { headers });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("close", () => resolve());
    socket.addEventListener("message", ({ data }) => {
      const { type, event, fresh } = JSON.parse(String(data)) as Notice;
      if (type === "hello") catchUp(false).then(() => console.error(`listening at ${url}`), reject);
      if (type === "event" && fresh === true && event !== undefined) tell(event);
    });
  });
}

for (let past = true, waitMs = 1_000; ; waitMs = Math.min(10_000, waitMs * 2)) {
  try {
    await listen(past);
    [past, waitMs] = [false, 1_000];
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}
