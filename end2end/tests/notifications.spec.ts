// The bell: people are told of what others do for them, read it, and choose what is mailed.
import { type Page } from "@playwright/test";
import { type Person } from "./support/berth";
import { latestLink } from "./support/mail";
import { addOrganization, become, browserOf, newPerson, scriptless } from "./support/people";
import { Program } from "./support/program";
import { expect, test, visit } from "./support/test";

async function letPush(page: Page, repository: string, person: Person): Promise<void> {
  await visit(page, `/r/${repository}/settings/collaborators`);
  await page.getByLabel("User name").fill(person.name);
  await page.getByRole("button", { name: "Add collaborator" }).click();
  await expect(page.getByRole("main").getByRole("link", { name: person.name })).toBeVisible();
}

test("a new collaborator is told, by the bell and by mail, and may have less of it", async ({
  page,
  berth,
  browser,
  open,
}) => {
  test.setTimeout(300_000);
  const [owner, helper] = [await newPerson(berth), await newPerson(berth)];
  const program = await Program.of(berth, owner);
  for (const name of ["tides", "winds", "moons"]) await program.addRepository(name, "private");
  const theirs = await browserOf(browser, berth, owner, scriptless);
  await become(page, berth, helper);
  await open("/notifications");
  await expect(page.getByText("Nothing to tell")).toBeVisible();

  await letPush(theirs, `${owner.name}/tides`, helper);
  await letPush(theirs, `${owner.name}/winds`, helper);
  expect(await latestLink(berth, helper.email)).toContain(`/r/${owner.name}/`);
  await open("/");
  await page.getByRole("link", { name: "Notifications: 2 unread" }).click();
  await page.getByRole("button", { name: `${owner.name} lets you push to ${owner.name}/tides` }).click();
  await expect(page).toHaveURL(`${berth.url}/r/${owner.name}/tides`);
  await page.getByRole("link", { name: "Notifications: 1 unread" }).click();
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Notifications by e-mail" }).click();
  const pushes = page.getByLabel("Somebody lets you push");
  await expect(pushes).toBeChecked();
  await pushes.uncheck();
  await page.locator("#notifications").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(pushes).not.toBeChecked();
  await expect(page.getByLabel("Comments on your repositories", { exact: true })).toBeChecked();

  await letPush(theirs, `${owner.name}/moons`, helper);
  await theirs.getByRole("button", { name: "Remove" }).click();
  await expect(theirs.getByRole("main").getByRole("link", { name: helper.name })).toHaveCount(0);
  await open("/notifications");
  await expect(page.getByText(`${owner.name}/winds`)).toBeVisible();
  await expect(page.getByText(`${owner.name}/moons`)).toHaveCount(0);
  await theirs.context().close();
});

test("an invitation is accepted from the bell", async ({ page, berth, browser, open }) => {
  const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
  const theirs = await browserOf(browser, berth, owner, scriptless);
  await addOrganization(theirs, berth, `${owner.name}-org`);
  await theirs.goto(`/u/${owner.name}-org/members`);
  await theirs.getByLabel("E-mail").fill(guest.email);
  await theirs.getByRole("button", { name: "Invite" }).click();
  await expect(theirs.getByRole("main").getByRole("status")).toBeVisible();
  await become(page, berth, guest);
  await open("/notifications");
  await page.getByRole("button", { name: `invites you to the organization ${owner.name}-org` }).click();
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page).toHaveURL(`${berth.url}/u/${owner.name}-org`);
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  await open("/notifications");
  await expect(page.getByText("Nothing to tell")).toBeVisible();
  await theirs.context().close();
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });
  test("one is told the same", async ({ page, berth, browser, open }) => {
    const [owner, helper] = [await newPerson(berth), await newPerson(berth)];
    await (await Program.of(berth, owner)).addRepository("tides", "private");
    const theirs = await browserOf(browser, berth, owner, scriptless);
    await letPush(theirs, `${owner.name}/tides`, helper);
    await become(page, berth, helper);
    await open("/");
    await page.getByRole("link", { name: "通知：1 条未读" }).click();
    await expect(page.getByRole("button", { name: `${owner.name} 允许你推送到 ${owner.name}/tides` })).toBeVisible();
    await page.getByRole("button", { name: "全部标为已读" }).click();
    await expect(page.getByRole("link", { name: "通知", exact: true })).toBeVisible();
    await theirs.context().close();
  });
});
