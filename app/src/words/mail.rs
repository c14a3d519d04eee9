//! Texts of mails: a subject and a plain body.

use super::Locale;
use model::mail::MailAbout;

/// Subject and body of a mail.
#[must_use]
pub fn mail_text(locale: Locale, about: &MailAbout) -> (String, String) {
    match locale {
        Locale::English => english(about),
        Locale::Chinese => chinese(about),
    }
}

fn english(about: &MailAbout) -> (String, String) {
    match about {
        MailAbout::Verification { username, link } => (
            "Verify your e-mail address".into(),
            format!(
                "Hello {username},\n\nopen this link to verify that this address is yours:\n\n{link}\n\nIf you did \
                not make this account, ignore this mail.\n"
            ),
        ),
        MailAbout::Reset { username, link } => (
            "Choose a new password".into(),
            format!(
                "Hello {username},\n\nopen this link to choose a new password:\n\n{link}\n\nIf you did not ask for \
                it, ignore this mail: your password stays as it is.\n"
            ),
        ),
        MailAbout::Notice { username, notice, link, settings } => {
            let words = super::notifications::EN;
            let (told, more) = ((words.told)(notice), (words.more)(notice));
            let body = format!(
                "Hello {username},\n\n{told}. {more}\n\n{link}\n\n-- \nChoose what is mailed to you:\n{settings}\n"
            );
            (told, body)
        }
        MailAbout::Invitation { organization, by, link } => (
            format!("{by} invites you to {organization}"),
            format!(
                "Hello,\n\n{by} invites you to the organization {organization}. Open this link to join:\n\n{link}\n"
            ),
        ),
    }
}

fn chinese(about: &MailAbout) -> (String, String) {
    match about {
        MailAbout::Verification { username, link } => (
            "验证你的邮箱地址".into(),
            format!(
                "{username}，你好：\n\n请打开以下链接，确认这个邮箱属于你：\n\n{link}\n\n如果你没有注册此账号，请忽略这封邮件。\n"
            ),
        ),
        MailAbout::Reset { username, link } => (
            "设置新密码".into(),
            format!(
                "{username}，你好：\n\n请打开以下链接设置新密码：\n\n{link}\n\n如果不是你本人的请求，请忽略这封邮件，密码不会改变。\n"
            ),
        ),
        MailAbout::Notice { username, notice, link, settings } => {
            let words = super::notifications::ZH;
            let (told, more) = ((words.told)(notice), (words.more)(notice));
            let body = format!(
                "{username}，你好：\n\n{told}。{more}\n\n{link}\n\n-- \n选择哪些通知发送邮件：\n{settings}\n"
            );
            (told, body)
        }
        MailAbout::Invitation { organization, by, link } => (
            format!("{by} 邀请你加入 {organization}"),
            format!("你好：\n\n{by} 邀请你加入组织 {organization}。请打开以下链接加入：\n\n{link}\n"),
        ),
    }
}
