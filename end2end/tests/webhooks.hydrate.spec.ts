// What the browser does for webhooks: a run's page keeps up with it.
import { type Page } from "@playwright/test";
import { push } from "./support/image";
import { newPerson, signIn } from "./support/people";
import { Receiver } from "./support/receiver";
import { expect, hydrated, test } from "./support/test";
import { addWebhook } from "./support/webhooks";

type Watched = Window & { streams: EventSource[]; same: boolean };

/** Keeps the streams that a page opens, so that a test can see what becomes of them. */
async function watchStreams(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.streams = [];
    window.EventSource = class extends EventSource {
      constructor(url: string | URL) {
        super(url);
        watched.streams.push(this);
      }
    };
  });
}

const states = (page: Page) =>
  page.evaluate(() => (window as unknown as Watched).streams.map((stream) => stream.readyState));

test("a run's page changes in place while it goes on", async ({ page, berth, accessible }) => {
  const receiver = await Receiver.start();
  try {
    const person = await newPerson(berth);
    const name = `${person.name}/tides`;
    await push(berth, person, name);
    await signIn(page, person);
    await addWebhook(page, name, [receiver.url("/test"), receiver.url("/deploy")]);
    await watchStreams(page);
    await page.getByRole("button", { name: "Send a test" }).click();
    await hydrated(page);
    await expect(page.getByText("waiting for its callback")).toBeVisible();
    await expect.poll(() => states(page)).toEqual([1]);
    await page.evaluate(() => ((window as unknown as Watched).same = true));
    const attempt = page.locator("#attempt-1-1 > summary");
    await attempt.click();
    await expect(attempt).toBeFocused();

    expect(await receiver.report(await receiver.next("/test", "multi"), "success", "387 tests PASSED")).toBe(200);
    await expect(page.getByText("387 tests PASSED")).toBeVisible();
    await expect(page.getByText("waiting for its callback")).toHaveCount(0);
    await expect(page.getByText("complete", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Cancel run" })).toHaveCount(0);
    await expect(page.locator("#attempt-1-1")).toHaveAttribute("open");
    await expect(attempt).toBeFocused();
    await expect(page.locator("#step-2")).toContainText("Attempt 1");
    await accessible();
    expect(await page.evaluate(() => (window as unknown as Watched).same)).toBe(true);
    await expect.poll(() => states(page)).toEqual([2]);
  } finally {
    receiver.stop();
  }
});
