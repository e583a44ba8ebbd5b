/**
 * Are index and ledger whole?
 *
 * The index is read through by a process of its own, which may take its time and is ended when it takes too
 * much; it can be made again from the files. The ledger's newest signature is held against its entries.
 */
import { existsSync } from "node:fs";
import { diskFiles } from "../../files/disk.ts";
import { readDeviceName } from "../../identity/device-key.ts";
import { storedHashes } from "../../ledger/hash-files.ts";
import { ledgerKey } from "../../ledger/key.ts";
import { treeRoot } from "../../ledger/proof.ts";
import { lookFor } from "../../ledger/recover.ts";
import { readSigned } from "../../ledger/signed.ts";
import { isSameHash, leafHash } from "../../ledger/tree.ts";
import { pathsOf } from "../../wire/paths.ts";
import type { Check } from "../check.ts";
import { failed, orFailed, passed, skipped, warned } from "./said.ts";

export const indexSound: Check = {
  id: "index",
  group: "storage",
  title: "The index of recordings is whole",
  mostMs: 20_000,
  async run({ settings, machine }) {
    const { database } = pathsOf(settings);
    if (!existsSync(database)) return skipped("there is no index yet: nothing was recorded");
    const told = await machine.run("sill", ["index", "check", "--data", settings.data]);
    if (told === null)
      return warned("the index could not be read in time", "look at the log; a restart mends an index");
    if (told.trim() === "ok") return passed("every page of it was read");
    return failed(
      `the index is damaged: ${told.trim().slice(0, 200)}`,
      "restart the doorbell: it puts the index aside and makes it again from the files; then test the disk",
    );
  },
};

export const ledgerSound: Check = {
  id: "ledger",
  group: "storage",
  title: "The ledger is the one that was signed",
  mostMs: 15_000,
  async run({ settings }) {
    const paths = pathsOf(settings);
    return orFailed(async () => {
      const device = await readDeviceName(paths.deviceKey);
      const files = diskFiles(paths.ledger);
      const signed = device === null ? null : await readSigned(files, ledgerKey(device));
      if (signed === null) return skipped("there is no ledger yet");
      const { size, tail } = await lookFor(files);
      if (size < signed.size)
        return failed(
          `it has ${size} entries and ${signed.size} were signed`,
          "put the folder ledger back from a newer backup; every owner's page says what is missing",
        );
      const root = await treeRoot(storedHashes(files, { size, tail: tail.map(leafHash) }), signed.size);
      if (!isSameHash(root, signed.root))
        return failed(
          "its entries are not those that were signed",
          "sill ledger verify says which line is wrong",
        );
      return passed(`${signed.size} entries, as they were signed`);
    }, "sill ledger verify says more");
  },
};
