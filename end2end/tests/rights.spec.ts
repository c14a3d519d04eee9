// Who may do what: collaborators, organizations and teams, private slots.
import { startBerth } from "./support/berth";
import { push } from "./support/image";
import { addRepository, become, browserOf, newPerson, scriptless, submit } from "./support/people";
import { expect, test, visit } from "./support/test";

test("a collaborator pushes, sees the repository, and nothing else; then leaves", async ({ page, berth, browser }) => {
  const [owner, helper] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  await become(page, berth, owner);
  await addRepository(page, "tides", "Private");
  await expect(push(berth, helper, name)).rejects.toThrow(/denied|unauthorized|not found|requested access/i);
  await visit(page, `/r/${name}/settings`);
  await page.getByRole("link", { name: "Collaborators" }).click();
  await page.getByLabel("User name").fill("nobody-at-all");
  await page.getByRole("button", { name: "Add collaborator" }).click();
  await expect(page.getByLabel("User name")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("User name").fill(helper.name);
  await page.getByRole("button", { name: "Add collaborator" }).click();
  await expect(page.getByRole("main").getByRole("link", { name: helper.name })).toBeVisible();
  await push(berth, helper, name);

  const theirs = await browserOf(browser, berth, helper, scriptless);
  await theirs.goto("/");
  await theirs.getByRole("link", { name, exact: true }).click();
  await expect(theirs.getByRole("link", { name: "Settings" })).toHaveCount(1); // their account's
  expect((await theirs.goto(`/r/${name}/settings`))?.status()).toBe(403);
  await theirs.goto(`/r/${name}`);
  await theirs.getByText("Leave this repository").first().click();
  await submit(theirs, theirs.getByRole("button", { name: "Leave this repository" }));
  expect((await theirs.goto(`/r/${name}`))?.status()).toBe(404);
  await theirs.context().close();
});

test("an organization, from nothing to a team member's push", async ({ page, berth, browser }) => {
  test.setTimeout(300_000);
  const [owner, member] = [await newPerson(berth), await newPerson(berth)];
  const organization = `${owner.name}-org`;
  await become(page, berth, owner);
  await page.goto("/");
  await page.getByRole("link", { name: "New organization" }).click();
  await page.getByLabel("Name", { exact: true }).fill(organization);
  await page.getByLabel("Full name").fill("Tide Tables Ltd");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Tide Tables Ltd");

  await page.getByRole("main").getByRole("link", { name: "Add repository" }).click();
  await expect(page.getByLabel("Owner")).toHaveValue(organization);
  await page.getByLabel("Name", { exact: true }).fill("tides");
  await submit(page, page.getByRole("main").getByRole("button", { name: "Add repository" }));
  const name = `${organization}/tides`;

  await visit(page, `/u/${organization}/teams`);
  await page.getByLabel("Team name").fill("crew");
  await page.getByRole("button", { name: "Create team" }).click();
  await page.getByLabel("Repository").selectOption(name);
  await page.getByLabel("Right").selectOption("write");
  await page.getByRole("button", { name: "Give" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("Write");

  await page.goto(`/u/${organization}/members`);
  await page.getByLabel("Team").selectOption("crew");
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("status").locator("code").textContent();
  await page.reload();
  await expect(page.getByText("It is shown only now.")).toHaveCount(0);

  await expect(push(berth, member, name)).rejects.toThrow();
  const theirs = await browserOf(browser, berth, member, scriptless);
  await theirs.goto(new URL(link ?? "").pathname);
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByRole("link", { name: `tides` })).toBeVisible();
  await push(berth, member, name);
  await theirs.goto(new URL(link ?? "").pathname);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Not found");

  // The last owner can not go.
  await page.goto(`/u/${organization}/members`);
  await page.getByRole("button", { name: `Leave ${owner.name}` }).click();
  await expect(page.getByRole("alert")).toContainText("needs an owner");
  await submit(page, page.getByRole("button", { name: `Remove ${member.name}` }));
  expect((await theirs.goto(`/r/${name}`))?.status()).toBe(404);
  await theirs.context().close();
});

test("the plan is full, says so, and can be changed", async ({ browser }) => {
  const berth = await startBerth({ BERTH_PLANS: "free=1,team=3", BERTH_FREE_PLAN_CHOICE: "true" });
  const person = await newPerson(berth);
  const page = await browserOf(browser, berth, person, scriptless);
  await addRepository(page, "one", "Private");
  await addRepository(page, "two", "Private");
  await expect(page.getByRole("alert")).toContainText(`All private slots of ${person.name} (1) are used.`);
  await expect(push(berth, person, `${person.name}/three`)).rejects.toThrow(/private slots/);
  await page.goto("/");
  await page.getByRole("link", { name: "no private slot free" }).click();
  await expect(page.getByText("1 of 1 private slots used")).toBeVisible();
  await page.getByRole("button", { name: "Choose team" }).click();
  await expect(page.getByText("1 of 3 private slots used")).toBeVisible();
  await addRepository(page, "two", "Private");
  await expect(page).toHaveURL(new RegExp(`/r/${person.name}/two$`));
  await page.context().close();
  await berth.stop();
});
