// Comments: two people in two browsers; one comments and is flagged, hidden and blocked, the other moderates.
import { type Page } from "@playwright/test";
import { type Berth } from "./support/berth";
import { become, browserOf, newPerson, submit } from "./support/people";
import { Program } from "./support/program";
import { expect, hydrated, test, visit } from "./support/test";

test.use({ expectedErrors: [/404/] });

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Comment", exact: true }).fill(text);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
}

/** The comments of a new repository, as its owner. */
async function ownComments(page: Page, berth: Berth): Promise<void> {
  const owner = await newPerson(berth);
  await (await Program.of(berth, owner)).addRepository("tides", "private");
  await become(page, berth, owner);
  await visit(page, `/r/${owner.name}/tides/comments`);
  await hydrated(page);
}

const card = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

test("one comments, is flagged, hidden and blocked; the other moderates; the log tells it", async ({
  page,
  berth,
  browser,
  accessible,
}) => {
  test.setTimeout(300_000);
  const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  await (await Program.of(berth, owner)).addRepository("tides", "public");
  await become(page, berth, owner);
  const theirs = await browserOf(browser, berth, guest);
  const visitor = await browserOf(browser, berth, null);

  await theirs.goto(`/r/${name}`);
  await theirs.getByRole("link", { name: "Comments 0" }).click();
  await expect(theirs.getByText("No comments yet")).toBeVisible();
  await write(theirs, "Buy *cheap* anchors");
  await expect(card(theirs, "Buy cheap anchors").locator("em")).toHaveText("cheap");
  await card(theirs, "Buy cheap anchors").getByRole("link", { name: /^Edit/ }).click();
  await theirs.getByRole("textbox", { name: "Comment", exact: true }).fill("Buy **very** cheap anchors");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(card(theirs, "Buy very cheap anchors")).toContainText("edited");

  await visitor.goto(`/r/${name}/comments`);
  const permalink = await card(visitor, "anchors").getByTitle("Link to this comment").getAttribute("href");
  await expect(visitor.getByRole("link", { name: "Sign in to comment." })).toBeVisible();

  await page.goto(`/r/${name}/comments`);
  await accessible();
  await card(page, "anchors").getByRole("link", { name: `Reply to ${guest.name}` }).click();
  await write(page, "No, thank you.");
  await expect(card(page, "No, thank you.")).toContainText("maintainer");
  await page.getByRole("link", { name: `Report: Comment by ${guest.name}` }).click();
  await page.getByLabel("Reason").selectOption("other");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(page.getByLabel("In your words")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Reason")).toHaveValue("other");
  await accessible();
  await page.getByLabel("Reason").selectOption("spam");
  await page.getByLabel("In your words").fill("not about tides");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(card(page, "anchors")).toContainText("You reported this.");

  await page.goto(`/r/${name}/comments`);
  await page.getByRole("link", { name: "1 comment waits for your decision" }).click();
  const item = page.getByRole("listitem").filter({ hasText: "anchors" });
  await expect(item).toContainText("not about tides");
  await accessible();
  await item.getByText("Hide…").click();
  await item.getByLabel("Reason", { exact: true }).first().fill("advertising");
  await item.getByRole("button", { name: "Hide", exact: true }).click();
  await expect(page.getByText("Nothing to decide")).toBeVisible();

  await visitor.goto(`/r/${name}/comments`);
  await expect(visitor.getByText("This comment is gone.")).toBeVisible();
  await expect(visitor.getByText("anchors")).toHaveCount(0);
  await expect(visitor.getByRole("link", { name: "Comments 1" })).toBeVisible();
  expect((await visitor.goto(permalink ?? ""))?.status()).toBe(404);
  await theirs.goto(`/r/${name}/comments`);
  await expect(card(theirs, "anchors")).toContainText("Hidden by a maintainer: advertising");

  await page.goto(`/r/${name}/settings/comments`);
  await page.getByLabel("User name").fill(guest.name);
  await page.locator("#because").fill("only advertises");
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "only advertises" })).toContainText(guest.name);
  await theirs.reload();
  await expect(theirs.getByText("A maintainer of this repository does not let you comment here.")).toBeVisible();
  await expect(theirs.getByRole("textbox", { name: "Comment", exact: true })).toHaveCount(0);

  await page.getByRole("link", { name: "Log" }).click();
  const log = page.getByRole("main");
  await expect(log).toContainText(`blocked ${guest.name} from commenting on ${name}: only advertises`);
  await expect(log).toContainText(`hid a comment of ${guest.name} on ${name}: advertising`);
  await expect(log).toContainText(`reported a comment of ${guest.name} on ${name} (spam)`);

  await page.goto(`/r/${name}/settings/comments?show=hidden`);
  await page.getByRole("button", { name: "Show again" }).click();
  await expect(page.getByRole("button", { name: "Show again" })).toHaveCount(0);
  await visitor.reload();
  await expect(card(visitor, "anchors")).toBeVisible();
  await page.goto(`/r/${name}/settings/comments`);
  await page.getByRole("button", { name: `Unblock ${guest.name}` }).click();
  await expect(page.getByRole("button", { name: `Unblock ${guest.name}` })).toHaveCount(0);
  await theirs.reload();
  await card(theirs, "anchors").getByRole("link", { name: /^Delete/ }).click();
  await theirs.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(theirs.getByText("This comment is gone.")).toBeVisible();
  await theirs.context().close();
  await visitor.context().close();
});

