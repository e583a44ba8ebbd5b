/**
 * Model: does the model that tells what moved answer, the same each time, and is it the file of its manifest?
 *
 * It is tried by a process of its own (`sill models check`), which shows it a drawn picture: whoever runs the self-test
 * loads no native code of it. Without a model events go on, so nothing about it is a failure of the doorbell.
 */
import { z } from "zod";
import type { Check } from "../check.ts";
import { passed, skipped, warned } from "./said.ts";

const triedSchema = z.object({
  name: z.string(),
  sha256: z.string(),
  porch: z.array(z.object({ label: z.string(), score: z.number() })),
  msMedian: z.number().nullable(),
  rssBytes: z.number(),
});

export const whatModel: Check = {
  id: "what-model",
  group: "system",
  title: "The model that tells what moved answers",
  mostMs: 20_000,
  async run({ settings, machine }) {
    const { model, memoryMb, timeoutMs, threads } = settings.what;
    if (model === "off") return skipped("none is wanted: what.model is off");
    const told = await machine.run("sill", [
      "models",
      "check",
      model,
      "--json",
      `--data=${settings.data}`,
      `--what.memoryMb=${memoryMb}`,
      `--what.timeoutMs=${timeoutMs}`,
      `--what.threads=${threads}`,
    ]);
    const tried = parsed(told);
    if (tried === null)
      return warned(
        `the model "${model}" could not be tried`,
        `sill models check ${model} says why; events go on without a word for what moved`,
      );
    const { name, sha256, porch, msMedian, rssBytes } = tried;
    const said = porch.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ") || "nothing";
    return passed(`${name} (${sha256.slice(0, 12)}) sees on the drawn porch: ${said}, twice the same`, {
      figures: [
        { name: "a picture", value: msMedian ?? 0, unit: "ms" },
        { name: "memory", value: rssBytes, unit: "bytes", atMost: memoryMb * 1024 * 1024 },
      ],
    });
  },
};

function parsed(text: string | null): z.output<typeof triedSchema> | null {
  try {
    return triedSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}
