/**
 * `sill index check`: reads the whole index through and prints what SQLite thinks of it.
 *
 * For the self-test, which starts it as a process of its own: on a slow card this takes seconds, and is ended
 * when it takes too long. Says "ok", or what is wrong.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Fault, toFault } from "../../../hal/fault.ts";
import { dataPaths } from "../../wire/paths.ts";
import type { Command } from "../command.ts";

export const indexCheck: Command = {
  operands: "",
  arity: [0, 0],
  about: "Reads the whole index through and says what is wrong with it. The self-test asks this.",
  options: {},
  takesSettings: true,
  examples: [],
  run: ({ settings, terminal }) => {
    const { database } = dataPaths(settings().settings.data);
    if (!existsSync(database)) throw new Fault("not-found", "there is no index");
    terminal.out(verdictOf(database));
  },
};

function verdictOf(path: string): string {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    const rows = database.prepare("PRAGMA quick_check(4)").all();
    return rows.map(({ quick_check: words }) => String(words)).join("; ");
  } catch (error) {
    return toFault(error).message;
  }
}
