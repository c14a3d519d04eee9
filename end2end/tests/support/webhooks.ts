// The form of a webhook, as people fill it in.
import { type Page } from "@playwright/test";

/** By the form, as the person who is signed in; the page of the webhook is open then. */
export async function addWebhook(page: Page, repository: string, urls: string[]): Promise<void> {
  await page.goto(`/r/${repository}/settings/webhooks`);
  await page.getByLabel("Name", { exact: true }).fill("Test and deploy");
  await page.getByLabel("Addresses").fill(urls.join("\n"));
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("button", { name: "Send a test" }).waitFor();
}
