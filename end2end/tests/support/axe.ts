// axe reads a page for what people who see, hear or point otherwise can not use.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Page } from "@playwright/test";
import type axe from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What it objects to, each with the elements; nothing where all is well. */
export async function objections(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async () => {
    const reader = (window as unknown as { axe: typeof axe }).axe;
    // Only what is wrong is described at length, which spares most of the work.
    const { violations } = await reader.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  });
}
