// A chain of webhooks: made, pushed to, watched, stopped by a callback, replayed from that step.
import { type Page } from "@playwright/test";
import { push } from "./support/image";
import { become, newPerson, submit } from "./support/people";
import { Program } from "./support/program";
import { Receiver } from "./support/receiver";
import { expect, test, visit } from "./support/test";
import { addWebhook, fillAddresses, isGenuine, newSecret } from "./support/webhooks";

/** With JavaScript the page keeps up by itself; without it people reload it. */
async function shows(page: Page, javaScriptEnabled: boolean | undefined, text: string): Promise<void> {
  await expect(async () => {
    if (!javaScriptEnabled) await page.reload();
    await expect(page.getByRole("main").getByText(text).first()).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
}

test("a chain waits for each callback, stops at a failure, and is replayed from there", async ({
  page,
  berth,
  accessible,
  javaScriptEnabled,
}) => {
  test.setTimeout(300_000);
  const receiver = await Receiver.start();
  try {
    const person = await newPerson(berth);
    const name = `${person.name}/tides`;
    await (await Program.of(berth, person)).addRepository("tides", "private");
    await become(page, berth, person);
    await visit(page, `/r/${name}/settings`);
    await page.getByRole("link", { name: "Webhooks" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Test and deploy");
    await fillAddresses(page, ["http://169.254.169.254/latest/meta-data"], javaScriptEnabled);
    await page.getByRole("button", { name: "Add webhook" }).click();
    const addresses = page.getByLabel(javaScriptEnabled === false ? "Addresses" : "Address 1", { exact: true });
    await expect(addresses).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Test and deploy");
    await accessible();
    await fillAddresses(page, [receiver.url("/test"), receiver.url("/deploy")], javaScriptEnabled);
    await page.locator("label", { hasText: "Wait for the last callback" }).click();
    await page.getByRole("button", { name: "Add webhook" }).click();
    const secret = await newSecret(page);

    await push(berth, person, name);
    const first = await receiver.next("/test", "latest");
    expect(first.body.repository.repo_name).toBe(name);
    expect(isGenuine(first, secret)).toBe(true);
    expect(isGenuine({ ...first, text: `${first.text} ` }, secret)).toBe(false);
    await page.reload();
    await page.getByRole("link", { name: "latest" }).click();
    await shows(page, javaScriptEnabled, "waiting for its callback");
    await accessible();
    expect(await receiver.report(first, "success", "387 tests PASSED")).toBe(200);
    await shows(page, javaScriptEnabled, "387 tests PASSED");
    const second = await receiver.next("/deploy", "latest");
    expect(await receiver.report(second, "failure", "no room in the harbour")).toBe(200);
    await shows(page, javaScriptEnabled, "stopped by a callback");
    await expect(page.getByRole("link", { name: "no room in the harbour" })).toHaveAttribute("rel", /nofollow/);

    receiver.deliveries.length = 0;
    await page.getByRole("button", { name: "Replay from here: 2" }).click();
    const again = await receiver.next("/deploy", "latest");
    expect(again.body.push_data).toEqual(second.body.push_data);
    expect(await receiver.report(again, "success", "deployed")).toBe(200);
    await shows(page, javaScriptEnabled, "complete");
    expect(await receiver.report(again, "success", "twice")).toBe(409);

    await page.goto(`/r/${name}/tags/latest`);
    await expect(page.getByText("387 tests PASSED")).toBeVisible();
    await accessible();
  } finally {
    receiver.stop();
  }
});

test("a webhook is tested, turned off, given a new secret, and deleted", async ({
  page,
  berth,
  javaScriptEnabled,
}) => {
  const receiver = await Receiver.start();
  try {
    const person = await newPerson(berth);
    const name = `${person.name}/tides`;
    await push(berth, person, name);
    await become(page, berth, person);
    await addWebhook(page, name, [receiver.url("/log")], javaScriptEnabled);
    const [webhook, old] = [page.url(), await newSecret(page)];
    await submit(page, page.getByRole("button", { name: "Send a test" }));
    expect(isGenuine(await receiver.next("/log", "multi"), old)).toBe(true);
    await page.goto(webhook);
    await page.getByRole("button", { name: "Make a new secret" }).click();
    const secret = await newSecret(page);
    receiver.deliveries.length = 0;
    await submit(page, page.getByRole("button", { name: "Send a test" }));
    const rotated = await receiver.next("/log", "multi");
    const stranger = `whsec_${Buffer.from("nobody's secret, but long enough").toString("base64")}`;
    expect([secret, old, stranger].map((one) => isGenuine(rotated, one))).toEqual([true, true, false]);
    await page.goto(webhook);
    await page.getByRole("button", { name: "Turn off" }).click();
    await expect(page.getByText("Turned off.")).toBeVisible();
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByText("Turned off.")).toHaveCount(0);
    await page.locator("summary", { hasText: "Delete webhook" }).click();
    await page.getByRole("button", { name: "Delete webhook" }).click();
    await expect(page.getByText("No webhook yet")).toBeVisible();
  } finally {
    receiver.stop();
  }
});
