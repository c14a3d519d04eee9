// What lives in the browser.
import { push } from "./support/image";
import { addRepository, become, newPerson } from "./support/people";
import { expect, hydrated, test } from "./support/test";

test("a command is copied by its button", async ({ page, berth }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Private");
  await hydrated(page);
  const line = `docker push ${new URL(berth.url).host}/${person.name}/tides`;
  await page.getByRole("button", { name: `Copy: ${line}` }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line);
});

test("Markdown is shown before it is saved", async ({ page, berth, open }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Private");
  await open(`/r/${person.name}/tides/settings`);
  await page.getByLabel("Full description").fill("# Tide tables\n\n<script>1</script>");
  await page.getByRole("button", { name: "Preview" }).click();
  const preview = page.locator(".preview");
  await expect(preview.getByRole("heading", { name: "Tide tables" })).toBeVisible();
  await expect(preview.locator("script")).toHaveCount(0);
});

test("the page changes by itself when the first push arrives", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Private");
  await hydrated(page);
  await expect(page.getByText("Waiting for the first push…")).toBeVisible();
  await push(berth, person, `${person.name}/tides`);
  await expect(page.getByText(`docker pull ${new URL(berth.url).host}/${person.name}/tides`)).toBeVisible();
});
