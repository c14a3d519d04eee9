// What the browser does for webhooks: a run's page keeps up with it, and the addresses of a chain are put in order.
import { type Page } from "@playwright/test";
import { push } from "./support/image";
import { become, newPerson, submit } from "./support/people";
import { Program } from "./support/program";
import { Receiver } from "./support/receiver";
import { expect, hydrated, test, visit } from "./support/test";
import { addWebhook, fillAddresses } from "./support/webhooks";

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
    await become(page, berth, person);
    await addWebhook(page, name, [receiver.url("/test"), receiver.url("/deploy")]);
    await watchStreams(page);
    await submit(page, page.getByRole("button", { name: "Send a test" }));
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

const order = (page: Page) =>
  page.locator(".addresses input").evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

/** What is sent with the form. */
const sent = (page: Page) => page.locator("#urls").inputValue();

/** Pastes as people do, where the browser's own clipboard needs permissions that not every browser gives. */
async function paste(page: Page, field: string, text: string): Promise<void> {
  await page.getByLabel(field, { exact: true }).evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test.describe("the addresses of a chain", () => {
  const [one, two, three] = ["https://1.1.1.1/test", "https://1.1.1.2/deploy", "https://1.1.1.3/log"] as const;

  test.beforeEach(async ({ page, berth }) => {
    const person = await newPerson(berth);
    await (await Program.of(berth, person)).addRepository("tides", "private");
    await become(page, berth, person);
    await visit(page, `/r/${person.name}/tides/settings/webhooks`);
    await hydrated(page);
    await page.getByLabel("Name", { exact: true }).fill("Test and deploy");
  });

  test("are put in order by keyboard", async ({ page, accessible }) => {
    await expect(page.locator("#urls")).toBeHidden();
    await fillAddresses(page, [one, two, three]);
    expect(await sent(page)).toBe([one, two, three].join("\n"));
    await page.getByRole("button", { name: "Move up: address 3" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Moved: now number 2 of 3.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Move up: address 2" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Moved: now number 1 of 3.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Move up: address 1" })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Move down: address 1" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Move down: address 2" })).toBeFocused();
    expect(await order(page)).toEqual([one, three, two]);
    await page.getByRole("button", { name: "Remove: address 1" }).click();
    await expect(page.getByText("Address 1 was removed.")).toBeVisible();
    await expect(page.getByLabel("Address 1", { exact: true })).toBeFocused();
    expect(await sent(page)).toBe([three, two].join("\n"));
    await accessible();

    await submit(page, page.getByRole("button", { name: "Add webhook" }));
    await hydrated(page);
    await expect.poll(() => order(page)).toEqual([three, two]);
    await page.getByRole("button", { name: "Move down: address 1" }).click();
    await submit(page, page.getByRole("button", { name: "Save" }));
    await hydrated(page);
    await expect.poll(() => order(page)).toEqual([two, three]);
  });

  test("are dragged by their handles", async ({ page }) => {
    await fillAddresses(page, [one, two, three]);
    await page.locator(".addresses").scrollIntoViewIfNeeded();
    const handle = await page.locator(".addresses .handle").first().boundingBox();
    const last = await page.locator(".addresses li").last().boundingBox();
    if (!handle || !last) throw new Error("nothing to drag");
    const x = handle.x + handle.width / 2;
    await page.mouse.move(x, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(x, last.y + last.height - 4, { steps: 5 });
    await expect(page.locator(".addresses li").nth(2)).toHaveClass("after");
    await page.mouse.up();
    await expect(page.getByText("Moved: now number 3 of 3.")).toBeVisible();
    await expect(page.getByLabel("Address 3", { exact: true })).toBeFocused();
    expect(await order(page)).toEqual([two, three, one]);
    expect(await sent(page)).toBe([two, three, one].join("\n"));
  });

  test("are split when several lines are pasted, and are not too many", async ({ page, accessible }) => {
    await paste(page, "Address 1", ` ${one}\r\n\n${two}\n`);
    await expect(page.getByLabel("Address 2", { exact: true })).toBeFocused();
    expect(await order(page)).toEqual([one, two]);
    const many = Array.from({ length: 19 }, (_, index) => `https://1.1.1.1/${index}`);
    await paste(page, "Address 2", many.join("\n"));
    await expect(page.getByText("A chain has at most 20 addresses: 1 of the pasted ones were left out.")).toBeVisible();
    await expect(page.locator(".addresses li")).toHaveCount(20);
    await page.getByRole("button", { name: "Add address" }).click();
    await expect(page.getByText("A chain has at most 20 addresses.", { exact: true })).toBeVisible();
    await expect(page.locator(".addresses li")).toHaveCount(20);
    await accessible();
  });
});
