// A repository gets another name: the old one leads to it. What happened is in the logs.
import { push } from "./support/image";
import { addOrganization, become, newPerson } from "./support/people";
import { expect, test } from "./support/test";

test("a renamed and transferred repository is found by its old names", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await push(berth, person, `${person.name}/tides`);
  await become(page, berth, person);
  await addOrganization(page, berth, `${person.name}-org`);
  await page.goto(`/r/${person.name}/tides/settings`);
  await page.getByLabel("New name").fill("Bad Name");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByLabel("New name")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("New name").fill("currents");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page).toHaveURL(new RegExp(`/r/${person.name}/currents/settings`));
  await page.goto(`/r/${person.name}/tides/tags/latest`);
  await expect(page).toHaveURL(new RegExp(`/r/${person.name}/currents/tags/latest$`));

  await page.goto(`/r/${person.name}/currents/settings`);
  await page.getByLabel("To", { exact: true }).selectOption(`${person.name}-org`);
  await page.locator("#transfer-confirm").fill(`${person.name}/currents`);
  await page.getByRole("button", { name: "Transfer" }).click();
  await expect(page).toHaveURL(new RegExp(`/r/${person.name}-org/currents/settings`));
  await page.goto(`/r/${person.name}/tides`);
  await expect(page).toHaveURL(new RegExp(`/r/${person.name}-org/currents$`));
  await expect(push(berth, person, `${person.name}/tides`)).rejects.toThrow(/denied/i);

  await page.goto(`/r/${person.name}-org/currents/settings/log`);
  await expect(page.getByText(`moved ${person.name}/tides to ${person.name}/currents`)).toBeVisible();
  await expect(page.getByText(`pushed ${person.name}/tides:latest`)).toBeVisible();
  await page.getByRole("combobox", { name: "What" }).selectOption("repo.move");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText(`pushed ${person.name}/tides:latest`)).toHaveCount(0);
  const exported = await page.request.get(
    (await page.getByRole("link", { name: "Export" }).getAttribute("href")) ?? "",
  );
  const lines = (await exported.text()).trim().split("\n").map((line) => JSON.parse(line));
  expect(lines.map((line) => line.action)).toEqual(["repo.move", "repo.move"]);
});

test("an organization's program pushes with its own token", async ({ page, berth }) => {
  const person = await newPerson(berth);
  const organization = `${person.name}-org`;
  await become(page, berth, person);
  await addOrganization(page, berth, organization);
  await page.goto(`/u/${organization}/tokens`);
  await page.getByLabel("What is it for?").fill("CI");
  await page.getByRole("button", { name: "Make token" }).click();
  const secret = (await page.getByRole("status").locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^brt_oat_/);
  const program = { ...person, name: organization, password: secret };
  await push(berth, program, `${organization}/tides`);
  await expect(push(berth, program, `${person.name}/tides`)).rejects.toThrow();
  await page.goto(`/u/${organization}/log`);
  await expect(page.getByText("token “CI”").first()).toBeVisible();
});
