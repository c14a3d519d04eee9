// Stars: one click, counted, kept as bookmarks, and gone where a repository is no longer to be seen.
import { push } from "./support/image";
import { become, browserOf, newPerson, scriptless, submit } from "./support/people";
import { Program } from "./support/program";
import { expect, test, visit } from "./support/test";

test.use({ expectedErrors: [/404/] });

test("a visitor stars after signing in, finds it again, and takes it back", async ({ page, berth, browser, open }) => {
  test.setTimeout(300_000);
  const [owner, reader] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  const theirs = await browserOf(browser, berth, owner, scriptless);
  await (await Program.of(berth, owner)).addRepository("tides", "public");
  await push(berth, owner, name);

  await open(`/r/${name}`);
  await page.getByRole("link", { name: "Star", exact: true }).click();
  await page.getByLabel("User name or e-mail").fill(reader.name);
  await page.getByLabel("Password").fill(reader.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${berth.url}/r/${name}`);
  const star = page.getByRole("button", { name: `Star ${name}` });
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await open(`/r/${name}/tags`);
  await star.click();
  await expect(page).toHaveURL(`${berth.url}/r/${name}/tags`);
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("link", { name: "1 star", exact: true }).click();
  await expect(page.getByRole("main").getByRole("link", { name: reader.name })).toBeVisible();

  await page.getByRole("link", { name: "Stars", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your stars");
  await page.getByLabel("Words in the name or the description").fill("nothing like it");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("No starred repository has these words.")).toBeVisible();
  await page.getByLabel("Words in the name or the description").fill("TIDES");
  await page.getByLabel("Order").selectOption("Most stars");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await expect(page.getByLabel("Order")).toHaveValue("stars");

  await theirs.goto(`/u/${reader.name}/stars`);
  await expect(theirs.getByRole("link", { name, exact: true })).toBeVisible();
  await theirs.goto(`/r/${name}/settings/visibility?visibility=private`);
  await submit(theirs, theirs.getByRole("button", { name: "Yes, change it" }));
  await theirs.goto(`/u/${reader.name}/stars`);
  await expect(theirs.getByText("No starred repository to see here.")).toBeVisible();
  await open("/stars");
  await expect(page.getByText("No stars yet")).toBeVisible();

  await theirs.goto(`/r/${name}/settings/visibility?visibility=public`);
  await submit(theirs, theirs.getByRole("button", { name: "Yes, change it" }));
  await open("/stars");
  await page.getByRole("main").getByRole("button", { name: `Star ${name}` }).click();
  await expect(page.getByText("No stars yet")).toBeVisible();
  await theirs.context().close();
});

test("in Chinese too", async ({ berth, browser }) => {
  const person = await newPerson(berth);
  const theirs = await browserOf(browser, berth, person, { locale: "zh-CN", ...scriptless });
  await theirs.goto("/stars");
  await expect(theirs.getByText("还没有收藏")).toBeVisible();
  await (await Program.of(berth, person)).addRepository("tides", "public");
  await theirs.goto(`/r/${person.name}/tides`);
  await theirs.getByRole("button", { name: `收藏 ${person.name}/tides` }).click();
  await expect(theirs.getByRole("link", { name: "1 次收藏" })).toBeVisible();
  await visit(theirs, "/stars?order=name");
  await expect(theirs.getByText("1 次收藏")).toBeVisible();
  await theirs.context().close();
});

test("the last star of the last page is taken back", async ({ page, berth, accessible }) => {
  const person = await newPerson(berth);
  const program = await Program.of(berth, person);
  // One more than a page has.
  for (let number = 0; number < 26; number += 1) {
    const name = `tide-${String(number).padStart(2, "0")}`;
    await program.addRepository(name, "public");
    await program.post(`/v2/repositories/${person.name}/${name}/stars`, {});
  }
  await become(page, berth, person);
  await page.goto("/stars?order=name&page=2");
  await page.getByRole("main").getByRole("button", { name: `Star ${person.name}/tide-25` }).click();
  await expect(page.getByText("This page is past the end")).toBeVisible();
  await expect(page.getByText("No stars yet")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Newer" })).toHaveAttribute("href", "/stars?order=name&page=1");
  await accessible();
  await page.getByRole("link", { name: "Go to the last page" }).click();
  await expect(page).toHaveURL(/\/stars\?order=name&page=1$/);
  await expect(page.locator(".repositories li")).toHaveCount(25);
});

test("a refusal is told once, on the list too", async ({ page, berth }) => {
  const person = await newPerson(berth);
  const refused = `refused=${encodeURIComponent('{"code":"busy"}')}`;
  await become(page, berth, person);
  await (await Program.of(berth, person)).addRepository("tides", "public");
  const star = page.getByRole("main").getByRole("button", { name: `Star ${person.name}/tides` });
  for (const [path, pressed] of [
    [`/r/${person.name}/tides/tags`, "true"],
    ["/stars?order=name", undefined],
  ] as const) {
    await visit(page, `${path}${path.includes("?") ? "&" : "?"}${refused}`);
    await expect(page.getByRole("alert")).toContainText("Try again in a moment");
    await star.click();
    await expect(page).toHaveURL(`${berth.url}${path}`);
    await expect(page.getByRole("alert")).toHaveCount(0);
    if (pressed) await expect(star).toHaveAttribute("aria-pressed", pressed);
    else await expect(page.getByText("No stars yet")).toBeVisible();
  }
});
