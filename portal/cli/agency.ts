/**
 * Agency command: the registrar vouches for agencies. Each change is an entry of the public log.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Fault, toFault } from "../../hal/fault.ts";
import { putAgency, withKey, withoutKeys, type ProfileDraft } from "../office/agencies.ts";
import type { PortalSettings } from "../settings/schema.ts";
import type { Command } from "./terminal.ts";

const maxFileBytes = 1024 * 1024;

export const agencyCommand: Command = async ({ words, back, settings, terminal }) => {
  const { office, store } = back;
  const [verb = "", id = "", key = ""] = words;
  const tell = ({ profile, index }: { profile: { id: string; version: number }; index: number }): void =>
    terminal.out(`${profile.id} version ${profile.version} is entry ${index} of the public log`);
  switch (verb) {
    case "add": {
      const draft = await draftOf(words.slice(1), settings);
      const name = typeof draft["id"] === "string" ? draft["id"] : "";
      tell(await putAgency(office, name, (_newest, nowMs) => completed(draft, nowMs)));
      return;
    }
    case "key":
      tell(await putAgency(office, id, (newest, nowMs) => withKey(newest, id, key, nowMs)));
      return;
    case "revoke":
      if (key === "") throw new Fault("invalid", "which key? a SIGNKEY, or all");
      tell(await putAgency(office, id, (newest, nowMs) => withoutKeys(newest, id, key, nowMs)));
      return;
    case "list":
      for (const { profile, index } of await store.registry.agencies(10_000))
        terminal.out(`${profile.id}  version ${profile.version}  entry ${index}  ${profile.name}`);
      return;
    case "show": {
      const found = await store.registry.agency(id);
      if (found === null) throw new Fault("not-found", `no agency ${id}`);
      terminal.out(JSON.stringify(found.profile, null, 2));
      return;
    }
    default:
      throw new Fault("invalid", `unknown command agency ${verb}`, { hint: "npm run portal -- help" });
  }
};

type Draft = Readonly<Record<string, unknown>>;

/** Times and version are the portal's; keys may be given as texts alone. */
function completed({ version: _version, issuedAt: _issuedAt, ...draft }: Draft, nowMs: number): ProfileDraft {
  const keys = Array.isArray(draft["keys"]) ? draft["keys"] : [];
  return {
    ...draft,
    keys: keys.map((key: unknown) =>
      typeof key === "string" ? { signKey: key, from: nowMs, revokedAt: null } : key,
    ),
  } as unknown as ProfileDraft; // putAgency checks it
}

async function draftOf(words: readonly string[], settings: PortalSettings): Promise<Draft> {
  const { values, positionals } = parsed(words);
  const [file] = positionals;
  if (file !== undefined) return withDock(await fromFile(file), settings);
  const text = (name: keyof typeof values): string => String(values[name] ?? "");
  return withDock(
    {
      id: text("id"),
      name: text("name"),
      kind: text("kind") || "police",
      jurisdiction: text("territory")
        .trim()
        .split(/\s+/u)
        .map((corner) => corner.split(",").map(Number)),
      keys: values.key ?? [],
      sealTo: values.seal ?? [],
      ...(values.dock === undefined ? {} : { docks: values.dock }),
      contact: text("contact"),
      verifiedBy: text("verified-by"),
    },
    settings,
  );
}

function parsed(words: readonly string[]) {
  const one = { type: "string" } as const;
  const many = { type: "string", multiple: true } as const;
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        id: one,
        name: one,
        kind: one,
        territory: one,
        contact: one,
        "verified-by": one,
        key: many,
        seal: many,
        dock: many,
      },
    });
  } catch (error) {
    throw new Fault("invalid", toFault(error).message, { hint: "npm run portal -- help", cause: error });
  }
}

/** Its parcels come here unless it has a dock of its own. */
function withDock(draft: Draft, { url, web }: PortalSettings): Draft {
  const own = url === "" ? `http://${web.host}:${web.port}` : url;
  return "docks" in draft ? draft : { ...draft, docks: [`${own}/dock/agencies/${String(draft["id"])}`] };
}

async function fromFile(file: string): Promise<Draft> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw toFault(error, `cannot read ${file}`);
  });
  if (text.length > maxFileBytes) throw new Fault("invalid", `${file} is too long for a profile`);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Draft;
  } catch (error) {
    throw new Fault("invalid", `${file} is not JSON`, { cause: error });
  }
  throw new Fault("invalid", `${file} holds no profile`, { hint: "docs/portal.md shows one" });
}
