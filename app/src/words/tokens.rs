//! Texts of access tokens.

use super::words;
use model::TokenScope;

words! {
    Words: access_tokens, access_tokens_text, no_access_tokens, new_token, label, label_hint, scope,
    scope_word(TokenScope), repositories, repositories_hint, expires, expires_days(u16), never, make_token,
    token_made, revoke, used(&str), never_used, all_repositories,
}

pub(super) const EN: Words = Words {
    access_tokens: "Access tokens",
    access_tokens_text: "For docker login and programs, instead of your password. Each can be ended by itself.",
    no_access_tokens: "No token yet.",
    new_token: "New token",
    label: "What is it for?",
    label_hint: "For you, to know it again: “CI of tides”.",
    scope: "Reach",
    scope_word: |scope| match scope {
        TokenScope::PublicRead => "Pull public images".into(),
        TokenScope::Read => "Pull".into(),
        TokenScope::Write => "Pull, push, edit descriptions".into(),
        TokenScope::Admin => "Everything with repositories".into(),
    },
    repositories: "Only these repositories",
    repositories_hint: "Names with spaces between them, like anna/app. Empty: all that you may reach.",
    expires: "Ends",
    expires_days: |days| format!("after {days} days"),
    never: "never",
    make_token: "Make token",
    token_made: "Copy this token now. It is shown only this once.",
    revoke: "Revoke",
    used: |when| format!("last used {when}"),
    never_used: "never used",
    all_repositories: "all repositories",
};

pub(super) const ZH: Words = Words {
    access_tokens: "访问令牌",
    access_tokens_text: "用于 docker login 和程序，代替密码。每个令牌都可以单独撤销。",
    no_access_tokens: "还没有令牌。",
    new_token: "新建令牌",
    label: "用途",
    label_hint: "方便你辨认，例如“tides 的 CI”。",
    scope: "范围",
    scope_word: |scope| match scope {
        TokenScope::PublicRead => "拉取公开镜像".into(),
        TokenScope::Read => "拉取".into(),
        TokenScope::Write => "拉取、推送、编辑描述".into(),
        TokenScope::Admin => "对仓库的全部操作".into(),
    },
    repositories: "仅限这些仓库",
    repositories_hint: "用空格分隔名称，例如 anna/app。留空表示你能访问的全部仓库。",
    expires: "有效期",
    expires_days: |days| format!("{days} 天"),
    never: "永不过期",
    make_token: "生成令牌",
    token_made: "请立即复制这个令牌，它只显示这一次。",
    revoke: "撤销",
    used: |when| format!("最近使用：{when}"),
    never_used: "从未使用",
    all_repositories: "全部仓库",
};
