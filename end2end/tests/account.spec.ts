// One's own account, and how pages look.
import { become, browserOf, newPerson, signIn, signOut, submit } from "./support/people";
import { expect, test } from "./support/test";

test("e-mail and password change with the current password only", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await page.goto("/settings");
  const email = page.locator("form", { has: page.getByRole("button", { name: "Change e-mail" }) });
  await email.getByLabel("E-mail").fill("new-address@example.test");
  await email.getByLabel("Current password").fill("a wrong guess, surely");
  await email.getByRole("button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await email.getByLabel("E-mail").fill(`new-${person.email}`);
  await email.getByLabel("Current password").fill(person.password);
  await email.getByRole("button").click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText(`new-${person.email}`)).toBeVisible();

  const password = page.locator("form", { has: page.getByRole("button", { name: "Change password" }) });
  await password.getByLabel("Current password").fill(person.password);
  await password.getByLabel("New password").fill("another horse, another battery");
  // The page before says that it was saved too.
  await submit(page, password.getByRole("button"));
  await expect(page.getByText("Saved.")).toBeVisible();
  await signOut(page);
  await signIn(page, { ...person, password: "another horse, another battery" });
});

test("a session is ended from another browser", async ({ page, berth, browser }) => {
  const person = await newPerson(berth);
  const elsewhere = await browserOf(browser, berth, person);
  await become(page, berth, person);
  await page.goto("/settings");
  await expect(page.locator(".entries li")).toHaveCount(2);
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page.locator(".entries li")).toHaveCount(1);
  expect((await elsewhere.goto("/settings"))?.status()).toBe(401);
  await elsewhere.context().close();
});

test("language and colours are chosen at the foot of any page, and stay", async ({ page, open }) => {
  await open("/signup");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page).toHaveURL(/\/signup$/);
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "深色" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await open("/");
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await expect(html).toHaveAttribute("data-theme", "dark");
});

test("another language shows the same page of the same question", async ({ page, open }) => {
  await open("/search?q=tides&order=stars&saved=1&page=2");
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page).toHaveURL(/\/search\?q=tides&order=stars&page=2$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "深色" }).click();
  await expect(page).toHaveURL(/\/search\?q=tides&order=stars&page=2$/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
