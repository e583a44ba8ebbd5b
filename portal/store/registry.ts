/**
 * Registry: the index of what the public log says, in SQL.
 */
import { agencySchema } from "../../daemon/consent/agency.ts";
import { normalCase } from "../../daemon/consent/check-request.ts";
import { requestSchema, type Request } from "../../daemon/consent/request.ts";
import {
  numberAt,
  numberOrNull,
  textAt,
  type Row,
  type Sql,
  type SqlValue,
  type Statements,
} from "../sql/sql.ts";
import { envelopeAt, jsonAt } from "./json.ts";
import type {
  Box,
  FeedFilter,
  Indexed,
  LoggedAgency,
  LoggedNote,
  LoggedRequest,
  LogHead,
  Registry,
} from "./store.ts";

const mPerDegree = 111_195;
const maxVersions = 200;

export function registryIn(sql: Sql): Registry {
  const one = async (text: string, values: readonly SqlValue[]): Promise<Row | null> =>
    (await sql.query(text, values))[0] ?? null;
  return {
    async head() {
      const row = await one("SELECT size, root FROM log_head WHERE one = 1", []);
      return row === null ? null : { size: numberAt(row, "size"), root: textAt(row, "root") };
    },
    index: (entries, head) =>
      sql.transaction(async (statements) => {
        for (const entry of entries) await indexOne(statements, entry);
        await putHead(statements, head);
      }),
    async agency(id) {
      const row = await one("SELECT * FROM agencies WHERE id = $1 ORDER BY version DESC LIMIT 1", [id]);
      return row === null ? null : agencyOf(row);
    },
    async agencyVersions(id) {
      const rows = await sql.query("SELECT * FROM agencies WHERE id = $1 ORDER BY version DESC LIMIT $2", [
        id,
        maxVersions,
      ]);
      return rows.map(agencyOf);
    },
    async agenciesWithKey(signKey) {
      // a key's `_` stands for any letter here; who asks looks at the key itself
      const rows = await sql.query(
        `SELECT * FROM agencies AS a WHERE profile LIKE $1
         AND version = (SELECT MAX(version) FROM agencies AS b WHERE b.id = a.id) ORDER BY id LIMIT 10`,
        [`%"signKey":"${signKey.replaceAll("%", "")}"%`],
      );
      return rows.map(agencyOf);
    },
    async agencies(limit) {
      const rows = await sql.query(
        `SELECT * FROM agencies AS a WHERE version = (SELECT MAX(version) FROM agencies AS b WHERE b.id = a.id)
         ORDER BY id LIMIT $1`,
        [limit],
      );
      return rows.map(agencyOf);
    },
    async request(hash) {
      const row = await one("SELECT * FROM requests WHERE hash = $1", [hash]);
      return row === null ? null : requestOf(row);
    },
    async requests(filter) {
      const { where, values } = wordsOf(filter);
      const rows = await sql.query(
        `SELECT * FROM requests WHERE ${where} ORDER BY log_index DESC LIMIT $${values.length + 1}`,
        [...values, filter.limit],
      );
      return rows.map(requestOf);
    },
    async requestsOfCase(agency, caseName) {
      const rows = await sql.query(
        "SELECT * FROM requests WHERE agency = $1 AND case_name = $2 ORDER BY log_index LIMIT 100",
        [agency, caseName],
      );
      return rows.map(requestOf);
    },
    async hasRequestId(agency, id) {
      return (
        (await one("SELECT 1 AS found FROM requests WHERE agency = $1 AND request_id = $2", [agency, id])) !==
        null
      );
    },
    async counts(agency, nowMs) {
      const row = await one(
        `SELECT COUNT(*) AS requests,
           COUNT(CASE WHEN withdrawn_at IS NULL AND expires_at > $2 THEN 1 END) AS open,
           COUNT(withdrawn_at) AS withdrawn FROM requests WHERE agency = $1`,
        [agency, nowMs],
      );
      return {
        requests: numberAt(row ?? {}, "requests"),
        open: numberAt(row ?? {}, "open"),
        withdrawn: numberAt(row ?? {}, "withdrawn"),
      };
    },
    async notes(about) {
      if (about.length === 0) return [];
      const places = about.map((_, at) => `$${at + 1}`).join(", ");
      const rows = await sql.query(
        `SELECT * FROM notes WHERE about IN (${places}) ORDER BY log_index LIMIT 1000`,
        about,
      );
      return rows.map(noteOf);
    },
  };
}

