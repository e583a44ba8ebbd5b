/** The list of browsers that are told, on a disk that fills up, fails, or gives back what is no list. */
import { expect, test, vi } from "vitest";
import { PhoneBook, type Asked, type Phone } from "../../../../daemon/keeper/push/phone-book.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { BrittleFiles } from "../../files/brittle-files.ts";

const file = "phones.json";
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (files: BrittleFiles, name = file): string => new TextDecoder().decode(files.disk.get(name));
const noted = async (): Promise<void> => {};

async function openBook(files: BrittleFiles, belongs: (phone: Phone) => boolean = () => true) {
  const clock = new SimClock();
  const book = new PhoneBook({ files, clock, belongs, onChanged: () => {} });
  await book.open();
  return { book, clock };
}

const asked = (number: number, change: Partial<Asked["person"]> = {}): Asked => ({
  endpoint: `https://push.example.org/${number}`,
  p256dh: "A".repeat(87),
  auth: "B".repeat(22),
  person: { id: "ada", signKey: "ada's key", role: "owner", ...change },
  session: `session-${number}`,
  label: "Firefox on Android",
});

test("what is refused is not recorded, and what cannot be recorded does not happen", async () => {
  const { book } = await openBook(new BrittleFiles());
  const record = vi.fn(noted);
  await expect(book.add(asked(1, { role: "member" }), record)).rejects.toMatchObject({ kind: "denied" });
  for (let i = 1; i <= 8; i += 1) await book.add(asked(i), noted);
  await expect(book.add(asked(9), record)).rejects.toMatchObject({ kind: "exhausted" });
  expect(record).not.toHaveBeenCalled();
  const away = async (): Promise<void> => {
    throw new Fault("unavailable", "the ledger is away");
  };
  await expect(book.add(asked(9, { id: "bob" }), away)).rejects.toThrow("the ledger is away");
  await expect(book.allow(false, away)).rejects.toThrow("the ledger is away");
  expect([book.phones.length, book.allowed]).toEqual([8, true]);
});

test("to look at a damaged list writes nothing; the next who asks begins anew beside a copy of it", async () => {
  const files = new BrittleFiles(new Map([[file, bytesOf("{")]]));
  const { book } = await openBook(files);
  const key = await book.publicKey();
  expect([book.fault?.kind, textOf(files), files.changes]).toEqual(["corrupt", "{", []]);
  await book.add(asked(1), noted);
  expect(book.fault).toBeNull();
  expect(textOf(files, "phones.damaged.json")).toBe("{");
  expect(JSON.parse(textOf(files))).toMatchObject({ key: { publicKey: key }, phones: [{ person: "ada" }] });
});

test("a list that the disk does not give is read again, and nothing is written over it", async () => {
  const files = new BrittleFiles();
  const { book: before } = await openBook(files);
  const { id } = await before.add(asked(1), noted);
  const kept = textOf(files);
  const read = vi.spyOn(files, "read").mockRejectedValue(Object.assign(new Error("no"), { code: "EIO" }));
  const { book } = await openBook(files);
  await expect(book.publicKey()).rejects.toMatchObject({ kind: "unavailable" });
  await expect(book.add(asked(2), noted)).rejects.toMatchObject({ kind: "unavailable" });
  expect(textOf(files)).toBe(kept);
  read.mockRestore();
  await book.add(asked(2), noted);
  expect([book.fault, book.phones.length, book.phones[0]?.id]).toEqual([null, 2, id]);
});

test("who is told no more while the disk is full is gone at once, and from the file as soon as there is room", async () => {
  const files = new BrittleFiles();
  const { book, clock } = await openBook(files);
  await book.add(asked(1), noted);
  const { id } = await book.add(asked(2), noted);
  files.roomBytes = 0;
  await expect(book.remove((phone) => phone.id === id)).rejects.toMatchObject({ kind: "exhausted" });
  expect(book.phones.length).toBe(1);
  await clock.advance(60_000);
  expect(textOf(files)).toContain(id);
  files.roomBytes = Infinity;
  await vi.waitFor(async () => {
    await clock.advance(30_000);
    expect(textOf(files)).not.toContain(id);
  }, 30_000);
  const writes = files.changes.length;
  await clock.advance(300_000);
  expect(files.changes.length).toBe(writes);
});

test("what is owed to the disk is tried once more at the end", async () => {
  const files = new BrittleFiles();
  const { book } = await openBook(files);
  const { id } = await book.add(asked(1), noted);
  files.roomBytes = 0;
  await expect(book.remove(() => true)).rejects.toMatchObject({ kind: "exhausted" });
  files.roomBytes = Infinity;
  await book[Symbol.asyncDispose]();
  expect(textOf(files)).not.toContain(id);
});

test("who left the house while the list could not be written is not told after a restart", async () => {
  const files = new BrittleFiles();
  const { book: before } = await openBook(files);
  await before.add(asked(1), noted);
  await before.add(asked(2, { id: "bob" }), noted);
  const { book } = await openBook(files, ({ person }) => person !== "bob");
  expect(book.phones.map(({ person }) => person)).toEqual(["ada"]);
  expect(textOf(files)).not.toContain("bob");
});
