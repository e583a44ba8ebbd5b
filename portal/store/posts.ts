/**
 * Posts: the neighbours' board, in SQL. A refused post is kept as its hash until it expires, so that it does
 * not come back for another decision.
 */
import { postSchema } from "../../daemon/consent/post.ts";
import { numberAt, numberOrNull, textAt, textOrNull, type Row, type Sql, type SqlValue } from "../sql/sql.ts";
import { envelopeAt, jsonAt } from "./json.ts";
import { postStates, type BoardFilter, type KeptPost, type Posts } from "./store.ts";

export function postsIn(sql: Sql): Posts {
  return {
    async add({ hash, signKey, post, envelope, arrivedAt }) {
      await sql.query(
        `INSERT INTO posts (hash, sign_key, state, lat100, lon100, arrived_at, expires_at, payload, envelope)
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [
          hash,
          signKey,
          post.near.lat100,
          post.near.lon100,
          arrivedAt,
          post.expiresAt,
          JSON.stringify(post),
          JSON.stringify(envelope),
        ],
      );
    },
    async post(hash) {
      const [row] = await sql.query("SELECT * FROM posts WHERE hash = $1", [hash]);
      return row === undefined ? null : postOf(row);
    },
    async pending(limit) {
      const rows = await sql.query(
        "SELECT * FROM posts WHERE state = 'pending' ORDER BY arrived_at, hash LIMIT $1",
        [limit],
      );
      return rows.map(postOf);
    },
    async board(filter) {
      const { where, values } = wordsOf(filter);
      const rows = await sql.query(
        `SELECT * FROM posts WHERE ${where} ORDER BY approved_at DESC, hash DESC LIMIT $${values.length + 1}`,
        [...values, filter.limit],
      );
      return rows.map(postOf);
    },
    async decide(hash, decision) {
      const isApproved = decision.state === "approved";
      await sql.query("UPDATE posts SET state = $1, approved_at = $2, approval = $3 WHERE hash = $4", [
        decision.state,
        isApproved ? decision.at : null,
        isApproved ? JSON.stringify(decision.approval) : null,
        hash,
      ]);
    },
    async countOf(signKey, nowMs) {
      const [row] = await sql.query(
        "SELECT COUNT(*) AS n FROM posts WHERE sign_key = $1 AND state <> 'refused' AND expires_at > $2",
        [signKey, nowMs],
      );
      return numberAt(row, "n");
    },
    async pendingCount() {
      const [row] = await sql.query("SELECT COUNT(*) AS n FROM posts WHERE state = 'pending'");
      return numberAt(row, "n");
    },
    async sweep(nowMs) {
      const rows = await sql.query("DELETE FROM posts WHERE expires_at <= $1 RETURNING hash", [nowMs]);
      return rows.length;
    },
  };
}

function wordsOf({ box, before, nowMs }: BoardFilter): { where: string; values: SqlValue[] } {
  const values: SqlValue[] = [nowMs];
  let where = "state = 'approved' AND expires_at > $1";
  if (box !== undefined) {
    const { south, north, west, east } = box;
    values.push(
      Math.floor(south * 100),
      Math.ceil(north * 100),
      Math.floor(west * 100),
      Math.ceil(east * 100),
    );
    where += " AND lat100 BETWEEN $2 AND $3 AND lon100 BETWEEN $4 AND $5";
  }
  if (before !== undefined) {
    values.push(before.approvedAt, before.hash);
    const [at, hash] = [values.length - 1, values.length];
    where += ` AND (approved_at < $${at} OR (approved_at = $${at} AND hash < $${hash}))`;
  }
  return { where, values };
}

function postOf(row: Row): KeptPost {
  const state = postStates.find((one) => one === textAt(row, "state")) ?? "refused";
  return {
    hash: textAt(row, "hash"),
    signKey: textAt(row, "sign_key"),
    post: jsonAt(row, "payload", postSchema),
    envelope: envelopeAt(row),
    state,
    arrivedAt: numberAt(row, "arrived_at"),
    approvedAt: numberOrNull(row, "approved_at"),
    approval: textOrNull(row, "approval") === null ? null : envelopeAt(row, "approval"),
  };
}
