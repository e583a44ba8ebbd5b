import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPortal } from "../../../portal/cli/run.ts";
import { agencyOf, requestOf, signedRequest, startPortal } from "../../../scripts/rigs/portal.ts";
import { openBack } from "../../../portal/portal.ts";
import { readWords } from "../../../portal/settings/words.ts";

const agency = agencyOf(1, "https://portal.example", "harbour-police");

async function openCli() {
  const data = await mkdtemp(join(tmpdir(), "sill-portal-cli-"));
  return async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const lines: Record<"out" | "err", string[]> = { out: [], err: [] };
    const code = await runPortal([...args, `--data=${data}`, "--url=https://portal.example"], {
      env: {},
      out: (line) => lines.out.push(line),
      err: (line) => lines.err.push(line),
    });
    return { code, out: lines.out.join("\n"), err: lines.err.join("\n") };
  };
}

const addWords = [
  "agency",
  "add",
  "--id",
  "harbour-police",
  "--name",
  "Harbour police",
  "--key",
  agency.keys.signKey,
  "--seal",
  agency.keys.sealTo,
  "--territory",
  "51.5,4.2 51.5,5.8 52.5,5.8 52.5,4.2",
  "--contact",
  "desk@example.org",
  "--verified-by",
  "visited in person",
];

test("an agency is vouched for, gets another key, and loses its keys", async () => {
  const portal = await openCli();
  expect((await portal(...addWords)).out).toBe("harbour-police version 1 is entry 0 of the public log");
  const shown = JSON.parse((await portal("agency", "show", "harbour-police")).out) as {
    docks: string[];
    kind: string;
  };
  expect([shown.docks, shown.kind]).toEqual([
    ["https://portal.example/dock/agencies/harbour-police"],
    "police",
  ]);
  const other = agencyOf(2, "").keys.signKey;
  expect((await portal("agency", "key", "harbour-police", other)).out).toContain("version 2");
  expect((await portal("agency", "revoke", "harbour-police", agency.keys.signKey)).out).toContain(
    "version 3",
  );
  expect((await portal("agency", "revoke", "harbour-police", agency.keys.signKey)).code).toBe(3);
  expect((await portal("agency", "revoke", "harbour-police", "all")).out).toContain("version 4 is entry 3");
  expect((await portal("agency", "list")).out).toBe("harbour-police  version 4  entry 3  Harbour police");
});

test("a profile from a file says what is wrong with it, and replaces the one before", async () => {
  const portal = await openCli();
  const file = join(await mkdtemp(join(tmpdir(), "sill-profile-")), "profile.json");
  const profile = {
    id: "harbour-police",
    name: "Harbour police",
    kind: "police",
    jurisdiction: [
      [51, 4],
      [51, 5],
      [52, 5],
    ],
    keys: [agency.keys.signKey],
    sealTo: [agency.keys.sealTo],
    contact: "desk@example.org",
    verifiedBy: "by letter",
  };
  await writeFile(file, JSON.stringify({ ...profile, kind: "private" }));
  const wrong = await portal("agency", "add", file);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("kind")]);
  await writeFile(file, JSON.stringify(profile));
  expect((await portal("agency", "add", file)).out).toContain("version 1 is entry 0");
  expect((await portal("agency", "add", file)).out).toContain("version 2 is entry 1");
});

test("the registrar speaks about a request, and every key is told", async () => {
  const data = await mkdtemp(join(tmpdir(), "sill-portal-cli-"));
  const portal = async (...args: string[]): Promise<string> => {
    const said: string[] = [];
    await runPortal([...args, `--data=${data}`], {
      env: {},
      out: (line) => said.push(line),
      err: (line) => said.push(line),
    });
    return said.join("\n");
  };
  await portal(...addWords);
  let hash = "";
  {
    await using back = await openBack(readWords([`--data=${data}`], {}).settings);
    const [logged] = await back.records.append(async () => [
      signedRequest(agency, requestOf(agency, Date.now())),
    ]);
    hash = logged?.hash ?? "";
  }
  expect(await portal("moderate", "note", hash, "closed", "by", "now")).toBe(
    "said in public: entry 2 of the public log",
  );
  expect(await portal("moderate", "withdraw", "00".repeat(32), "why")).toContain("the log holds no request");
  expect(await portal("moderate", "delete", hash)).toContain("unknown command");
  expect(await portal("keys")).toMatch(
    /portal\.logKey +sill-portal\.local\/log\+[0-9a-f]{8}\+\S+\nportal\.registrarKey +\S{43}/u,
  );
  expect(await portal("board", "approve", hash)).toContain("there is no such post");
});

test("a command works beside a service that runs, and the service sees what it did", async () => {
  await using rig = await startPortal();
  const code = await runPortal([...addWords, `--data=${rig.data}`], {
    env: {},
    out: () => {},
    err: () => {},
  });
  expect(code).toBe(0);
  const { agencies } = (await (await fetch(`${rig.url}/api/agencies`)).json()) as {
    agencies: { id: string }[];
  };
  expect(agencies.map(({ id }) => id)).toEqual(["harbour-police"]);
});

test.each([
  [["nonsense"], 2],
  [["agency", "nonsense"], 2],
  [["agency", "show", "nobody"], 3],
  [["--web.prot=1"], 2],
  [["help"], 0],
])("%j ends with %i", async (args, code) => {
  const portal = await openCli();
  expect((await portal(...args)).code).toBe(code);
});
