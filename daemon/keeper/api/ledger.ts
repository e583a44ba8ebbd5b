/**
 * Routes of the ledger: its signed checkpoint, the proof that one tree grew from another, and all of it.
 *
 * A browser keeps the last checkpoint that it saw and demands the proof for the next one (web/ledger), so
 * that a ledger that was set back or changed is noticed.
 */
import { Readable } from "node:stream";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { diskFiles } from "../../files/disk.ts";
import { toBase64 } from "../../ledger/base64.ts";
import { openCheckpoint } from "../../ledger/checkpoint.ts";
import { exportLines } from "../../ledger/export.ts";
import { ledgerKey } from "../../ledger/key.ts";
import { checkpointSchema, consistencySchema } from "../../wire/api-household.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";

const sizeParam = z.coerce.number().int().min(0).max(1e12);
const mostExports = 2;

export function ledgerRoutes(api: Api, { parts, paths }: ApiContext): void {
  const { history, people } = parts;
  let exporting = 0;

  api.get(
    "/api/ledger/checkpoint",
    {
      config: { allow: viewers },
      schema: {
        summary: "The ledger's size and root, signed by the device key",
        response: { 200: checkpointSchema, ...errorAnswers },
      },
    },
    async () => ({ checkpoint: await (await history.ledger()).checkpoint() }),
  );

  api.get(
    "/api/ledger/consistency",
    {
      config: { allow: viewers },
      schema: {
        summary: "Proof that the ledger of `to` entries is that of `from` with entries added",
        querystring: z.strictObject({ from: sizeParam, to: sizeParam }),
        response: { 200: consistencySchema, ...errorAnswers },
      },
    },
    async ({ query: { from, to } }) => ({
      proof: (await (await history.ledger()).consistency(from, to)).map(toBase64),
    }),
  );

  api.get(
    "/api/ledger/export",
    {
      config: { allow: ["owner"] },
      schema: { summary: "The whole ledger as text, for sill ledger verify" },
    },
    async (_request, reply) => {
      if (exporting >= mostExports)
        throw new Fault("unavailable", "the ledger is being exported already", {
          hint: "ask again in a moment",
        });
      const key = ledgerKey(people.device.device);
      const checkpoint = await (await history.ledger()).checkpoint();
      const { size } = openCheckpoint(checkpoint, key);
      const text = Readable.from(exportLines(diskFiles(paths.ledger), { key, checkpoint, size }));
      exporting += 1;
      text.once("close", () => {
        exporting -= 1;
      });
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", 'attachment; filename="sill-ledger.txt"')
        .send(text);
    },
  );
}
