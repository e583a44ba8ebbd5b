/**
 * Receiving: a parcel from its announcement to its last byte, over tus (@tus/server).
 *
 * The bytes are sealed and stay opaque. What is said outside the seal is checked, kept and nothing else:
 * which grant, how long the letter is, which request, until when. The address of an upload is 256 random bits;
 * who knows it may send, look how far it is, and delete what is not finished (a share: also what is).
 * A parcel that arrived never changes. Of two with one grant's id at one dock the first that arrives stays, and
 * the sender of the second is told that it is there. Also when the first is gone: whoever has a link knows its grant
 * and its key, and must not put something else behind it, least of all under a post that a moderator has read.
 *
 * Row before bytes: a crash leaves rows without bytes, which the sweep clears, and never bytes that nobody knows.
 */
import { randomBytes } from "node:crypto";
import { MemoryLocker, Server, type Upload } from "@tus/server";
import { maxGrantDays } from "../../daemon/consent/grant.ts";
import { maxPostDays } from "../../daemon/consent/post.ts";
import type { Clock } from "../../hal/sensors.ts";
import { Fault } from "../../hal/fault.ts";
import type { ParcelBytes } from "../bytes/bytes.ts";
import type { PortalSettings } from "../settings/schema.ts";
import type { DockName, KeptParcel, Store } from "../store/store.ts";
import { acceptPost } from "./board-post.ts";
import { agencyOf, boardDock, dockOf, mostBytes, readLabel, sharesDock, untilOf } from "./docks.ts";
import { Refused, tusFault } from "./refused.ts";

const mb = 1024 * 1024;
const hourMs = 3_600_000;
const maxUnfinished = 2_000;
const lockMs = 5_000;
/** A share's id is remembered for as long as a post may stand that names it. */
const rememberShareMs = (maxGrantDays + maxPostDays) * 24 * hourMs;
export const uploadPath = "/dock/up";

export interface ReceivingOptions {
  readonly store: Store;
  readonly bytes: ParcelBytes;
  readonly settings: PortalSettings["dock"];
  readonly clock: Clock;
  /** What went wrong here and not with the sender. */
  readonly onFault: (fault: Fault) => void;
}