test("what was typed is kept, and what is wrong with it stands beside the field", async ({ page, berth, accessible }) => {
  const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  const program = await Program.of(berth, owner);
  await program.addRepository("tides", "public");
  await become(page, berth, guest);
  await page.goto(`/r/${name}/comments`);
  await expect(page.getByText("Your account is new here: 5 comments an hour")).toBeVisible();
  const typed = `${"Long words of the sea. ".repeat(400)}https://a.example https://b.example`;
  await write(page, typed);
  const field = page.getByRole("textbox", { name: "Comment", exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("New accounts may use at most one link in a comment")).toBeVisible();
  await expect(field).toHaveValue(typed);
  await accessible();
  await field.fill("short");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(card(page, "short")).toBeVisible();
  await expect(field).toHaveValue("");
});

test("a first comment waits, in Chinese", async ({ berth, browser }) => {
  const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  const program = await Program.of(berth, owner);
  await program.addRepository("tides", "public");
  const [mine, theirs] = [await browserOf(browser, berth, owner), await browserOf(browser, berth, guest)];
  for (const page of [mine, theirs]) {
    await page.context().addCookies([{ name: "berth_lang", value: "zh-CN", url: berth.url }]);
  }
  await mine.goto(`/r/${name}/settings/comments`);
  await mine.locator("label", { hasText: "首条评论需查看" }).click();
  await submit(mine, mine.getByRole("button", { name: "保存" }));
  await theirs.goto(`/r/${name}/comments`);
  await theirs.getByRole("textbox", { name: "评论内容" }).fill("潮汐表很准");
  await theirs.getByRole("button", { name: "发表", exact: true }).click();
  await expect(card(theirs, "潮汐表很准")).toContainText("尚未显示");
  expect(((await (await program.ask("GET", `/v2/repositories/${name}/comments/`)).json()) as { count: number }).count).toBe(0);
  await mine.goto(`/r/${name}/comments`);
  await mine.getByRole("link", { name: "有 1 条评论待处理" }).click();
  await mine.getByRole("button", { name: "显示给其他人" }).click();
  await expect(mine.getByText("没有待处理的评论")).toBeVisible();
  await theirs.reload();
  await expect(card(theirs, "潮汐表很准")).not.toContainText("尚未显示");
  await mine.context().close();
  await theirs.context().close();
});

test("site admins decide about every repository", async ({ page, berth, admin, accessible }) => {
  const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
  const name = `${owner.name}/tides`;
  const [mine, theirs] = [await Program.of(berth, owner), await Program.of(berth, guest)];
  await mine.addRepository("tides", "public");
  const comment = { comment: `Anchors of ${guest.name}` };
  const { id } = await theirs.post<{ id: string }>(`/v2/repositories/${name}/comments/`, comment);
  await mine.post(`/v2/repositories/${name}/comments/${id}/flag`, { reason: "spam" });
  await become(page, berth, admin);
  await page.goto("/admin/comments");
  await expect(page.getByRole("listitem").filter({ hasText: comment.comment })).toContainText(name);
  await accessible();
  await page.getByLabel("User name").fill(guest.name);
  await page.locator("#because").fill("advertises everywhere");
  await page.locator("label", { hasText: "Hide all their comments too" }).last().click();
  await page.getByRole("button", { name: "Block", exact: true }).last().click();
  await expect(page.getByRole("listitem").filter({ hasText: comment.comment })).toHaveCount(0);
  const again = await theirs.ask("POST", `/v2/repositories/${name}/comments/`, { comment: "more" });
  expect(again.status).toBe(403);
  expect((await mine.ask("POST", `/v2/repositories/${name}/comments/${id}/restore`)).status).toBe(403);
  await page.goto("/admin/log");
  await expect(page.getByRole("main")).toContainText(`blocked ${guest.name} from commenting anywhere`);
});

test("a comment is shown before it is saved", async ({ page, berth, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "an island");
  await ownComments(page, berth);
  await page.getByRole("textbox", { name: "Comment", exact: true }).fill("# Not *so* large <script>1</script>");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator(".preview em")).toHaveText("so");
  await expect(page.locator(".preview h1, .preview script")).toHaveCount(0);
});

