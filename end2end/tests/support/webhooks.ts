// The form of a webhook, as people fill it in with JavaScript and without; and what receivers make of deliveries.
import { type Page, expect } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { type Delivery } from "./receiver";
import { visit } from "./test";

/** One address a field; without JavaScript one a line. */
export async function fillAddresses(page: Page, urls: string[], javaScriptEnabled = true): Promise<void> {
  if (!javaScriptEnabled) {
    await page.getByLabel("Addresses").fill(urls.join("\n"));
    return;
  }
  await expect(page.getByLabel("Address 1", { exact: true })).toBeVisible();
  for (const [index, url] of urls.entries()) {
    const field = page.getByLabel(`Address ${index + 1}`, { exact: true });
    if (!(await field.isVisible())) await page.getByRole("button", { name: "Add address" }).click();
    await field.fill(url);
  }
}

/** By the form, as the person who is signed in; the page of the webhook is open then. */
export async function addWebhook(
  page: Page,
  repository: string,
  urls: string[],
  javaScriptEnabled = true,
): Promise<void> {
  await visit(page, `/r/${repository}/settings/webhooks`);
  await page.getByLabel("Name", { exact: true }).fill("Test and deploy");
  await fillAddresses(page, urls, javaScriptEnabled);
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("button", { name: "Send a test" }).waitFor();
}

/** The secret that the page shows once. */
export async function newSecret(page: Page): Promise<string> {
  const secret = page.getByRole("status").locator("code");
  await expect(secret).toHaveText(/^whsec_/);
  return (await secret.textContent()) ?? "";
}

/** Whether the library of Standard Webhooks, which knows nothing of Berth, takes it for genuine. */
export function isGenuine(delivery: Delivery, secret: string): boolean {
  try {
    return new Webhook(secret).verify(delivery.text, delivery.headers) !== undefined;
  } catch {
    return false;
  }
}