async function indexOne(statements: Statements, indexed: Indexed): Promise<void> {
  switch (indexed.kind) {
    case "agency": {
      const { index, hash, profile, envelope } = indexed.entry;
      await statements.query(
        `INSERT INTO agencies (log_index, id, version, hash, issued_at, profile, envelope)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
        [
          index,
          profile.id,
          profile.version,
          hash,
          profile.issuedAt,
          JSON.stringify(profile),
          JSON.stringify(envelope),
        ],
      );
      return;
    }
    case "request": {
      const { index, hash, request, envelope } = indexed.entry;
      const { south, west, north, east } = boxOf(request.area);
      await statements.query(
        `INSERT INTO requests (log_index, hash, request_id, agency, case_name, incident_type, south, west, north, east,
           window_from, window_to, issued_at, expires_at, payload, envelope)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`,
        [
          index,
          hash,
          request.id,
          request.agency,
          normalCase(request.case),
          request.incidentType,
          south,
          west,
          north,
          east,
          request.window.from,
          request.window.to,
          request.issuedAt,
          request.expiresAt,
          JSON.stringify(request),
          JSON.stringify(envelope),
        ],
      );
      return;
    }
    case "withdrawal":
      await statements.query(
        `UPDATE requests SET withdrawn_at = $1, withdrawn_by = 'agency'
         WHERE hash = $2 AND agency = $3 AND withdrawn_at IS NULL`,
        [indexed.at, indexed.request, indexed.agency],
      );
      return;
    case "note": {
      const { index, about, kind, text, issuedAt } = indexed.entry;
      await statements.query(
        `INSERT INTO notes (log_index, about, kind, issued_at, words) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [index, about, kind, issuedAt, text],
      );
      if (kind === "withdrawn")
        await statements.query(
          "UPDATE requests SET withdrawn_at = $1, withdrawn_by = 'registrar' WHERE hash = $2 AND withdrawn_at IS NULL",
          [issuedAt, about],
        );
    }
  }
}

async function putHead(statements: Statements, { size, root }: LogHead): Promise<void> {
  await statements.query(
    `INSERT INTO log_head (one, size, root) VALUES (1, $1, $2)
     ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root`,
    [size, root],
  );
}

/** The circle's box. It may lie across the 180th meridian, where a search from the other side does not find it. */
function boxOf({ lat, lon, radiusM }: Request["area"]): Box {
  const dLat = radiusM / mPerDegree;
  const dLon = dLat / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return { south: lat - dLat, north: lat + dLat, west: lon - dLon, east: lon + dLon };
}

/** Conditions are fixed texts; whatever came from outside is a value. */
function wordsOf({ agency, type, state, box, from, to, before, nowMs }: FeedFilter): {
  where: string;
  values: SqlValue[];
} {
  const values: SqlValue[] = [];
  const conditions: string[] = ["1 = 1"];
  const also = (condition: string, value: SqlValue | undefined): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(`${condition} $${values.length}`);
  };
  also("agency =", agency);
  also("incident_type =", type);
  if (state === "withdrawn") conditions.push("withdrawn_at IS NOT NULL");
  if (state === "open" || state === "expired") conditions.push("withdrawn_at IS NULL");
  also("expires_at >", state === "open" ? nowMs : undefined);
  also("expires_at <=", state === "expired" ? nowMs : undefined);
  also("north >=", box?.south);
  also("south <=", box?.north);
  also("east >=", box?.west);
  also("west <=", box?.east);
  also("window_to >=", from);
  also("window_from <=", to);
  also("log_index <", before);
  return { where: conditions.join(" AND "), values };
}

function agencyOf(row: Row): LoggedAgency {
  return {
    index: numberAt(row, "log_index"),
    hash: textAt(row, "hash"),
    profile: jsonAt(row, "profile", agencySchema),
    envelope: envelopeAt(row),
  };
}

function requestOf(row: Row): LoggedRequest {
  const at = numberOrNull(row, "withdrawn_at");
  const by = textAt(row, "withdrawn_by") === "agency" ? "agency" : "registrar";
  return {
    index: numberAt(row, "log_index"),
    hash: textAt(row, "hash"),
    request: jsonAt(row, "payload", requestSchema),
    envelope: envelopeAt(row),
    withdrawn: at === null ? null : { at, by },
  };
}

function noteOf(row: Row): LoggedNote {
  return {
    index: numberAt(row, "log_index"),
    about: textAt(row, "about"),
    kind: textAt(row, "kind") === "withdrawn" ? "withdrawn" : "note",
    text: textAt(row, "words"),
    issuedAt: numberAt(row, "issued_at"),
  };
}
