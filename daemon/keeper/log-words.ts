/**
 * Log words: one JSON log line as a person on a terminal reads it.
 *
 *   19:22:30  keeper is listening  address=127.0.0.1 port=8469
 *
 * Local time; the level is named from warning up; a field that is 0, null or "" has nothing to say. The
 * journal of systemd has a time of its own, and takes the level as a number of syslog's in front.
 * What is not a log line passes as it is: nothing is lost for being odd.
 */
const levels: Readonly<Record<number, string>> = { 40: "warning: ", 50: "error: ", 60: "error: " };
const syslogLevels: Readonly<Record<number, number>> = { 10: 7, 20: 7, 30: 6, 40: 4, 50: 3, 60: 2 };
const unsaid = new Set(["level", "time", "process", "pid", "hostname", "msg"]);

export function logWords(line: string): string {
  const entry = parse(line);
  if (entry === null) return line;
  return `${new Date(Number(entry["time"])).toLocaleTimeString("en-GB")}  ${words(entry)}\n`;
}

/** As `journalctl -u 'sill-*'` shows it. */
export function journalWords(line: string): string {
  const entry = parse(line);
  if (entry === null) return line;
  return `<${syslogLevels[Number(entry["level"])] ?? 6}>${words(entry)}\n`;
}

function words(entry: Record<string, unknown>): string {
  const { level, msg } = entry;
  const fields = Object.entries(entry)
    .filter(([key, value]) => !unsaid.has(key) && value !== 0 && value !== null && value !== "")
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const said = `${levels[Number(level)] ?? ""}${typeof msg === "string" ? msg : ""}`;
  return `${said}  ${fields.join(" ")}`.trimEnd();
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "time" in value && "msg" in value;
}
