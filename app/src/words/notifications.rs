//! Texts of the bell, of what it leads to, and of mails about it.

use super::words;
use model::comment::Judgement;
use model::{Notice, NoticeKind};

words! {
    Words: notifications, notifications_text, unread(&str), nothing, nothing_text, mark_read, mark_all_read, is_unread,
    told(&Notice), more(&Notice), kind(NoticeKind), mails, mails_text,
}

pub(super) const EN: Words = Words {
    notifications: "Notifications",
    notifications_text: "What you were told of in the last 90 days.",
    unread: |count| format!("Notifications: {count} unread"),
    nothing: "Nothing to tell",
    nothing_text: "When somebody comments, invites you or gives you access, and when a webhook is turned off, you read it here.",
    mark_read: "Mark as read",
    mark_all_read: "Mark all as read",
    is_unread: "unread",
    told: |notice| match notice {
        Notice::WebhookDisabled { repository, webhook, .. } => {
            format!("The webhook “{webhook}” of {repository} was turned off")
        }
        Notice::Invited { organization, by, .. } => {
            format!("{by} invites you to the organization {organization}")
        }
        Notice::CollaboratorAdded { repository, by } => format!("{by} lets you push to {repository}"),
        Notice::RepositoryReceived { repository, from, by } => {
            format!("{by} transferred {from} to you: it is {repository} now")
        }
        Notice::Commented { repository, by, .. } => format!("{by} commented on {repository}"),
        Notice::CommentWaits { repository, by, .. } => {
            format!("{by} commented on {repository}: shown to others once you approve it")
        }
        Notice::Replied { repository, by, .. } => format!("{by} answered your comment on {repository}"),
        Notice::CommentFlagged { repository, by, .. } => format!("{by} flagged a comment on {repository}"),
        Notice::CommentJudged { repository, judgement, .. } => match judgement {
            Judgement::Hide => format!("Your comment on {repository} was hidden"),
            Judgement::Delete => format!("Your comment on {repository} was deleted"),
            Judgement::Approve | Judgement::Restore | Judgement::Keep => {
                format!("Your comment on {repository} is shown to others")
            }
        },
        Notice::CommentsBlocked { repository, .. } => format!("You may no longer comment on {repository}"),
        Notice::CommentsBlockedEverywhere { .. } => "You may no longer comment on this hub".into(),
    },
    more: |notice| match notice {
        Notice::WebhookDisabled { because, .. } => format!(
            "{} Pushes since then are kept: turn it on again and send what was missed.",
            (super::webhooks::EN.is_off)(*because)
        ),
        _ => String::new(),
    },
    kind: |kind| match kind {
        NoticeKind::Webhook => "A webhook was turned off".into(),
        NoticeKind::Invitation => "Invitations to organizations".into(),
        NoticeKind::Collaborator => "Somebody lets you push".into(),
        NoticeKind::Transfer => "A repository was transferred to you".into(),
        NoticeKind::Comment => "Comments on your repositories".into(),
        NoticeKind::Reply => "Answers to your comments".into(),
        NoticeKind::Flag => "Flagged comments on your repositories".into(),
        NoticeKind::Judged => "What was decided about your comments".into(),
    },
    mails: "Notifications by e-mail",
    mails_text: "The bell tells you of all of it. Choose what also comes by e-mail, once your address is verified.",
};

pub(super) const ZH: Words = Words {
    notifications: "通知",
    notifications_text: "最近 90 天的通知。",
    unread: |count| format!("通知：{count} 条未读"),
    nothing: "没有通知",
    nothing_text: "有人评论、邀请你或授予你权限时，以及 webhook 被停用时，会在这里通知你。",
    mark_read: "标为已读",
    mark_all_read: "全部标为已读",
    is_unread: "未读",
    told: |notice| match notice {
        Notice::WebhookDisabled { repository, webhook, .. } => {
            format!("{repository} 的 webhook“{webhook}”已停用")
        }
        Notice::Invited { organization, by, .. } => format!("{by} 邀请你加入组织 {organization}"),
        Notice::CollaboratorAdded { repository, by } => format!("{by} 允许你推送到 {repository}"),
        Notice::RepositoryReceived { repository, from, by } => {
            format!("{by} 将 {from} 转让给你，现名 {repository}")
        }
        Notice::Commented { repository, by, .. } => format!("{by} 评论了 {repository}"),
        Notice::CommentWaits { repository, by, .. } => format!("{by} 评论了 {repository}，等待你批准后显示"),
        Notice::Replied { repository, by, .. } => format!("{by} 回复了你在 {repository} 的评论"),
        Notice::CommentFlagged { repository, by, .. } => format!("{by} 举报了 {repository} 的一条评论"),
        Notice::CommentJudged { repository, judgement, .. } => match judgement {
            Judgement::Hide => format!("你在 {repository} 的评论已被隐藏"),
            Judgement::Delete => format!("你在 {repository} 的评论已被删除"),
            Judgement::Approve | Judgement::Restore | Judgement::Keep => {
                format!("你在 {repository} 的评论已对其他人显示")
            }
        },
        Notice::CommentsBlocked { repository, .. } => format!("你已被禁止在 {repository} 发表评论"),
        Notice::CommentsBlockedEverywhere { .. } => "你已被禁止在本站发表评论".into(),
    },
    more: |notice| match notice {
        Notice::WebhookDisabled { because, .. } => {
            format!("{}此后的推送都有记录：请重新启用并补发。", (super::webhooks::ZH.is_off)(*because))
        }
        _ => String::new(),
    },
    kind: |kind| match kind {
        NoticeKind::Webhook => "webhook 被停用".into(),
        NoticeKind::Invitation => "加入组织的邀请".into(),
        NoticeKind::Collaborator => "有人允许你推送".into(),
        NoticeKind::Transfer => "有仓库转让给你".into(),
        NoticeKind::Comment => "对你的仓库的评论".into(),
        NoticeKind::Reply => "对你的评论的回复".into(),
        NoticeKind::Flag => "你的仓库中被举报的评论".into(),
        NoticeKind::Judged => "对你的评论的处理".into(),
    },
    mails: "邮件通知",
    mails_text: "铃铛会显示所有通知。请选择哪些还要发送邮件（邮箱验证后生效）。",
};
