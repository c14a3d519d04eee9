//! The feed of a repository's pushes: Atom (RFC 4287).

use super::answer::{Sent, entity_tag, moved, refused};
use super::asked::Asked;
use super::xml::{escaped, moment};
use app::{Locale, feed_entry, feed_title};
use axum::response::Response;
use model::view::{FeedPush, PushFeed};
use std::fmt::Write;

/// Seconds.
const FRESH: u32 = 300;

pub(super) async fn feed(asked: Asked) -> Response {
    let name = match asked.repository() {
        Ok(name) => name,
        Err(error) => return refused(&error),
    };
    match asked.shared.hub.push_feed(&asked.actor, &name).await {
        Ok(feed) if feed.head.name != name => moved(&asked.at(&feed.head.name)),
        Ok(feed) => {
            let text = written(&feed, asked.locale(), &asked.shared.hub.settings().url);
            let sent = Sent {
                kind: "application/atom+xml; charset=utf-8",
                tag: entity_tag(&text),
                fresh: FRESH,
                visibility: feed.head.visibility,
            };
            sent.answer(&asked.headers, text)
        }
        Err(error) => refused(&error),
    }
}

fn written(feed: &PushFeed, locale: Locale, url: &str) -> String {
    let (name, language) = (&feed.head.name, locale.tag());
    let url = escaped(url);
    let updated = moment(feed.pushes.first().map_or(feed.created_at, |push| push.at));
    let own = if locale == Locale::default() { String::new() } else { format!("?lang={language}") };
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <id>urn:uuid:{}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{url}/r/{name}/feed.atom{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}/r/{name}\"/>\n\
         <author><name>{}</name></author>\n<generator uri=\"{url}\">Berth</generator>\n",
        feed.id,
        escaped(&feed_title(locale, name)),
        name.namespace(),
    );
    if !feed.head.description.is_empty() {
        writeln!(text, "<subtitle>{}</subtitle>", escaped(&feed.head.description)).ok();
    }
    text.extend(feed.pushes.iter().map(|push| entry(feed, push, locale, &url)));
    text.push_str("</feed>\n");
    text
}

fn entry(feed: &PushFeed, push: &FeedPush, locale: Locale, url: &str) -> String {
    let (name, tag, at) = (&feed.head.name, &push.tag, moment(push.at));
    let [title, author, content] =
        feed_entry(locale, name, tag, &push.digest, &push.by).map(|text| escaped(&text));
    format!(
        "<entry>\n<id>urn:uuid:{}</id>\n<title>{title}</title>\n<updated>{at}</updated>\n<published>{at}</published>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}/r/{name}/tags/{tag}\"/>\n\
         <content type=\"text\">{content}</content>\n</entry>\n",
        push.id,
    )
}
