/**
 * Replies: a few short sounds of the owner's own, spoken by the doorbell or recorded in a browser.
 *
 * Each is a WAVE file and a line in `replies.json`. Not sealed: the doorbell sounds them at its door, so what is in them
 * is told to everybody who rings. A browser decodes what it records; here nothing but 44 bytes of header are read.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { durationMs, readWav, writeWav, type Pcm } from "../../../hal/pcm.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { privateFolder } from "../../files/modes.ts";
import { Turns } from "../../files/turns.ts";
import { writeDurable, writeDurableJson } from "../../seal/durable.ts";
import { replySchema, type Reply } from "../../wire/api-talk.ts";
import { mostReplies, mostReplyS } from "../../wire/reply-limits.ts";
import { newId } from "../../wire/id.ts";

const listSchema = z.array(replySchema);

export class Replies {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #list: readonly Reply[] = [];

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** A list that is broken counts as none; the files stay. */
  async open(): Promise<void> {
    try {
      this.#list = listSchema.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch {
      this.#list = [];
    }
  }

  get all(): readonly Reply[] {
    return this.#list;
  }

  /** Throws Fault `exhausted` for one too many, `invalid` for one too long or empty. */
  add(name: string, kind: Reply["kind"], pcm: Pcm): Promise<Reply> {
    return this.#turns.take(async () => {
      if (this.#list.length >= mostReplies)
        throw new Fault("exhausted", `there are ${mostReplies} replies already`, {
          hint: "delete one first",
        });
      const ms = Math.round(durationMs(pcm));
      if (ms < 100 || ms > mostReplyS * 1_000)
        throw new Fault("invalid", `a reply of ${ms} ms; it lasts between 100 ms and ${mostReplyS} s`);
      const reply = { id: newId(this.#clock.wallMs()), name, kind, ms };
      await mkdir(this.#folder, { recursive: true, mode: privateFolder });
      await writeDurable(this.#wav(reply.id), writeWav(pcm));
      await this.#keep([...this.#list, reply]);
      return reply;
    });
  }

  remove(id: string): Promise<Reply> {
    return this.#turns.take(async () => {
      const reply = this.get(id);
      await this.#keep(this.#list.filter((each) => each !== reply));
      await rm(this.#wav(id), { force: true });
      return reply;
    });
  }

  /** Throws Fault `not-found`. */
  get(id: string): Reply {
    const reply = this.#list.find((each) => each.id === id);
    if (reply === undefined) throw new Fault("not-found", "there is no such reply (any more)");
    return reply;
  }

  async sound(id: string): Promise<Pcm> {
    return readWav(await readFile(this.#wav(this.get(id).id)));
  }

  get #path(): string {
    return join(this.#folder, "replies.json");
  }

  #wav(id: string): string {
    return join(this.#folder, `${id}.wav`);
  }

  async #keep(list: readonly Reply[]): Promise<void> {
    await writeDurableJson(this.#path, list);
    this.#list = list;
  }
}
