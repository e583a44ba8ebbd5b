/**
 * Json: columns that hold JSON which was checked when it was written. Still checked for its shape where it is
 * read: a database that somebody edited by hand is `corrupt`, not a crash elsewhere.
 */
import type { ZodType } from "zod";
import { Fault } from "../../hal/fault.ts";
import type { Envelope } from "../../daemon/identity/envelope.ts";
import { envelopeSchema } from "../../daemon/identity/signed-shape.ts";
import { textAt, type Row } from "../sql/sql.ts";

export function jsonAt<T>(row: Row, column: string, schema: ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(textAt(row, column)));
  } catch (error) {
    throw new Fault("corrupt", `the database holds no valid ${column}`, {
      hint: "put the database back from a backup; what the log says is read again from it",
      cause: error,
    });
  }
}

export function envelopeAt(row: Row, column = "envelope"): Envelope {
  return jsonAt(row, column, envelopeSchema);
}
