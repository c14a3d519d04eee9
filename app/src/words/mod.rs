//! Every text of the pages. A text that is missing in one language does not compile.

mod audit;
mod comment_log;
mod comments;
mod count;
mod en;
mod finding;
mod help;
mod mail;
mod notifications;
mod organizations;
mod problem;
mod pulls;
mod rights;
mod security;
mod sharing;
mod site;
mod stars;
mod tokens;
mod webhooks;
mod zh;

pub use count::compact;
pub(crate) use count::exact;
pub use mail::mail_text;
pub(crate) use problem::{explain, explain_field, problem_of};
pub use sharing::{badge_text, feed_entry, feed_title, tagline};

/// A language of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    English,
    Chinese,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language as Open Graph writes it, with a country.
    #[must_use]
    pub const fn territory(self) -> &'static str {
        match self {
            Self::English => "en_US",
            Self::Chinese => "zh_CN",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// The language of a tag such as `zh-Hans-CN`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', ';']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that the pages have. Browsers list the best first.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header.split(',').find_map(Self::from_tag).unwrap_or_default()
    }

    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::Chinese => &zh::WORDS,
        }
    }
}

/// Declares the texts of one subject: plain ones, and ones with something in them.
macro_rules! words {
    ($subject:ident: $($name:ident $(($($argument:ty),*))?),* $(,)? $(; $part:ident: $parts:ty)*) => {
        /// The texts of one language.
        pub(crate) struct $subject {
            $(pub(crate) $name: words!(@type $(($($argument),*))?),)*
            $(pub(crate) $part: $parts,)*
        }
    };
    (@type) => { &'static str };
    (@type ($($argument:ty),*)) => { fn($($argument),*) -> String };
}
use words;

words! {
    Words: tagline, skip_to_content, sign_in, sign_up, sign_out, settings, menu, language, theme, theme_auto, theme_light,
    theme_dark, save, cancel, copy, copied, footer,
    add_repository, your_repositories, public_repositories, no_public_repositories, no_own_repositories,
    try_it, first_start_title, first_start_text, page_of(u32, u64), newer, older, past_end,
    past_end_text, last_page, updated(&str), tag_count(u64),
    visibility_public, visibility_unlisted, visibility_private, visibility_public_hint, visibility_unlisted_hint,
    visibility_private_hint, visibility, official,
    username, username_or_email, username_hint, email, password, password_hint, sign_in_text, sign_up_text,
    sign_up_closed, no_account_yet, have_account, create_account, invited,
    repository_name, repository_name_hint, namespace, short_description, short_description_hint, full_description,
    full_description_hint, add_repository_text,
    overview, tags, pull_command, last_push, pushed_by(&str), size, platforms, created, no_readme, write_readme,
    push_first, push_first_text, waiting_for_push, uploading(&str), facts, about_owner,
    tag, digest, pushed, no_tags, no_tags_text, tags_caption, tags_of(&str), delete_tag,
    delete_tag_question(&str), layers, layers_caption, layer_share(&str, &str), instruction, history_of_tag,
    go_back_here, current, deleted, image_gone, no_layer, size_by_layer,
    repository_settings, descriptions, preview, preview_failed, saved, change_visibility_text, delete_repository,
    delete_repository_text, type_name(&str), danger,
    repositories_of(&str), joined(&str), no_repositories_here,
    account, account_text, change_email, change_password, old_password, new_password, current_password, appearance,
    appearance_text, sessions,
    sessions_text, this_session, end_session, last_seen(&str), default_visibility, default_visibility_text,
    email_unverified, signed_in_as(&str),
    not_found, not_found_text, error, error_text, denied, denied_text, sign_in_needed, sign_in_needed_text, go_home,
    fix_these,
    just_now, minutes_ago(i64), hours_ago(i64), days_ago(i64), parts_title;
    rights: rights::Words; organizations: organizations::Words; tokens: tokens::Words; audit: audit::Words;
    security: security::Words; site: site::Words; webhooks: webhooks::Words; help: help::Words;
    comments: comments::Words;
    notifications: notifications::Words; stars: stars::Words; finding: finding::Words; pulls: pulls::Words;
    sharing: sharing::Words
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browser_s_first_known_language_is_taken() {
        assert_eq!(Locale::from_accept_language("fr, zh-Hans;q=0.9, en;q=0.8"), Locale::Chinese);
        assert_eq!(Locale::from_accept_language("en-GB,zh"), Locale::English);
        assert_eq!(Locale::from_accept_language("fr"), Locale::English);
        assert_eq!(Locale::from_tag("zh-CN"), Some(Locale::Chinese));
    }
}
