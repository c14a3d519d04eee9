//! Texts of stars, bookmarks and counts.

use super::count::{compact, exact, myriads};
use super::words;
use model::StarOrder;

words! {
    Words: star, star_repository(&str), stars, count(u64), star_count(u64), star_count_exact(u64), pull_count(u64), pull_count_exact(u64), sign_in_to_star,
    who_starred(&str), nobody, your_stars, your_stars_text, no_stars, no_stars_text, nothing_found, find, search,
    order, order_name(StarOrder), stars_of(&str), no_public_stars, repositories,
}

fn english(count: u64, text: String, one: &str, many: &str) -> String {
    format!("{text} {}", if count == 1 { one } else { many })
}

/// A space stands between a digit and a character, but not between two characters.
fn chinese(count: &str, what: &str) -> String {
    let space = if count.ends_with(|last: char| last.is_ascii_digit()) { " " } else { "" };
    format!("{count}{space}{what}")
}

pub(super) const EN: Words = Words {
    star: "Star",
    star_repository: |name| format!("Star {name}"),
    stars: "Stars",
    count: compact,
    star_count: |count| english(count, compact(count), "star", "stars"),
    star_count_exact: |count| english(count, exact(count), "star", "stars"),
    pull_count: |count| english(count, compact(count), "pull", "pulls"),
    pull_count_exact: |count| english(count, exact(count), "pull", "pulls"),
    sign_in_to_star: "Sign in to star this repository",
    who_starred: |name| format!("Who starred {name}"),
    nobody: "Nobody starred it yet.",
    your_stars: "Your stars",
    your_stars_text: "Repositories that you starred, to find them again.",
    no_stars: "No stars yet",
    no_stars_text: "Star a repository at the top of its page, and it is kept here.",
    nothing_found: "No starred repository has these words.",
    find: "Words in the name or the description",
    search: "Search",
    order: "Order",
    order_name: |order| match order {
        StarOrder::Recent => "Recently starred".into(),
        StarOrder::Name => "Name".into(),
        StarOrder::Stars => "Most stars".into(),
        StarOrder::Updated => "Recently pushed".into(),
    },
    stars_of: |name| format!("Stars of {name}"),
    no_public_stars: "No starred repository to see here.",
    repositories: "Repositories",
};

pub(super) const ZH: Words = Words {
    star: "收藏",
    star_repository: |name| format!("收藏 {name}"),
    stars: "收藏",
    count: myriads,
    star_count: |count| chinese(&myriads(count), "次收藏"),
    star_count_exact: |count| format!("{} 次收藏", exact(count)),
    pull_count: |count| chinese(&myriads(count), "次拉取"),
    pull_count_exact: |count| format!("{} 次拉取", exact(count)),
    sign_in_to_star: "登录后收藏此仓库",
    who_starred: |name| format!("收藏了 {name} 的人"),
    nobody: "还没有人收藏。",
    your_stars: "我的收藏",
    your_stars_text: "你收藏的仓库，方便以后查找。",
    no_stars: "还没有收藏",
    no_stars_text: "在仓库页面顶部点“收藏”，它就会出现在这里。",
    nothing_found: "收藏的仓库中没有包含这些词的。",
    find: "名称或描述中的词",
    search: "搜索",
    order: "排序",
    order_name: |order| match order {
        StarOrder::Recent => "最近收藏".into(),
        StarOrder::Name => "名称".into(),
        StarOrder::Stars => "收藏最多".into(),
        StarOrder::Updated => "最近推送".into(),
    },
    stars_of: |name| format!("{name} 的收藏"),
    no_public_stars: "这里没有可见的收藏。",
    repositories: "仓库",
};

#[cfg(test)]
mod tests {
    use super::{EN, ZH};

    #[test]
    fn counts_read_well() {
        assert_eq!((ZH.pull_count)(28), "28 次拉取");
        assert_eq!((ZH.pull_count)(28_300), "2.8万次拉取");
        assert_eq!((EN.star_count)(1), "1 star");
        assert_eq!((EN.star_count)(11_000), "11k stars");
    }
}
