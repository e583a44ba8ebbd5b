/**
 * Log words: one JSON log line as a person on a terminal reads it.
 *
 *   19:22:30  keeper is listening  address=127.0.0.1 port=8469
 *
 * Local time; the level is named from warning up; a field that is 0, null or "" has nothing to say.
 * What is not a log line passes as it is: nothing is lost for being odd.
 */
const levels: Readonly<Record<number, string>> = { 40: "warning: ", 50: "error: ", 60: "error: " };
const unsaid = new Set(["level", "time", "process", "pid", "hostname", "msg"]);

export function logWords(line: string): string {
  const entry = parse(line);
  if (entry === null) return line;
  const { level, time, msg } = entry;
  const at = new Date(Number(time)).toLocaleTimeString("en-GB");
  const fields = Object.entries(entry)
    .filter(([key, value]) => !unsaid.has(key) && value !== 0 && value !== null && value !== "")
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return `${[at, `${levels[Number(level)] ?? ""}${typeof msg === "string" ? msg : ""}`, fields.join(" ")].join("  ").trimEnd()}\n`;
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
