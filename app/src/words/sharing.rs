//! Texts of what is shown elsewhere: badges, feeds, pictures. What is read there does not know who looks: whoever
//! links to it says in which language.

use super::{Locale, words};
use crate::format::size;
use model::badge::BadgeFact;
use model::{Badge, Digest, RepositoryName, Tag};

words! {
    Words: share, badges_of(&str), badges_text, badges_private, badge_parameters, badge_name(Badge), no_builds, no_tag,
    feed, feed_text, pushes_to(&str), pushed_to(&str, &str), pushed_digest(&str, &str), nobody, picture, picture_text, picture_of(&str), profile_text(&str),
    tag_text(&str, &str),
}

pub(super) const EN: Words = Words {
    share: "Badges and feed",
    badges_of: |name| format!("Badges of {name}"),
    badges_text: "Small pictures for a README: each leads to this repository. They are a few minutes old at most.",
    badges_private: "This repository is private: only those who may see it see its badges, its feed and its picture.",
    badge_parameters: "The address takes ?label= for another label, ?color= for another colour (a name or six hex digits), ?tag= for the size or the version of one tag, and ?lang=zh-CN for Chinese.",
    badge_name: |badge| {
        match badge {
            Badge::Pulls => "pulls",
            Badge::Stars => "stars",
            Badge::Size => "size",
            Badge::Version => "version",
            Badge::Build => "build",
        }
        .into()
    },
    no_builds: "no builds",
    no_tag: "none",
    feed: "Feed",
    feed_text: "The last pushes, for feed readers (Atom).",
    pushes_to: |name| format!("Pushes to {name}"),
    pushed_to: |image, by| format!("{image} pushed by {by}"),
    pushed_digest: |image, digest| format!("{image} is {digest} since this push."),
    nobody: "a program",
    picture: "Picture",
    picture_text: "What others show when somebody shares a link to this repository.",
    picture_of: |what| format!("{what} on Berth, with its numbers"),
    profile_text: |name| format!("Container images of {name}: repositories to pull from."),
    tag_text: |name, platforms| {
        if platforms.is_empty() {
            format!("A tag of {name}: layers, size and history.")
        } else {
            format!("A tag of {name} for {platforms}: layers, size and history.")
        }
    },
};

pub(super) const ZH: Words = Words {
    share: "徽章与订阅",
    badges_of: |name| format!("{name} 的徽章"),
    badges_text: "可放进 README 的小图，点击后回到此仓库。数据最多晚几分钟。",
    badges_private: "此仓库是私有的：只有能看到它的人才能看到它的徽章、订阅和分享图。",
    badge_parameters: "地址可带参数：?label= 换标签文字，?color= 换颜色（颜色名或六位十六进制数），?tag= 指定标签的大小或版本，?lang=zh-CN 使用中文。",
    badge_name: |badge| {
        match badge {
            Badge::Pulls => "拉取",
            Badge::Stars => "收藏",
            Badge::Size => "大小",
            Badge::Version => "版本",
            Badge::Build => "构建",
        }
        .into()
    },
    no_builds: "暂无构建",
    no_tag: "无",
    feed: "订阅",
    feed_text: "最近的推送，供订阅阅读器使用（Atom）。",
    pushes_to: |name| format!("{name} 的推送"),
    pushed_to: |image, by| format!("{by} 推送了 {image}"),
    pushed_digest: |image, digest| format!("此次推送后，{image} 为 {digest}。"),
    nobody: "某个程序",
    picture: "分享图",
    picture_text: "有人分享此仓库的链接时，其他网站展示的图片。",
    picture_of: |what| format!("泊位上的 {what} 及其数据"),
    profile_text: |name| format!("{name} 的容器镜像仓库，可直接拉取。"),
    tag_text: |name, platforms| {
        if platforms.is_empty() {
            format!("{name} 的标签：层、大小与历史。")
        } else {
            format!("{name} 的标签，平台 {platforms}：层、大小与历史。")
        }
    },
};

/// Label and value of a badge.
#[must_use]
pub fn badge_text(locale: Locale, fact: &BadgeFact) -> (String, String) {
    let words = locale.words();
    let none = || words.sharing.no_tag.to_owned();
    let (badge, value) = match fact {
        BadgeFact::Pulls(count) => (Badge::Pulls, (words.stars.count)(*count)),
        BadgeFact::Stars(count) => (Badge::Stars, (words.stars.count)(*count)),
        BadgeFact::Size(bytes) => (Badge::Size, bytes.map_or_else(none, size)),
        BadgeFact::Version(tag) => (Badge::Version, tag.clone().unwrap_or_else(none)),
        BadgeFact::Build => (Badge::Build, words.sharing.no_builds.to_owned()),
    };
    ((words.sharing.badge_name)(badge), value)
}

/// The title of a feed.
#[must_use]
pub fn feed_title(locale: Locale, name: &RepositoryName) -> String {
    (locale.words().sharing.pushes_to)(name.as_str())
}

/// Title, author and text of a push in a feed. Who pushed has no name if it was a program that is gone.
#[must_use]
pub fn feed_entry(
    locale: Locale,
    name: &RepositoryName,
    tag: &Tag,
    digest: &Digest,
    by: &str,
) -> [String; 3] {
    let words = &locale.words().sharing;
    let (image, by) = (format!("{name}:{tag}"), if by.is_empty() { words.nobody } else { by });
    [(words.pushed_to)(&image, by), by.to_owned(), (words.pushed_digest)(&image, digest.as_str())]
}

/// What a hub is, in one line.
#[must_use]
pub fn tagline(locale: Locale) -> &'static str {
    locale.words().tagline
}
