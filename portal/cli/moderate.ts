/**
 * Moderate and board commands: what the registrar says in public, and which posts stand on the board.
 */
import { Fault } from "../../hal/fault.ts";
import { approvePost, moderate, refusePost } from "../office/moderation.ts";
import type { Command } from "./terminal.ts";

const maxShown = 50;

export const moderateCommand: Command = async ({ words, back, terminal }) => {
  const [verb = "", about = "", ...text] = words;
  if (verb !== "note" && verb !== "withdraw")
    throw new Fault("invalid", `unknown command moderate ${verb}`, { hint: "npm run portal -- help" });
  const kind = verb === "note" ? "note" : "withdrawn";
  const { index } = await moderate(back.office, { about, kind, text: text.join(" ") });
  terminal.out(`said in public: entry ${index} of the public log`);
};

export const boardCommand: Command = async ({ words, back, terminal }) => {
  const [verb = "", hash = ""] = words;
  const { posts } = back.store;
  switch (verb) {
    case "":
      for (const { hash: name, post } of await posts.pending(maxShown)) {
        terminal.out(
          `${name}  ${post.nearName}  until ${new Date(post.expiresAt).toISOString().slice(0, 10)}`,
        );
        terminal.out(`  ${post.title}`);
        for (const line of post.text.split("\n")) terminal.out(`  ${line}`);
        if (post.share !== null) terminal.out("  with a link to a clip");
      }
      return;
    case "approve":
      await approvePost({ ...back.office, posts }, hash);
      terminal.out("it stands on the board");
      return;
    case "refuse":
      await refusePost(posts, hash);
      terminal.out("it does not stand on the board");
      return;
    default:
      throw new Fault("invalid", `unknown command board ${verb}`, { hint: "npm run portal -- help" });
  }
};
