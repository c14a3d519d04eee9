// The corpus that the server's tests try texts with, and a watch over what a page does with it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { come } from "./test";

const file = resolve(import.meta.dirname, "../../../server/testing/attacks.txt");

/** Every attack; a line of three dashes stands between two of them. */
export const attacks: string[] = readFileSync(file, "utf8")
  .split("\n---\n")
  .map((attack) => attack.replace(/^\n+|\n+$/g, ""))
  .filter((attack) => attack !== "");

/** The same, as many in one text as `most` characters hold. */
export function packed(most: number): string[] {
  const texts: string[] = [];
  for (const attack of attacks) {
    const both = texts.length > 0 ? `${texts.at(-1)} ${attack}` : attack;
    if (texts.length > 0 && both.length <= most) texts[texts.length - 1] = both;
    else texts.push(attack.slice(0, most));
  }
  return texts;
}

/** Texts with spaces as a page lays them out. */
export function laidOut(texts: string[]): string[] {
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

/**
 * What a browser makes of pages without opening them: how many elements each has, and what stands at `selector`, as a text
 * or as the content of a `meta`.
 */
export function parsed(
  page: Page,
  sources: string[],
  selector: string,
): Promise<{ elements: number; texts: string[] }[]> {
  return page.evaluate(
    ({ sources, selector }) =>
      sources.map((source) => {
        const read = new DOMParser().parseFromString(source, "text/html");
        const found = Array.from(read.querySelectorAll(selector));
        const texts = found.map((one) => one.getAttribute("content") ?? one.textContent ?? "");
        return { elements: read.querySelectorAll("*").length, texts };
      }),
    { sources, selector },
  );
}

export type Watch = { calm: () => void };

/** Notes what a page must never do: run an attack's `alert`, or ask another host for anything. */
export function watch(page: Page, home: string): Watch {
  const seen: string[] = [];
  page.on("dialog", async (dialog) => {
    seen.push(`dialog ${dialog.message()} on ${page.url()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith("data:")) seen.push(`request to ${url} from ${page.url()}`);
  });
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) seen.push(`${message.text()} on ${page.url()}`);
  });
  return { calm: () => expect(seen).toEqual([]) };
}

/** What strangers wrote has made no element that runs, loads or posts something, and no link that does. */
export async function inert(page: Page, texts: string): Promise<void> {
  const bad = "script, style, iframe, object, embed, form, input:not([type=checkbox]), button, img, svg, math, base, meta, link";
  await expect(page.locator(texts).locator(bad)).toHaveCount(0);
  const links = await page.locator(`${texts} a`).evaluateAll((all) =>
    all.map((link) => [link.getAttribute("href") ?? "", link.getAttribute("rel") ?? ""] as const),
  );
  for (const [href, rel] of links) {
    expect(href === "" || /^(https?:\/\/|mailto:|#)/i.test(href), href).toBe(true);
    if (/^https?:/i.test(href)) expect(rel).toMatch(/nofollow.*noopener/);
  }
}

/** Goes there, where nothing at `texts` is more than text, and does what hands do: it sets off nothing either. */
export async function face(
  page: Page,
  watched: Watch,
  path: string,
  texts: string,
  javaScriptEnabled: boolean | undefined,
): Promise<void> {
  await come(page, path, javaScriptEnabled);
  await inert(page, texts);
  // Whatever reacts to the mouse or to the keyboard has its chance.
  await page.mouse.move(100, 200);
  await page.mouse.move(860, 580, { steps: 20 });
  for (let step = 0; step < 20; step += 1) await page.keyboard.press("Tab");
  await page.waitForLoadState("networkidle");
  watched.calm();
}
