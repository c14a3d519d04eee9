// Finding repositories: by typing, by plain forms, by looking around.
import { become, newPerson } from "./support/people";
import { Program } from "./support/program";
import { type Berth, expect, test } from "./support/test";

/** A repository of a new person; its name is in no other test. */
async function tide(berth: Berth, visibility: "public" | "private" = "public") {
  const person = await newPerson(berth);
  const name = `tide-${person.name}`;
  await (await Program.of(berth, person)).addRepository(name, visibility, "Tide tables 潮汐表");
  return { person, name: `${person.name}/${name}` };
}

for (const { locale, label, button, none } of [
  { locale: "en-US", label: "Search repositories by name and description", button: "Search", none: "Nothing fits" },
  { locale: "zh-CN", label: "按名称和描述搜索仓库", button: "搜索", none: "没有找到" },
]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("the field in the frame leads to what is found, with its words marked", async ({ page, berth, open, accessible }) => {
      const { person, name } = await tide(berth);
      await open("/login");
      await page.getByLabel(label).fill(`${person.name} 潮汐`);
      await page.getByLabel(label).press("Enter");
      await expect(page).toHaveURL(/\/search\?q=/);
      const found = page.getByRole("main").getByRole("listitem");
      await expect(found).toHaveCount(1);
      await expect(found.getByRole("link")).toHaveText(name);
      await expect(found.locator("mark").last()).toHaveText("潮汐");
      await accessible();
      await found.getByRole("link").click();
      await expect(page).toHaveURL(new RegExp(`/r/${name}$`));
    });

    test("filters are a plain form, and nothing found comes with advice", async ({ page, berth, open, accessible }) => {
      const { person } = await tide(berth);
      await open(`/search?q=${person.name}`);
      await page.locator("select[name=platform]").selectOption("linux/arm64");
      await page.locator("form.search-page").getByRole("button", { name: button, exact: true }).click();
      await expect(page).toHaveURL(/platform=linux%2Farm64/);
      await expect(page.getByRole("heading", { name: none })).toBeVisible();
      await expect(page.locator("select[name=platform]")).toHaveValue("linux/arm64");
      await accessible();
    });
  });
}

test("own repositories are found and marked, by nobody else", async ({ page, berth, open }) => {
  const { person, name } = await tide(berth, "private");
  await open(`/search?q=${person.name}`);
  await expect(page.getByRole("heading", { name: "Nothing fits" })).toBeVisible();
  await become(page, berth, person);
  await open(`/search?q=${person.name}`);
  const found = page.getByRole("main").getByRole("listitem");
  await expect(found.getByRole("link", { name })).toBeVisible();
  await expect(found.getByText("Private")).toBeVisible();
});

test.describe("a question that is too long", () => {
  test.use({ expectedErrors: [/400/] });

  test("is answered with how long it may be", async ({ open, page }) => {
    await open(`/search?q=${"a".repeat(401)}`);
    await expect(page.getByRole("alert")).toContainText("400");
  });
});

test("one can look around", async ({ page, berth, open, accessible }) => {
  const { name } = await tide(berth);
  await open("/explore");
  for (const title of ["Popular", "Rising", "Recently pushed", "Official images"]) {
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
  }
  const recent = page.locator("section", { has: page.getByRole("heading", { name: "Recently pushed" }) });
  await expect(recent.getByRole("link", { name })).toBeVisible();
  await accessible();
});

test("a page past the end leads to the last one", async ({ page, berth, open }) => {
  const { person, name } = await tide(berth);
  await open(`/search?q=${person.name}&order=stars&page=3`);
  await expect(page.getByRole("heading", { name: "This page is past the end" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nothing fits" })).toHaveCount(0);
  const previous = page.getByRole("link", { name: "Previous page" });
  await expect(previous).toHaveAttribute("href", `/search?q=${person.name}&order=stars&page=1`);
  await page.getByRole("link", { name: "Go to the last page" }).click();
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
});
