/**
 * Policy book: the signed privacy policies, the one in force and all before it.
 *
 * Takes in only what the eye would obey: signed by an owner of now, for this doorbell, with a version
 * of its own above every known one, on a picture of the camera's shape. What such a policy takes back (sound, ways out) is
 * taken back before anything is written: a full disk must not keep open what an owner closed. What is asked of it is never
 * the eye's word: the eye reads policy.json and judges anew.
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Fault, toFault } from "../../hal/fault.ts";
import type { FrameGeometry } from "../../hal/frame.ts";
import type { Household } from "../household/household.ts";
import { ownerWith } from "../household/household.ts";
import { fromBase64Url } from "../identity/base64url.ts";
import { envelopeSchema } from "../identity/verify.ts";
import { pictureFault, visibleFracOf } from "../policy/picture.ts";
import { openPolicy, policySchema, type Policy } from "../policy/policy.ts";
import { privateFolder, readableFile } from "../files/modes.ts";
import { writeDurableJson } from "../seal/durable.ts";
import { numberedFile, type DataPaths } from "../wire/paths.ts";
import { narrowed } from "./policy-narrowed.ts";
import { Turns } from "../files/turns.ts";

/** A version far ahead would leave no room for the next ones. */
const maxLeap = 1_000;

export interface PolicyChange {
  readonly policy: Policy;
  /** The one before; null = none. */
  readonly was: Policy | null;
  /** Name of the owner who signed it. */
  readonly by: string;
  /** Parts of the picture that were and will be visible, 0..1. */
  readonly fromFrac: number;
  readonly toFrac: number;
}

export interface PutOptions {
  /** Asked when the turn has come: who waits for it may be removed meanwhile. */
  readonly household: () => Household;
  /** The camera's picture; null = not known now. */
  readonly picture: FrameGeometry | null;
  /** Runs when the policy is known to be good and is not yet on the disk. */
  readonly before: (change: PolicyChange) => Promise<void>;
  /** Runs before that: `policy` may allow less. */
  readonly onNarrowed: () => void;
}

export class PolicyBook {
  readonly #paths: DataPaths;
  readonly #turns = new Turns();
  #envelope: unknown = null;
  #policy: Policy | null = null;
  /** Less what an owner took back, where that could not be written yet. */
  #narrowed: Policy | null = null;
  #newest = 0;

  private constructor(paths: DataPaths) {
    this.#paths = paths;
  }

  static async open(paths: DataPaths): Promise<PolicyBook> {
    const book = new PolicyBook(paths);
    await mkdir(paths.policies, { recursive: true, mode: privateFolder });
    book.#envelope = await readJson(paths.policy);
    book.#policy = payloadOf(book.#envelope);
    const seen = z.object({ version: z.int() }).safeParse(await readJson(paths.policySeen));
    book.#newest = Math.max(
      book.#policy?.version ?? 0,
      seen.data?.version ?? 0,
      ...(await readdir(paths.policies)).map((name) => Number(/^(\d+)\.json$/u.exec(name)?.[1] ?? 0)),
    );
    return book;
  }

  /** As it was put; null = none yet, or none that can be read. */
  get envelope(): unknown {
    return this.#envelope;
  }

  /** What it says. It was verified when it was taken in; the eye alone decides whether it holds. */
  get policy(): Policy | null {
    return this.#narrowed ?? this.#policy;
  }

  get nextVersion(): number {
    return this.#newest + 1;
  }

  /** Throws Fault `denied` or `invalid`, or what `before` and the disk throw; then nothing is allowed that was not, and what it took back stays taken. */
  put(envelope: unknown, options: PutOptions): Promise<PolicyChange> {
    const { picture, before, onNarrowed } = options;
    return this.#turns.take(async () => {
      const household = options.household();
      const { value: policy, signKey } = openPolicy(envelope, household);
      this.#checkVersion(policy.version);
      const misfit = picture === null ? null : pictureFault(policy, picture);
      if (misfit !== null) throw misfit;
      const change = {
        policy,
        was: this.#policy,
        by: ownerWith(household, signKey)?.name ?? "",
        fromFrac: this.#policy === null ? 0 : visibleFracOf(this.#policy),
        toFrac: visibleFracOf(policy),
      };
      if (this.policy !== null) this.#narrowed = narrowed(this.policy, policy);
      onNarrowed();
      await before(change);
      await writeDurableJson(join(this.#paths.policies, numberedFile(policy.version)), envelope);
      this.#newest = policy.version;
      await writeDurableJson(this.#paths.policy, envelope, readableFile); // by the eye
      this.#envelope = envelope;
      this.#policy = policy;
      this.#narrowed = null;
      return change;
    });
  }

  #checkVersion(version: number): void {
    const next = this.nextVersion;
    if (version < next)
      throw new Fault("denied", `privacy policy ${version} is not newer than ${next - 1}, which is known`, {
        hint: "load the page again; somebody else drew the line meanwhile",
      });
    if (version >= next + maxLeap)
      throw new Fault("invalid", `privacy policy ${version} is far ahead; the next one is ${next}`);
  }
}

/** Null when it is missing or no JSON: the eye says what is wrong with it. */
async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const fault = toFault(error, "the privacy policy cannot be read");
    if (fault.kind === "not-found") return "null";
    throw fault;
  });
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function payloadOf(envelope: unknown): Policy | null {
  const parsed = envelopeSchema.safeParse(envelope);
  const bytes = parsed.success ? fromBase64Url(parsed.data.payload) : null;
  if (bytes === null) return null;
  try {
    return policySchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
