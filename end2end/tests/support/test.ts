// What every spec starts from: `import { test, expect } from "./support/test";`
// One server for each worker, with a site admin; a test that needs its own server calls startBerth.
// A test fails on anything the browser reports as an error: a CSP violation, a hydration mismatch, a panic.
import { test as base, expect, type Page } from "@playwright/test";
import { objections } from "./axe";
import { type Berth, type Person, startBerth } from "./berth";

type ForTest = {
  /** Errors the browser may report in this test, for example the 404 of a page that is missing. */
  expectedErrors: RegExp[];
  browserErrors: string[];
  /** Opens a page of ours and, with JavaScript, waits until it answers to clicks. */
  open: (path: string) => Promise<Page>;
  /** Fails where the page has anything axe objects to. */
  accessible: () => Promise<void>;
};

type ForWorker = { berth: Berth; admin: Person };

export const test = base.extend<ForTest, ForWorker>({
  berth: [
    // Playwright reads from this pattern which fixtures are needed: none.
    async ({}, use) => {
      const berth = await startBerth();
      await use(berth);
      await berth.stop();
    },
    { scope: "worker" },
  ],
  admin: [
    async ({ berth }, use) => {
      const admin = { name: "admin", email: "admin@example.test", password: "correct horse battery staple" };
      await berth.addUser(admin, { admin: true });
      await use(admin);
    },
    { scope: "worker" },
  ],
  // The admin is made before the first page is asked for: without one every page is the first start's.
  baseURL: async ({ berth, admin: _admin }, use) => use(berth.url),
  expectedErrors: [[], { option: true }],
  browserErrors: [
    async ({ page, expectedErrors }, use) => {
      const seen: string[] = [];
      page.on("console", (message) => message.type() === "error" && seen.push(message.text()));
      page.on("pageerror", (error) => seen.push(String(error)));
      await use(seen);
      const unexpected = seen.filter((text) => !expectedErrors.some((expected) => expected.test(text)));
      expect(unexpected, "errors the browser reported").toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, javaScriptEnabled }, use) =>
    use(async (path) => {
      await come(page, path, javaScriptEnabled);
      return page;
    }),
  // axe runs its own script in the page, so it has nothing to say where JavaScript is off.
  accessible: async ({ page, javaScriptEnabled }, use) =>
    use(async () => {
      if (javaScriptEnabled) expect(await objections(page)).toEqual([]);
    }),
});

/**
 * Goes there, also from a page that is about to change: one that waits for a first push renews itself when it comes
 * (without JavaScript now and then), which ends what was begun.
 */
export async function visit(page: Page, path: string): Promise<void> {
  await expect(() => page.goto(path)).toPass();
}

/** Goes there and, with JavaScript, waits until the page answers to clicks. */
export async function come(page: Page, path: string, javaScriptEnabled: boolean | undefined): Promise<void> {
  await visit(page, path);
  if (javaScriptEnabled) await hydrated(page);
}

/** The page's own script sets the mark when every listener is attached. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
}

export { expect };
export type { Berth, Person };
export { startBerth };
