/**
 * Verdict: is everything there that was acknowledged? Asked of the house that runs again, and of its files.
 *
 * Each problem is a sentence; none = nothing was lost.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openReader } from "../../../daemon/keeper/store/database.ts";
import { Disk } from "../../../daemon/keeper/store/disk.ts";
import { Reader } from "../../../daemon/keeper/store/reader.ts";
import { fromBase64 } from "../../../daemon/ledger/base64.ts";
import { openCheckpoint } from "../../../daemon/ledger/checkpoint.ts";
import { ledgerKey } from "../../../daemon/ledger/key.ts";
import { verifyConsistency } from "../../../daemon/ledger/proof.ts";
import { verifyExport } from "../../../daemon/ledger/verify-export.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { clipFiles, clipFolder, dataPaths } from "../../../daemon/wire/paths.ts";
import { expectOk, getJson, type SignedInHuman } from "../person.ts";
import type { Witness } from "./witness.ts";

/** What the running house has to say. */
export async function ask(owner: SignedInHuman, device: string, witness: Witness): Promise<string[]> {
  const problems: string[] = [];
  const events = await allEvents(owner);
  for (const id of witness.events) if (!events.has(id)) problems.push(`event ${id} is lost`);
  for (const id of witness.deleted) if (events.has(id)) problems.push(`event ${id} was deleted and is back`);
  for (const [id, mark] of witness.marks)
    if (events.get(id)?.mark !== mark) problems.push(`the mark of event ${id} is lost`);
  if (witness.zones !== null) {
    const zones = await (await expectOk(await owner.fetch("/api/zones"))).text();
    if (zones !== witness.zones) problems.push("the zones are others");
  }
  const { version } = await getJson<{ version: number }>(owner, "/api/policy").then(policyOf);
  if (version < witness.policyVersion)
    problems.push(`policy ${witness.policyVersion} is lost, ${version} is in force`);
  if (witness.checkpoint !== null) problems.push(...(await askLedger(owner, device, witness.checkpoint)));
  return problems;
}

function policyOf(answer: unknown): { version: number } {
  const found = JSON.stringify(answer);
  const payload = /"payload":"([\w-]+)"/u.exec(found)?.[1] ?? "";
  return JSON.parse(Buffer.from(payload, "base64url").toString() || '{"version":0}') as { version: number };
}

export async function allEvents(owner: SignedInHuman): Promise<Map<string, Event>> {
  const all = new Map<string, Event>();
  for (let before: string | null = ""; before !== null;) {
    const query: string = before === "" ? "" : `&before=${before}`;
    const page: { events: Event[]; next: string | null } = await getJson(
      owner,
      `/api/events?limit=200${query}`,
    );
    for (const event of page.events) all.set(event.id, event);
    before = page.next;
  }
  return all;
}

async function askLedger(owner: SignedInHuman, device: string, note: string): Promise<string[]> {
  const key = ledgerKey(device);
  const then = openCheckpoint(note, key);
  const { checkpoint } = await getJson<{ checkpoint: string }>(owner, "/api/ledger/checkpoint");
  const now = openCheckpoint(checkpoint, key);
  if (now.size < then.size) return [`the ledger had ${then.size} entries and has ${now.size}`];
  const path = `/api/ledger/consistency?from=${then.size}&to=${now.size}`;
  const { proof } = await getJson<{ proof: string[] }>(owner, path);
  const hashes = proof.map((text) => fromBase64(text) ?? new Uint8Array(0));
  const grown = { size1: then.size, root1: then.root, size2: now.size, root2: now.root, proof: hashes };
  const problems = verifyConsistency(grown) ? [] : ["the ledger is not the old one with entries added"];
  const exported = await expectOk(await owner.fetch("/api/ledger/export"));
  const verdict = await verifyExport((exported.body ?? []) as AsyncIterable<Uint8Array>, { key });
  return [...problems, ...verdict.problems.map(({ line, message }) => `ledger, line ${line}: ${message}`)];
}

/** What the files of a house that does not run have to say. */
export async function inspect(data: string, witness: Witness): Promise<string[]> {
  return [...(await inspectFragments(data, witness)), ...inspectIndex(data)];
}

async function inspectFragments(data: string, witness: Witness): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, { clip, index, sha256, startWallMs }] of witness.fragments) {
    const file = join(clipFolder(dataPaths(data), clip, startWallMs), clipFiles.fragment(index));
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) problems.push(`fragment ${name} is lost`);
    else if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      problems.push(`fragment ${name} is not what it was`);
  }
  return problems;
}

/** Whole, and the same as one that is made of the files alone. */
function inspectIndex(data: string): string[] {
  const paths = dataPaths(data);
  if (!existsSync(paths.database)) return [];
  const check = integrityOf(paths.database);
  if (check !== "ok") return [`integrity_check: ${check}`];
  const aside = mkdtempSync(join(tmpdir(), "sill-rebuilt-"));
  try {
    const rebuilt = { ...paths, database: join(aside, "sill.db") };
    for (const each of [paths, rebuilt]) new Disk(each, Date.now()).close(); // what was open is interrupted in both
    const [kept, made] = [rowsOf(paths.database), rowsOf(rebuilt.database)];
    return kept === made ? [] : [`the index is not what its files say: ${differing(kept, made)}`];
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** From a little before where they part. */
function differing(kept: string, made: string): string {
  let at = 0;
  while (kept[at] === made[at]) at += 1;
  const part = (text: string): string => text.slice(Math.max(0, at - 120), at + 80);
  return `${part(kept)} / ${part(made)}`;
}

function integrityOf(path: string): string {
  const database = new DatabaseSync(path);
  try {
    return String(database.prepare("PRAGMA integrity_check").get()?.integrity_check);
  } catch (error) {
    return String(error);
  } finally {
    database.close();
  }
}

function rowsOf(path: string): string {
  using database = openReader(path);
  const reader = new Reader(database);
  const events = reader.events({ before: null, limit: 100_000, kind: null });
  const clips = database.prepare("SELECT id FROM clips ORDER BY id").all();
  // an unlisted fragment's length is an estimate of whoever found it first
  const files = clips.map(({ id }) => {
    const clip = reader.clip(String(id));
    return [id, clip?.state, clip?.startWallMs, clip?.bytes, clip?.fragments.map(({ sha256 }) => sha256)];
  });
  return JSON.stringify([events.toSorted((a, b) => (a.id < b.id ? -1 : 1)), files]);
}
