//! Texts of audit logs about comments, in a sentence without its subject.

use model::comment::{CommentPolicy, Judgement};
use model::event::Event;

fn policy_en(policy: CommentPolicy) -> &'static str {
    match policy {
        CommentPolicy::Off => "nobody",
        CommentPolicy::Members => "people with a role",
        CommentPolicy::Everybody => "everybody",
    }
}

fn policy_zh(policy: CommentPolicy) -> &'static str {
    match policy {
        CommentPolicy::Off => "关闭",
        CommentPolicy::Members => "仅成员",
        CommentPolicy::Everybody => "所有人",
    }
}

fn judged_en(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Approve => "approved",
        Judgement::Hide => "hid",
        Judgement::Restore => "restored",
        Judgement::Delete => "deleted",
        Judgement::Keep => "kept",
    }
}

fn judged_zh(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Approve => "批准了",
        Judgement::Hide => "隐藏了",
        Judgement::Restore => "恢复了",
        Judgement::Delete => "删除了",
        Judgement::Keep => "保留了",
    }
}

fn with_reason(what: String, because: &str) -> String {
    if because.is_empty() { what } else { format!("{what}: {because}") }
}

fn with_reason_zh(what: String, because: &str) -> String {
    if because.is_empty() { what } else { format!("{what}：{because}") }
}

pub(super) fn english(event: &Event) -> String {
    use Event as E;
    match event {
        E::CommentsSet { repository, policy, first_waits } => {
            let waits = if *first_waits { ", first comments wait" } else { "" };
            format!("let {} comment on {repository}{waits}", policy_en(*policy))
        }
        E::CommentAdded { repository, .. } => format!("commented on {repository}"),
        E::CommentEdited { repository, .. } => format!("edited a comment on {repository}"),
        E::CommentDeleted { repository, .. } => format!("deleted their comment on {repository}"),
        E::CommentFlagged { repository, author, reason, .. } => {
            format!("reported a comment of {author} on {repository} ({})", reason.as_str())
        }
        E::CommentJudged { repository, author, judgement, because, .. } => {
            let did = judged_en(*judgement);
            with_reason(format!("{did} a comment of {author} on {repository}"), because)
        }
        E::CommentsHidden { repository, username, hidden } => {
            format!("hid {hidden} comments of {username} on {repository}")
        }
        E::CommenterBlocked { repository, username, because, hidden } => {
            let hid = if *hidden > 0 { format!(", hid {hidden} comments") } else { String::new() };
            with_reason(format!("blocked {username} from commenting on {repository}{hid}"), because)
        }
        E::CommenterUnblocked { repository, username } => {
            format!("let {username} comment on {repository} again")
        }
        E::CommenterBlockedEverywhere { username, because } => {
            with_reason(format!("blocked {username} from commenting anywhere"), because)
        }
        E::CommenterUnblockedEverywhere { username } => format!("let {username} comment again"),
        // Told of elsewhere.
        _ => String::new(),
    }
}

pub(super) fn chinese(event: &Event) -> String {
    use Event as E;
    match event {
        E::CommentsSet { repository, policy, first_waits } => {
            let waits = if *first_waits { "，首条评论需查看" } else { "" };
            format!("设置 {repository} 的评论：{}{waits}", policy_zh(*policy))
        }
        E::CommentAdded { repository, .. } => format!("评论了 {repository}"),
        E::CommentEdited { repository, .. } => format!("编辑了 {repository} 的一条评论"),
        E::CommentDeleted { repository, .. } => format!("删除了自己在 {repository} 的评论"),
        E::CommentFlagged { repository, author, reason, .. } => {
            format!("举报了 {author} 在 {repository} 的评论（{}）", (super::comments::ZH.reason)(*reason))
        }
        E::CommentJudged { repository, author, judgement, because, .. } => {
            let did = judged_zh(*judgement);
            with_reason_zh(format!("{did} {author} 在 {repository} 的评论"), because)
        }
        E::CommentsHidden { repository, username, hidden } => {
            format!("隐藏了 {username} 在 {repository} 的 {hidden} 条评论")
        }
        E::CommenterBlocked { repository, username, because, hidden } => {
            let hid = if *hidden > 0 { format!("，隐藏了 {hidden} 条评论") } else { String::new() };
            with_reason_zh(format!("禁止 {username} 评论 {repository}{hid}"), because)
        }
        E::CommenterUnblocked { repository, username } => format!("重新允许 {username} 评论 {repository}"),
        E::CommenterBlockedEverywhere { username, because } => {
            with_reason_zh(format!("禁止 {username} 在全站评论"), because)
        }
        E::CommenterUnblockedEverywhere { username } => format!("重新允许 {username} 评论"),
        // Told of elsewhere.
        _ => String::new(),
    }
}