export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #locker = new MemoryLocker({ acquireLockTimeout: lockMs });
  readonly tus: Server;

  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.tus = new Server({
      path: uploadPath,
      datastore: options.bytes.store,
      locker: this.#locker,
      allowedOrigins: [],
      namingFunction: () => randomBytes(32).toString("base64url"),
      // from the address that was asked, whatever name the portal is reached by
      generateUrl: (_request, { path, id }) => `${path}/${id}`,
      maxSize: async (request, upload) => this.#mostBytes(new URL(request.url).pathname, upload),
      onUploadCreate: async (request, upload) => ({
        metadata: await this.#announce(new URL(request.url).pathname, upload),
      }),
      onIncomingRequest: async (request, upload) => {
        if (request.method === "HEAD") await this.finishIfComplete(upload);
      },
      onUploadFinish: async (_request, upload) => {
        await this.#arrived(upload);
        return {};
      },
      onResponseError: (_request, error) => {
        const fault = tusFault(error);
        if (fault !== null && !(fault instanceof Refused)) options.onFault(fault);
        return fault instanceof Refused
          ? { status_code: fault.status, body: `${fault.message}\n` }
          : undefined;
      },
    });
  }

  /** What was complete before a crash and is not known as arrived. */
  async finishIfComplete(upload: string): Promise<void> {
    const parcel = await this.#options.store.parcels.byUpload(upload);
    if (parcel === null || parcel.arrivedAt !== null || !parcel.here) return;
    const there = await this.#options.bytes.store.getUpload(upload).catch(() => null); // tus says 404 itself
    if (there !== null && there.offset === there.size) await this.#arrived(there);
  }

  /** By who sent it. Throws `Refused`: unknown, or the recipient's by now. */
  async takeBack(upload: string): Promise<void> {
    const isGone = await this.#remove(upload, ({ arrivedAt, dock }) => {
      if (arrivedAt !== null && dock !== sharesDock)
        throw new Refused(403, "this parcel arrived and is the recipient's");
      return true;
    });
    if (!isGone) throw new Refused(404, "there is no such upload");
  }

  /** Its recipient has deleted it, or it is not kept. */
  async empty({ upload }: KeptParcel): Promise<void> {
    await this.#remove(upload, () => true);
  }

  /** Its time is over, unless it has arrived in this moment. */
  async expire({ upload }: KeptParcel, nowMs: number): Promise<void> {
    await this.#remove(upload, ({ until }) => until <= nowMs);
  }

  /** `may` is asked while nobody writes. True = it is gone now. */
  async #remove(upload: string, may: (parcel: KeptParcel) => boolean): Promise<boolean> {
    const { store, bytes } = this.#options;
    const lock = this.#locker.newLock(upload);
    await lock
      .lock(AbortSignal.timeout(lockMs), () => {})
      .catch((error: unknown) => {
        throw new Fault("unavailable", "the upload is being written", { cause: error });
      });
    try {
      const parcel = await store.parcels.byUpload(upload);
      if (parcel === null || !may(parcel) || !parcel.here) return false;
      await bytes.remove(upload); // first: what is forgotten is gone
      await this.#noteGone(parcel);
      return true;
    } finally {
      await lock.unlock();
    }
  }

  /** That a parcel came to an agency stays known; of a share its id, for a while. */
  #noteGone({ upload, dock, arrivedAt }: KeptParcel): Promise<void> {
    const { store, clock } = this.#options;
    if (arrivedAt === null || dock === boardDock) return store.parcels.forget(upload);
    return store.parcels.emptied(
      upload,
      dock === sharesDock ? Math.round(clock.wallMs()) + rememberShareMs : null,
    );
  }

  async #mostBytes(path: string, upload: string | null): Promise<number> {
    const dock =
      dockOf(path) ??
      (upload === null ? null : ((await this.#options.store.parcels.byUpload(upload))?.dock ?? null));
    return dock === null ? 1 : mostBytes(dock, this.#options.settings);
  }

  async #announce(path: string, { id, size, metadata }: Upload): Promise<Record<string, string | null>> {
    const { store, settings, clock } = this.#options;
    const dock = dockOf(path);
    if (dock === null || !(await this.#isOpen(dock))) throw new Refused(404, "there is no such dock");
    if (size === undefined || size < 1)
      throw new Refused(400, "a parcel says its length first, at least 1 byte");
    const label = readLabel(metadata ?? {}, size);
    if (label === null)
      throw new Refused(
        400,
        "Upload-Metadata has `parcel` (grant id), `letter` (bytes), and may have `request`, `until`",
      );
    const nowMs = Math.round(clock.wallMs());
    if (label.until !== null && label.until <= nowMs) throw new Refused(400, "its time is over");
    if ((await store.parcels.unfinished(dock)) >= maxUnfinished)
      throw new Refused(503, "too many parcels are on their way; try again later");
    if ((await store.parcels.bytesHere()) + size > settings.budgetMb * mb)
      throw new Refused(507, "the portal has no room left; try again later");
    const { until, ...rest } = label;
    await store.parcels.create({
      ...rest,
      upload: id,
      dock,
      bytes: size,
      createdAt: nowMs,
      until: nowMs + settings.unfinishedHours * hourMs,
    });
    return { parcel: label.grant, ...(until === null ? {} : { until: String(until) }) };
  }

  async #isOpen(dock: DockName): Promise<boolean> {
    const agency = agencyOf(dock);
    return agency === null || (await this.#options.store.registry.agency(agency)) !== null;
  }

  async #arrived({ id, metadata }: Pick<Upload, "id" | "metadata">): Promise<void> {
    const { store, bytes, settings, clock } = this.#options;
    const parcel = await store.parcels.byUpload(id);
    if (parcel === null) throw new Refused(404, "there is no such upload");
    if (parcel.arrivedAt !== null) return;
    const nowMs = Math.round(clock.wallMs());
    await bytes.settle(id);
    if (parcel.dock === boardDock) {
      // of a post its words are kept, or nothing
      try {
        await acceptPost(parcel, { store, bytes, nowMs });
      } finally {
        await this.empty(parcel);
      }
      return;
    }
    const wanted = metadata?.["until"] ?? null;
    const until = untilOf(parcel.dock, nowMs, wanted === null ? null : Number(wanted), settings.keepDays);
    const isFirst = await store.parcels.arrive(id, nowMs, until);
    if (isFirst) return;
    // taken back or expired since its last byte came; or another one of its grant is here
    if ((await store.parcels.byUpload(id)) === null) throw new Refused(404, "there is no such upload");
    await this.empty(parcel);
  }
}
