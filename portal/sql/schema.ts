/**
 * Schema: the portal's tables, for both databases. What the log says (agencies, requests, notes) is an index
 * that is filled again from the log when it is lost; parcels, posts and what agencies signed are kept only here.
 *
 * Times are milliseconds since 1970. No column holds an address of the network, a name of an owner or a key
 * that opens anything; `upload` names the bytes and is known to whoever sends them.
 */
export const schemaVersion = 1;

export const schema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS portal_schema (version BIGINT NOT NULL)`,

  // --- what the public log says -----------------------------------------------------------------
  `CREATE TABLE IF NOT EXISTS log_head (one BIGINT PRIMARY KEY, size BIGINT NOT NULL, root TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS agencies (
     log_index BIGINT PRIMARY KEY, id TEXT NOT NULL, version BIGINT NOT NULL, hash TEXT NOT NULL,
     issued_at BIGINT NOT NULL, profile TEXT NOT NULL, envelope TEXT NOT NULL, UNIQUE (id, version))`,
  `CREATE TABLE IF NOT EXISTS requests (
     log_index BIGINT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, request_id TEXT NOT NULL, agency TEXT NOT NULL,
     case_name TEXT NOT NULL, incident_type TEXT NOT NULL,
     south DOUBLE PRECISION NOT NULL, west DOUBLE PRECISION NOT NULL,
     north DOUBLE PRECISION NOT NULL, east DOUBLE PRECISION NOT NULL,
     window_from BIGINT NOT NULL, window_to BIGINT NOT NULL, issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
     withdrawn_at BIGINT, withdrawn_by TEXT, payload TEXT NOT NULL, envelope TEXT NOT NULL)`,
  `CREATE INDEX IF NOT EXISTS requests_by_agency ON requests (agency, log_index)`,
  `CREATE INDEX IF NOT EXISTS requests_by_expiry ON requests (expires_at)`,
  `CREATE TABLE IF NOT EXISTS notes (
     log_index BIGINT PRIMARY KEY, about TEXT NOT NULL, kind TEXT NOT NULL, issued_at BIGINT NOT NULL,
     words TEXT NOT NULL)`,
  `CREATE INDEX IF NOT EXISTS notes_by_about ON notes (about)`,

  // --- the docks --------------------------------------------------------------------------------
  `CREATE TABLE IF NOT EXISTS parcels (
     upload TEXT PRIMARY KEY, dock TEXT NOT NULL, grant_id TEXT NOT NULL, bytes BIGINT NOT NULL,
     letter_bytes BIGINT NOT NULL, request TEXT, created_at BIGINT NOT NULL, arrived_at BIGINT,
     until_at BIGINT NOT NULL, here BIGINT NOT NULL)`,
  `CREATE UNIQUE INDEX IF NOT EXISTS parcels_arrived ON parcels (dock, grant_id) WHERE arrived_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS parcels_by_until ON parcels (here, until_at)`,
  `CREATE TABLE IF NOT EXISTS receipts (
     dock TEXT NOT NULL, grant_id TEXT NOT NULL, hash TEXT NOT NULL, received_at BIGINT NOT NULL,
     envelope TEXT NOT NULL, PRIMARY KEY (dock, grant_id))`,
  `CREATE TABLE IF NOT EXISTS notices (
     dock TEXT NOT NULL, grant_id TEXT NOT NULL, sign_key TEXT NOT NULL, left_at BIGINT NOT NULL,
     envelope TEXT NOT NULL, PRIMARY KEY (dock, grant_id, sign_key))`,
  `CREATE TABLE IF NOT EXISTS answers (
     dock TEXT NOT NULL, grant_id TEXT NOT NULL, hash TEXT NOT NULL, answer TEXT NOT NULL,
     answered_at BIGINT NOT NULL, envelope TEXT NOT NULL, PRIMARY KEY (dock, grant_id))`,

  // --- the neighbours' board --------------------------------------------------------------------
  `CREATE TABLE IF NOT EXISTS posts (
     hash TEXT PRIMARY KEY, sign_key TEXT NOT NULL, state TEXT NOT NULL, lat100 BIGINT NOT NULL,
     lon100 BIGINT NOT NULL, arrived_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, approved_at BIGINT,
     approval TEXT, payload TEXT NOT NULL, envelope TEXT NOT NULL)`,
  `CREATE INDEX IF NOT EXISTS posts_by_state ON posts (state, approved_at)`,
];
