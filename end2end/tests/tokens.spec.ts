// Access tokens: made, shown once, used by a client, revoked.
import { push } from "./support/image";
import { become, newPerson } from "./support/people";
import { Program } from "./support/program";
import { expect, test } from "./support/test";

test("a token for one repository pushes there until it is revoked", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await (await Program.of(berth, person)).addRepository("tides", "private");
  await become(page, berth, person);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Access tokens" }).click();
  await page.getByLabel("What is it for?").fill("CI of tides");
  await page.getByLabel("Only these repositories").fill("No Name");
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByLabel("Only these repositories")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("What is it for?")).toHaveValue("CI of tides");
  await page.getByLabel("Only these repositories").fill(`${person.name}/tides`);
  await page.getByRole("button", { name: "Make token" }).click();
  const secret = (await page.getByRole("status").locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^brt_pat_[\w-]{40,}$/);
  expect(page.url()).not.toContain("brt_pat_");
  await page.reload();
  await expect(page.getByText(secret)).toHaveCount(0);
  await expect(page.getByText("never used")).toBeVisible();

  const program = { ...person, password: secret };
  await push(berth, program, `${person.name}/tides`);
  await expect(push(berth, program, `${person.name}/other`)).rejects.toThrow();
  await page.reload();
  await expect(page.getByText(/last used (just now|\d+ minute)/)).toBeVisible();
  await page.getByRole("button", { name: "Revoke CI of tides" }).click();
  await expect(page.getByText("No token yet.")).toBeVisible();
  await expect(push(berth, program, `${person.name}/tides`)).rejects.toThrow(/unauthorized|authentication/i);
});