test("a page past the end leads to the last one", async ({ page, berth, accessible }) => {
  const owner = await newPerson(berth);
  const comments = `/r/${owner.name}/tides/comments`;
  const program = await Program.of(berth, owner);
  await program.addRepository("tides", "public");
  await page.goto(`${comments}?page=99`);
  await expect(page.getByText("No comments yet")).toBeVisible();
  await program.post(`/v2/repositories/${owner.name}/tides/comments/`, { comment: "High water at noon" });
  await page.reload();
  await expect(page.getByText("This page is past the end")).toBeVisible();
  await expect(page.getByText("No comments yet")).toHaveCount(0);
  await accessible();
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(page).toHaveURL(`${berth.url}${comments}?page=1`);
  await expect(card(page, "High water at noon")).toBeVisible();
});

test.describe("a preview that is refused", () => {
  test.use({ expectedErrors: [/40[01]|ERR_FAILED/] });

  test("says why", async ({ page, berth, javaScriptEnabled }) => {
    test.skip(!javaScriptEnabled, "an island");
    await ownComments(page, berth);
    const field = page.getByRole("textbox", { name: "Comment", exact: true });
    const [preview, alert] = [page.getByRole("button", { name: "Preview" }), page.getByRole("alert")];
    await preview.click();
    await expect(alert).toHaveText("Fill this in.");
    await field.fill("*so*");
    await preview.click();
    await expect(page.locator(".preview em")).toHaveText("so");
    await expect(alert).toHaveCount(0);
    // Longer than anybody can type there.
    await field.evaluate((area: HTMLTextAreaElement) => (area.value = "a".repeat(10_001)));
    await preview.click();
    await expect(alert).toHaveText("Use at most 10000 characters.");
    await expect(page.locator(".preview")).toHaveCount(0);
    await field.fill("*so*");
    await page.route("**/api/fn/preview_comment", (route) => route.abort());
    await preview.click();
    await expect(alert).toHaveText("The preview did not arrive. Try again.");
    await page.unroute("**/api/fn/preview_comment");
    // Signed out in another window; whoever asks is answered in the language of now.
    await page.context().clearCookies();
    await page.context().addCookies([{ name: "berth_lang", value: "zh-CN", url: berth.url }]);
    await preview.click();
    await expect(alert).toHaveText("请先登录，然后重试。");
  });
});
