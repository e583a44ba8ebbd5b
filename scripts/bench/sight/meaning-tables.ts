/**
 * Prints the tables of docs/motion.md: `node scripts/bench/sight/meaning-tables.ts`.
 */
import { delayTexts, meaningTables, sensitivities } from "./meaning.ts";

for (const { title, rows } of meaningTables) {
  process.stdout.write(`\n| ${title} | ${sensitivities.join(" | ")} |\n`);
  process.stdout.write(`| --- |${" ---: |".repeat(sensitivities.length)}\n`);
  for (const [name, walk] of rows) process.stdout.write(`| ${name} | ${delayTexts(walk).join(" | ")} |\n`);
}
