/**
 * The whole story on one machine: `npm run demo`. See README.md.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import * as agency from "./agency.ts";
import * as owner from "./owner.ts";
import { Pictures } from "./pictures.ts";
import { openStage } from "./stage.ts";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: { out: { type: "string", default: join(root, "docs/images/demo") } },
});
const pictures = await Pictures.open(values.out);

pictures.say("A portal and a doorbell start; the porch is simulated, everything else is real.");
await using stage = await openStage();
pictures.say(`doorbell ${stage.door.url}, portal ${stage.portal.url}\n`);

await owner.visitor(stage, pictures);
await owner.sayPlace(stage, pictures);
await agency.signIn(stage);
await agency.ask(stage, pictures);
pictures.say("    (the doorbell looks at the public log once a minute here; an hour is usual)");
await owner.isAsked(stage, 1);
await owner.read(stage, pictures);
await owner.share(stage, pictures);
await agency.receive(stage, pictures);
await owner.seeReceipt(stage, pictures);
await agency.askAgain(stage);
await owner.isAsked(stage, 2);
await owner.sayNo(stage, pictures);
await owner.lookBack(stage, pictures);

const { stdout } = await promisify(execFile)(join(root, "sill"), [
  "ledger",
  "verify",
  `--data=${stage.door.data}`,
]);
pictures.say(`\n$ sill ledger verify\n${stdout.trimEnd()}\n\nPictures: ${values.out}`);
