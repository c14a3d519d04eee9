//! Texts of audit logs: what happened, in a sentence without its subject.

use super::words;
use model::event::Event;
use model::view::Means;
use model::webhook::Disabled;
use model::{Membership, Role, TokenScope, Visibility};

words! {
    Words: log, log_of(&str), log_text, site_log, no_events, when, who, what, from, action, all_actions, since,
    until, filter, export, export_hint, the_hub, happened(&Event), means(&Means), see_log,
}

fn role_en(role: Role) -> &'static str {
    match role {
        Role::Read => "Read",
        Role::Write => "Write",
        Role::Admin => "Admin",
        Role::Owner => "Owner",
    }
}

fn role_zh(role: Role) -> &'static str {
    match role {
        Role::Read => "只读",
        Role::Write => "读写",
        Role::Admin => "管理",
        Role::Owner => "所有者",
    }
}

fn visibility_zh(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "公开",
        Visibility::Unlisted => "未列出",
        Visibility::Private => "私有",
    }
}

fn membership_en(membership: Membership) -> &'static str {
    match membership {
        Membership::Member => "member",
        Membership::Owner => "owner",
    }
}

fn membership_zh(membership: Membership) -> &'static str {
    match membership {
        Membership::Member => "成员",
        Membership::Owner => "所有者",
    }
}

fn scope(scope: TokenScope) -> &'static str {
    scope.as_str()
}

