/**
 * What sealing and opening cost in CPU, ours and age-encryption's side by side in one run.
 *
 *   node test/daemon/seal/age/speed.ts
 *
 * Figures are for reading, not for passing. The two take turns, so that a busy machine is busy
 * for both; each figure is the median of its turns.
 */
import { randomBytes } from "node:crypto";
import { Decrypter, Encrypter } from "age-encryption";
import { formatIdentity, generateIdentity, recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { rewrap } from "../../../../daemon/seal/age/rewrap.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";

type Work = () => unknown;

const people = Array.from({ length: 3 }, generateIdentity);
const me = people[people.length - 1] ?? generateIdentity();

async function cpuMs(work: Work, calls: number): Promise<number> {
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000 / calls;
}

async function compare(name: string, works: Readonly<Record<string, Work>>, calls: number): Promise<void> {
  const turns = new Map(Object.keys(works).map((who): [string, number[]] => [who, []]));
  for (let turn = 0; turn < 8; turn += 1)
    for (const [who, work] of Object.entries(works)) turns.get(who)?.push(await cpuMs(work, calls));
  const medians = [...turns].map(([who, all]) => {
    const sorted = all.slice(1).sort((a, b) => a - b); // the first turn warms up
    return `${who} ${(sorted[sorted.length >> 1] ?? 0).toFixed(3)} ms`;
  });
  process.stdout.write(`${name}: ${medians.join(", ")}\n`);
}

for (const [label, length, viewers, calls] of [
  ["10 KB, 1 viewer", 10_000, 1, 100],
  ["500 KB, 1 viewer", 500_000, 1, 30],
  ["500 KB, 3 viewers", 500_000, 3, 30],
  ["20 MB, 1 viewer", 20_000_000, 1, 1],
] as const) {
  const plain = randomBytes(length);
  const recipients = people.slice(-viewers).map(recipientOf);
  const encrypter = new Encrypter();
  for (const { text } of recipients) encrypter.addRecipient(text);
  const decrypter = new Decrypter();
  decrypter.addIdentity(formatIdentity(me));
  const file = Uint8Array.from(seal(plain, recipients));
  await compare(
    `seal ${label}`,
    { ours: () => seal(plain, recipients), theirs: () => encrypter.encrypt(plain) },
    calls,
  );
  await compare(
    `open ${label}`,
    { ours: () => open(file, [me]), theirs: () => decrypter.decrypt(file) },
    calls,
  );
  const toOne = { identities: [me], recipients: recipients.slice(0, 1) };
  await compare(`rewrap ${label}`, { ours: () => rewrap(file, toOne) }, 100);
}
