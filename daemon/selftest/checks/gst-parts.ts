/**
 * Parts of GStreamer: is all there that the eye needs, new enough?
 *
 * GStreamer is asked by a process of its own (`sill hal list`): whoever runs the self-test does not load it.
 */
import { z } from "zod";
import type { Check, CheckContext } from "../check.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const listSchema = z.object({
  gst: z.object({
    version: z.string().nullable(),
    encoder: z.string().nullable(),
    problems: z.array(z.string()),
  }),
});

async function asked({ machine }: CheckContext): Promise<z.output<typeof listSchema>["gst"] | null> {
  const text = await machine.run("sill", ["hal", "list", "--json"]);
  if (text === null) return null;
  try {
    return listSchema.parse(JSON.parse(text)).gst;
  } catch {
    return null;
  }
}

export const gstParts: Check = {
  id: "gst-parts",
  group: "system",
  title: "GStreamer has the parts that the eye needs",
  mostMs: 20_000,
  async run(context) {
    const gst = await asked(context);
    if (gst === null) return skipped("it could not be asked", "sill hal list says why");
    const { version, encoder, problems } = gst;
    const more = problems.join("; ");
    if (version === null) return failed("GStreamer is not there, or too old to be used", more);
    if (encoder === null) return failed(`GStreamer ${version} has no encoder for H.264`, more);
    const seen = `GStreamer ${version}, encoding with ${encoder}`;
    return problems.length === 0 ? passed(seen) : warned(seen, more);
  },
};
