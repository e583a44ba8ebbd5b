/**
 * Parcels: what came to the docks and what was signed about it, in SQL. The bytes lie elsewhere (bytes/).
 */
import { numberAt, numberOrNull, textAt, textOrNull, type Row, type Sql, type SqlValue } from "../sql/sql.ts";
import { envelopeAt } from "./json.ts";
import type { KeptParcel, Parcels } from "./store.ts";

export function parcelsIn(sql: Sql): Parcels {
  const one = async (text: string, values: readonly SqlValue[]): Promise<Row | null> =>
    (await sql.query(text, values))[0] ?? null;
  const count = async (text: string, values: readonly SqlValue[]): Promise<number> =>
    numberAt((await one(text, values)) ?? {}, "n");
  return {
    async create({ upload, dock, grant, bytes, letterBytes, request, createdAt, until }) {
      await sql.query(
        `INSERT INTO parcels (upload, dock, grant_id, bytes, letter_bytes, request, created_at, arrived_at, until_at, here)
         VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, 1)`,
        [upload, dock, grant, bytes, letterBytes, request, createdAt, until],
      );
    },
    async byUpload(upload) {
      const row = await one("SELECT * FROM parcels WHERE upload = $1", [upload]);
      return row === null ? null : parcelOf(row);
    },
    async arrived(dock, grant) {
      const row = await one(
        "SELECT * FROM parcels WHERE dock = $1 AND grant_id = $2 AND arrived_at IS NOT NULL",
        [dock, grant],
      );
      return row === null ? null : parcelOf(row);
    },
    async arrivedAt(dock, limit) {
      const rows = await sql.query(
        `SELECT * FROM parcels WHERE dock = $1 AND arrived_at IS NOT NULL
         ORDER BY arrived_at DESC, upload LIMIT $2`,
        [dock, limit],
      );
      return rows.map(parcelOf);
    },
    arrive: (upload, arrivedAt, until) =>
      sql.transaction(async (statements) => {
        const [row] = await statements.query("SELECT * FROM parcels WHERE upload = $1", [upload]);
        if (row === undefined) return false;
        const parcel = parcelOf(row);
        const [other] = await statements.query(
          `SELECT upload FROM parcels WHERE dock = $1 AND grant_id = $2 AND arrived_at IS NOT NULL AND upload <> $3`,
          [parcel.dock, parcel.grant, upload],
        );
        if (other !== undefined) return false;
        // what was said the first time stays
        await statements.query(
          "UPDATE parcels SET arrived_at = $1, until_at = $2 WHERE upload = $3 AND arrived_at IS NULL",
          [arrivedAt, until, upload],
        );
        return true;
      }),
    async emptied(upload, until) {
      await sql.query("UPDATE parcels SET here = 0, until_at = COALESCE($2, until_at) WHERE upload = $1", [
        upload,
        until,
      ]);
    },
    async forget(upload) {
      await sql.query("DELETE FROM parcels WHERE upload = $1", [upload]);
    },
    bytesHere: () =>
      count("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS n FROM parcels WHERE here = 1", []),
    unfinished: (dock) =>
      count("SELECT COUNT(*) AS n FROM parcels WHERE dock = $1 AND arrived_at IS NULL AND here = 1", [dock]),
    async due(nowMs, limit) {
      const rows = await sql.query(
        "SELECT * FROM parcels WHERE here = 1 AND until_at <= $1 ORDER BY until_at LIMIT $2",
        [nowMs, limit],
      );
      return rows.map(parcelOf);
    },
    async forgetShares(nowMs) {
      await sql.query("DELETE FROM parcels WHERE here = 0 AND dock = 'shares' AND until_at <= $1", [nowMs]);
    },
    countOf: (dock, request) =>
      count("SELECT COUNT(*) AS n FROM parcels WHERE dock = $1 AND request = $2 AND arrived_at IS NOT NULL", [
        dock,
        request,
      ]),
    async counts(dock) {
      const of = (table: string): string => `(SELECT COUNT(*) FROM ${table} WHERE dock = $1`;
      const row =
        (await one(
          `SELECT ${of("parcels")} AND arrived_at IS NOT NULL) AS received, ${of("receipts")}) AS receipted,
             (SELECT COUNT(DISTINCT grant_id) FROM notices WHERE dock = $1) AS asked,
             ${of("answers")} AND answer = 'deleted') AS done, ${of("answers")} AND answer = 'kept') AS refused`,
          [dock],
        )) ?? {};
      return {
        received: numberAt(row, "received"),
        receipted: numberAt(row, "receipted"),
        deletionsAsked: numberAt(row, "asked"),
        deletionsDone: numberAt(row, "done"),
        deletionsRefused: numberAt(row, "refused"),
      };
    },

    async receipt(dock, grant) {
      const row = await one("SELECT * FROM receipts WHERE dock = $1 AND grant_id = $2", [dock, grant]);
      return row === null ? null : { hash: textAt(row, "hash"), envelope: envelopeAt(row) };
    },
    async putReceipt(dock, grant, { hash, envelope, at }) {
      await sql.query(
        `INSERT INTO receipts (dock, grant_id, hash, received_at, envelope) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [dock, grant, hash, at, JSON.stringify(envelope)],
      );
    },
    async notices(dock, grant) {
      const rows = await sql.query(
        "SELECT * FROM notices WHERE dock = $1 AND grant_id = $2 ORDER BY left_at, sign_key LIMIT 100",
        [dock, grant],
      );
      return rows.map((row) => envelopeAt(row));
    },
    async putNotice(dock, grant, { signKey, envelope, at }) {
      await sql.query(
        `INSERT INTO notices (dock, grant_id, sign_key, left_at, envelope) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [dock, grant, signKey, at, JSON.stringify(envelope)],
      );
    },
    async answer(dock, grant) {
      const row = await one("SELECT * FROM answers WHERE dock = $1 AND grant_id = $2", [dock, grant]);
      return row === null
        ? null
        : { hash: textAt(row, "hash"), envelope: envelopeAt(row), answer: textAt(row, "answer") };
    },
    async putAnswer(dock, grant, { hash, envelope, answer, at }) {
      await sql.query(
        `INSERT INTO answers (dock, grant_id, hash, answer, answered_at, envelope) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (dock, grant_id) DO UPDATE SET hash = excluded.hash, answer = excluded.answer,
           answered_at = excluded.answered_at, envelope = excluded.envelope
         WHERE answers.answer = 'kept' AND excluded.answer = 'deleted'`,
        [dock, grant, hash, answer, at, JSON.stringify(envelope)],
      );
    },
  };
}

function parcelOf(row: Row): KeptParcel {
  return {
    upload: textAt(row, "upload"),
    dock: textAt(row, "dock"),
    grant: textAt(row, "grant_id"),
    bytes: numberAt(row, "bytes"),
    letterBytes: numberAt(row, "letter_bytes"),
    request: textOrNull(row, "request"),
    createdAt: numberAt(row, "created_at"),
    arrivedAt: numberOrNull(row, "arrived_at"),
    until: numberAt(row, "until_at"),
    here: numberAt(row, "here") === 1,
  };
}