#[expect(clippy::too_many_lines, reason = "one sentence for each kind of event")]
fn english(event: &Event) -> String {
    use Event as E;
    match event {
        E::RepositoryCreated { repository, visibility } => {
            format!("added {repository} ({})", visibility.as_str())
        }
        E::RepositoryDescribed { repository } => format!("described {repository}"),
        E::VisibilityChanged { repository, from, to } => {
            format!("made {repository} {} (was {})", to.as_str(), from.as_str())
        }
        E::RepositoryMoved { from, to } => format!("moved {from} to {to}"),
        E::RepositoryDeleted { repository } => format!("deleted {repository}"),
        E::Pushed { repository, digest, tag, .. } => match tag {
            Some(tag) => format!("pushed {repository}:{tag}"),
            None => format!("pushed {repository}@{digest}"),
        },
        E::TagDeleted { repository, tag, .. } => format!("deleted the tag {repository}:{tag}"),
        E::TagRestored { repository, tag, digest } => format!("put {repository}:{tag} back on {digest}"),
        E::ManifestDeleted { repository, digest } => format!("deleted {repository}@{digest}"),
        E::CollaboratorAdded { repository, username } => format!("let {username} push to {repository}"),
        E::CollaboratorRemoved { repository, username } => format!("took {username} off {repository}"),
        E::TeamGiven { repository, team, role } => {
            format!("gave team {team} {} on {repository}", role_en(*role))
        }
        E::TeamTaken { repository, team } => format!("took {repository} from team {team}"),
        E::OrganizationCreated { organization } => format!("made the organization {organization}"),
        E::OrganizationChanged { organization } => format!("changed the settings of {organization}"),
        E::MemberInvited { organization, email } if email.is_empty() => {
            format!("made an invitation link to {organization}")
        }
        E::MemberInvited { organization, email } => format!("invited {email} to {organization}"),
        E::MemberJoined { organization, username, membership } => {
            format!("{username} joined {organization} as {}", membership_en(*membership))
        }
        E::MembershipChanged { organization, username, membership } => {
            format!("made {username} {} of {organization}", membership_en(*membership))
        }
        E::MemberRemoved { organization, username } => format!("took {username} out of {organization}"),
        E::OrganizationTokenMade { organization, label, scope: reach } => {
            format!("made the token “{label}” ({}) of {organization}", scope(*reach))
        }
        E::OrganizationTokenRevoked { organization, label } => {
            format!("revoked the token “{label}” of {organization}")
        }
        E::TeamCreated { organization, team } => format!("made the team {team} of {organization}"),
        E::TeamDeleted { organization, team } => format!("deleted the team {team} of {organization}"),
        E::TeamMemberAdded { team, username, .. } => format!("put {username} into team {team}"),
        E::TeamMemberRemoved { team, username, .. } => format!("took {username} out of team {team}"),
        E::AccessTokenMade { label, scope: reach } => format!("made the token “{label}” ({})", scope(*reach)),
        E::AccessTokenRevoked { label } => format!("revoked the token “{label}”"),
        E::PlanChanged { namespace, plan } => format!("gave {namespace} the plan {plan}"),
        E::AccountCreated { username } => format!("the account {username} was made"),
        E::SignedIn { .. } => "signed in".into(),
        E::PasswordChanged { .. } => "changed the password".into(),
        E::PasswordReset { username } => format!("the password of {username} was reset by mail"),
        E::EmailChanged { .. } => "changed the e-mail address".into(),
        E::EmailVerified { username } => format!("the e-mail address of {username} was verified"),
        E::TwoFactorOn { .. } => "turned two-factor sign-in on".into(),
        E::TwoFactorOff { username } => format!("turned two-factor sign-in of {username} off"),
        E::RecoveryCodeUsed { .. } => "signed in with a recovery code".into(),
        E::WebhookAdded { name, .. } => format!("added the webhook “{name}”"),
        E::WebhookChanged { name, .. } => format!("changed the webhook “{name}”"),
        E::WebhookRotated { name, .. } => format!("made a new secret for the webhook “{name}”"),
        E::WebhookEnabled { name, .. } => format!("turned the webhook “{name}” on"),
        E::WebhookDeleted { name, .. } => format!("deleted the webhook “{name}”"),
        E::WebhookDisabled { name, because, .. } => match because {
            Disabled::Off => format!("turned the webhook “{name}” off"),
            Disabled::Gone => format!("the webhook “{name}” was turned off: its receiver is gone (410)"),
            Disabled::Failing => {
                format!("the webhook “{name}” was turned off: nothing was delivered for five days")
            }
        },
        E::CommentsSet { .. }
        | E::CommentAdded { .. }
        | E::CommentEdited { .. }
        | E::CommentDeleted { .. }
        | E::CommentFlagged { .. }
        | E::CommentJudged { .. }
        | E::CommentsHidden { .. }
        | E::CommenterBlocked { .. }
        | E::CommenterUnblocked { .. }
        | E::CommenterBlockedEverywhere { .. }
        | E::CommenterUnblockedEverywhere { .. } => super::comment_log::english(event),
        E::PasskeyAdded { label } => format!("added the passkey “{label}”"),
        E::PasskeyRemoved { label } => format!("removed the passkey “{label}”"),
        E::AccountSuspended { username } => format!("suspended {username}"),
        E::AccountRestored { username } => format!("let {username} in again"),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each kind of event")]
fn chinese(event: &Event) -> String {
    use Event as E;
    match event {
        E::RepositoryCreated { repository, visibility } => {
            format!("新建仓库 {repository}（{}）", visibility_zh(*visibility))
        }
        E::RepositoryDescribed { repository } => format!("修改了 {repository} 的描述"),
        E::VisibilityChanged { repository, from, to } => {
            format!("将 {repository} 从{}改为{}", visibility_zh(*from), visibility_zh(*to))
        }
        E::RepositoryMoved { from, to } => format!("将 {from} 移至 {to}"),
        E::RepositoryDeleted { repository } => format!("删除了 {repository}"),
        E::Pushed { repository, digest, tag, .. } => match tag {
            Some(tag) => format!("推送了 {repository}:{tag}"),
            None => format!("推送了 {repository}@{digest}"),
        },
        E::TagDeleted { repository, tag, .. } => format!("删除了标签 {repository}:{tag}"),
        E::TagRestored { repository, tag, digest } => format!("将 {repository}:{tag} 恢复到 {digest}"),
        E::ManifestDeleted { repository, digest } => format!("删除了 {repository}@{digest}"),
        E::CollaboratorAdded { repository, username } => format!("允许 {username} 推送到 {repository}"),
        E::CollaboratorRemoved { repository, username } => format!("将 {username} 移出 {repository}"),
        E::TeamGiven { repository, team, role } => {
            format!("授予团队 {team} 对 {repository} 的{}权限", role_zh(*role))
        }
        E::TeamTaken { repository, team } => format!("收回团队 {team} 对 {repository} 的权限"),
        E::OrganizationCreated { organization } => format!("创建了组织 {organization}"),
        E::OrganizationChanged { organization } => format!("修改了 {organization} 的设置"),
        E::MemberInvited { organization, email } if email.is_empty() => {
            format!("生成了 {organization} 的邀请链接")
        }
        E::MemberInvited { organization, email } => format!("邀请 {email} 加入 {organization}"),
        E::MemberJoined { organization, username, membership } => {
            format!("{username} 以{}身份加入 {organization}", membership_zh(*membership))
        }
        E::MembershipChanged { organization, username, membership } => {
            format!("将 {username} 设为 {organization} 的{}", membership_zh(*membership))
        }
        E::MemberRemoved { organization, username } => format!("将 {username} 移出 {organization}"),
        E::OrganizationTokenMade { organization, label, scope: reach } => {
            format!("为 {organization} 生成令牌“{label}”（{}）", scope(*reach))
        }
        E::OrganizationTokenRevoked { organization, label } => {
            format!("撤销了 {organization} 的令牌“{label}”")
        }
        E::TeamCreated { organization, team } => format!("在 {organization} 中创建团队 {team}"),
        E::TeamDeleted { organization, team } => format!("在 {organization} 中删除团队 {team}"),
        E::TeamMemberAdded { team, username, .. } => format!("将 {username} 加入团队 {team}"),
        E::TeamMemberRemoved { team, username, .. } => format!("将 {username} 移出团队 {team}"),
        E::AccessTokenMade { label, scope: reach } => format!("生成令牌“{label}”（{}）", scope(*reach)),
        E::AccessTokenRevoked { label } => format!("撤销令牌“{label}”"),
        E::PlanChanged { namespace, plan } => format!("将 {namespace} 的套餐改为 {plan}"),
        E::AccountCreated { username } => format!("账号 {username} 已创建"),
        E::SignedIn { .. } => "登录".into(),
        E::PasswordChanged { .. } => "修改了密码".into(),
        E::PasswordReset { username } => format!("{username} 通过邮件重置了密码"),
        E::EmailChanged { .. } => "修改了邮箱地址".into(),
        E::EmailVerified { username } => format!("{username} 的邮箱已验证"),
        E::TwoFactorOn { .. } => "开启了两步验证".into(),
        E::TwoFactorOff { username } => format!("关闭了 {username} 的两步验证"),
        E::RecoveryCodeUsed { .. } => "使用恢复码登录".into(),
        E::WebhookAdded { name, .. } => format!("添加了 webhook“{name}”"),
        E::WebhookChanged { name, .. } => format!("更改了 webhook“{name}”"),
        E::WebhookRotated { name, .. } => format!("更换了 webhook“{name}”的密钥"),
        E::WebhookEnabled { name, .. } => format!("启用了 webhook“{name}”"),
        E::WebhookDeleted { name, .. } => format!("删除了 webhook“{name}”"),
        E::WebhookDisabled { name, because, .. } => match because {
            Disabled::Off => format!("停用了 webhook“{name}”"),
            Disabled::Gone => format!("webhook“{name}”已停用：接收方已不存在（410）"),
            Disabled::Failing => format!("webhook“{name}”已停用：五天内没有成功送达"),
        },
        E::CommentsSet { .. }
        | E::CommentAdded { .. }
        | E::CommentEdited { .. }
        | E::CommentDeleted { .. }
        | E::CommentFlagged { .. }
        | E::CommentJudged { .. }
        | E::CommentsHidden { .. }
        | E::CommenterBlocked { .. }
        | E::CommenterUnblocked { .. }
        | E::CommenterBlockedEverywhere { .. }
        | E::CommenterUnblockedEverywhere { .. } => super::comment_log::chinese(event),
        E::PasskeyAdded { label } => format!("添加了通行密钥“{label}”"),
        E::PasskeyRemoved { label } => format!("移除了通行密钥“{label}”"),
        E::AccountSuspended { username } => format!("停用了 {username}"),
        E::AccountRestored { username } => format!("恢复了 {username}"),
    }
}

pub(super) const EN: Words = Words {
    log: "Log",
    log_of: |name| format!("Log of {name}"),
    log_text: "Who did what, when, from where and with what.",
    site_log: "Log of the whole hub",
    no_events: "Nothing that fits.",
    when: "When",
    who: "Who",
    what: "What",
    from: "From",
    action: "What",
    all_actions: "everything",
    since: "Since (UTC)",
    until: "Until (UTC)",
    filter: "Filter",
    export: "Export",
    export_hint: "As lines of JSON, as narrowed here.",
    the_hub: "the hub",
    happened: english,
    means: |means| match means {
        Means::None => String::new(),
        Means::Session => "browser".into(),
        Means::Password => "password".into(),
        Means::Token(label) => format!("token “{label}”"),
    },
    see_log: "See what happened",
};

pub(super) const ZH: Words = Words {
    log: "日志",
    log_of: |name| format!("{name} 的日志"),
    log_text: "谁在何时、何地、用什么方式做了什么。",
    site_log: "全站日志",
    no_events: "没有符合条件的记录。",
    when: "时间",
    who: "操作者",
    what: "操作",
    from: "来源",
    action: "操作",
    all_actions: "全部",
    since: "起始（UTC）",
    until: "截止（UTC）",
    filter: "筛选",
    export: "导出",
    export_hint: "按当前筛选条件导出，每行一条 JSON。",
    the_hub: "系统",
    happened: chinese,
    means: |means| match means {
        Means::None => String::new(),
        Means::Session => "浏览器".into(),
        Means::Password => "密码".into(),
        Means::Token(label) => format!("令牌“{label}”"),
    },
    see_log: "查看日志",
};
