//! Refusals in the visitor's language: what is wrong, and what to do about it.

use super::Locale;
use crate::format::size;
use model::{Error, Missing, Problem};

/// The sentence for a refusal that belongs to no field.
pub(crate) fn explain(locale: Locale, error: &Error) -> String {
    match locale {
        Locale::English => english(error),
        Locale::Chinese => chinese(error),
    }
}

/// The same for a form with one field: what is wrong there.
pub(crate) fn explain_field(locale: Locale, error: &Error) -> String {
    match error {
        Error::Invalid(problems) => problems.first().map(|one| problem_of(locale, one.problem)),
        _ => None,
    }
    .unwrap_or_else(|| explain(locale, error))
}

fn english(error: &Error) -> String {
    match error {
        Error::WrongCredentials => "The name and password do not match. Try again.".into(),
        Error::SignInNeeded => "Sign in first, then try again.".into(),
        Error::Denied => "You do not have the right to do this. Ask an owner.".into(),
        Error::NoSlot { namespace, slots } => format!(
            "All private slots of {namespace} ({slots}) are used. Make a repository public or unlisted, or change \
            the plan."
        ),
        Error::NoRoom { namespace, limit } => format!(
            "The storage of {namespace} ({}) is used up. Delete images, or change the plan.",
            size(*limit)
        ),
        Error::LastOwner => "An organization needs an owner. Make somebody else one first.".into(),
        Error::NotFound(Missing::Invitation) => {
            "This link was used or has expired. Ask the operator for a new one.".into()
        }
        Error::TokenNeeded => "Two-factor sign-in is on: use an access token as the password.".into(),
        Error::PasskeyRefused => "The passkey was not accepted. Try again.".into(),
        Error::Suspended => "This account is suspended. Ask the operator of this hub.".into(),
        Error::Moved { from, to } => format!("{from} is called {to} now. Use that name."),
        Error::NotFound(Missing::Link) => "This link was used or has expired. Ask for a new one.".into(),
        Error::NotFound(_) => "It is not there any more. Go back and reload the page.".into(),
        Error::MayNotComment(obstacle) => (super::comments::EN.obstacle)(*obstacle),
        Error::TooMany { retry_after } => {
            format!("Too much at once. Wait {}, then try again.", english_wait(*retry_after))
        }
        Error::StorageFull => "The disk of this hub is full. Tell its operator.".into(),
        Error::Busy => "The hub can not write just now. Try again in a moment.".into(),
        Error::Internal => {
            "Something went wrong on our side. Try again; if it stays, tell the operator.".into()
        }
        Error::Invalid(_) => "Some fields need another value.".into(),
        other => format!("{other}."),
    }
}

fn chinese(error: &Error) -> String {
    match error {
        Error::WrongCredentials => "用户名或密码不对，请重试。".into(),
        Error::SignInNeeded => "请先登录，然后重试。".into(),
        Error::Denied => "你没有这项权限，请联系仓库所有者。".into(),
        Error::NoSlot { namespace, slots } => {
            format!("{namespace} 的私有名额（{slots} 个）已用完。请把某个仓库改为公开或未列出，或更换套餐。")
        }
        Error::NoRoom { namespace, limit } => {
            format!("{namespace} 的存储空间（{}）已用完。请删除一些镜像，或更换套餐。", size(*limit))
        }
        Error::LastOwner => "组织至少需要一位所有者，请先把另一位成员设为所有者。".into(),
        Error::NotFound(Missing::Invitation) => "这个链接已被使用或已过期，请向管理员索取新的链接。".into(),
        Error::TokenNeeded => "已开启两步验证，请用访问令牌代替密码。".into(),
        Error::PasskeyRefused => "通行密钥未被接受，请重试。".into(),
        Error::Suspended => "此账号已被停用，请联系管理员。".into(),
        Error::Moved { from, to } => format!("{from} 现在叫 {to}，请使用新名称。"),
        Error::NotFound(Missing::Link) => "链接已使用或已过期，请重新获取。".into(),
        Error::NotFound(_) => "内容已不存在，请返回并刷新页面。".into(),
        Error::MayNotComment(obstacle) => (super::comments::ZH.obstacle)(*obstacle),
        Error::TooMany { retry_after } => {
            format!("操作过于频繁，请等待{}后重试。", chinese_wait(*retry_after))
        }
        Error::StorageFull => "服务器磁盘已满，请联系管理员。".into(),
        Error::Busy => "暂时无法写入，请稍后重试。".into(),
        Error::Internal => "服务器出错了，请重试；若一直如此，请联系管理员。".into(),
        Error::Invalid(_) => "有些内容需要修改。".into(),
        other => format!("操作未完成：{other}。"),
    }
}

/// Seconds, in a unit that is small enough.
fn english_wait(seconds: u64) -> String {
    match seconds {
        1 => "1 second".into(),
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

fn chinese_wait(seconds: u64) -> String {
    match seconds {
        0..120 => format!(" {seconds} 秒"),
        120..7200 => format!(" {} 分钟", seconds.div_ceil(60)),
        _ => format!(" {} 小时", seconds.div_ceil(3600)),
    }
}

/// The sentence beside a field.
pub(crate) fn problem_of(locale: Locale, problem: Problem) -> String {
    match locale {
        Locale::English => english_problem(problem),
        Locale::Chinese => chinese_problem(problem),
    }
}

fn english_problem(problem: Problem) -> String {
    match problem {
        Problem::Required => "Fill this in.".into(),
        Problem::TooShort { min } => format!("Use at least {min} characters."),
        Problem::TooLong { max } => format!("Use at most {max} characters."),
        Problem::BadName => "Use lower-case letters and digits, with single . _ or - between them.".into(),
        Problem::BadEmail => "This does not look like an e-mail address.".into(),
        Problem::Reserved => "The hub needs this word for itself. Choose another name.".into(),
        Problem::Taken => "This is already taken. Choose another one.".into(),
        Problem::BadUrl => "Write an address like https://ci.example/hook, without a user name.".into(),
        Problem::NotPublic => {
            "This leads to a network that this hub does not send to. Ask its operator to allow it.".into()
        }
        Problem::TurnedOff => "It is turned off. Turn it on first.".into(),
        Problem::Over => "It is over already.".into(),
        Problem::TooMany { max } => format!("At most {max}."),
        Problem::TooManyLinks { max } => {
            let links = if max == 1 { "one link".to_owned() } else { format!("{max} links") };
            format!("New accounts may use at most {links} in a comment. Leave some out.")
        }
        Problem::Maintains => "They may push here or administer the hub. Take that right away first.".into(),
        Problem::Wrong => "This is not right. Try again.".into(),
        Problem::TooCommon => "Everybody tries this one first. Choose a longer, odder one.".into(),
        Problem::NotTheName => "This is not the full name. Type it exactly as shown.".into(),
        Problem::Nobody => "Nobody here has this name. Check the spelling.".into(),
        Problem::NoMember => "They do not belong to the organization. Invite them first.".into(),
        Problem::HasIt => "They may do that already.".into(),
        Problem::BadRepositoryName | Problem::BadTag | Problem::BadDigest | Problem::BadValue => {
            "This value can not be used here.".into()
        }
    }
}

fn chinese_problem(problem: Problem) -> String {
    match problem {
        Problem::Required => "请填写此项。".into(),
        Problem::TooShort { min } => format!("至少需要 {min} 个字符。"),
        Problem::TooLong { max } => format!("最多 {max} 个字符。"),
        Problem::BadName => "只能使用小写字母和数字，中间可用单个 . _ 或 - 分隔。".into(),
        Problem::BadEmail => "这不像是一个邮箱地址。".into(),
        Problem::Reserved => "这个词是系统保留的，请换一个。".into(),
        Problem::Taken => "已被占用，请换一个。".into(),
        Problem::BadUrl => "请填写 https://ci.example/hook 这样的地址，不能包含用户名。".into(),
        Problem::NotPublic => "此地址指向本站不会访问的网络，如有需要请联系管理员放行。".into(),
        Problem::TurnedOff => "已停用，请先启用。".into(),
        Problem::Over => "已经结束。".into(),
        Problem::TooMany { max } => format!("最多 {max} 个。"),
        Problem::TooManyLinks { max } => format!("新账号每条评论最多包含 {max} 个链接，请删去一些。"),
        Problem::Maintains => "对方可以推送到此仓库或管理本站，请先收回该权限。".into(),
        Problem::Wrong => "输入不正确，请重试。".into(),
        Problem::TooCommon => "这个密码太常见，请换一个更长、更少见的。".into(),
        Problem::NotTheName => "与完整名称不一致，请按显示的内容输入。".into(),
        Problem::Nobody => "这里没有叫这个名字的用户，请检查拼写。".into(),
        Problem::NoMember => "对方不是组织成员，请先邀请。".into(),
        Problem::HasIt => "对方已经有这项权限。".into(),
        Problem::BadRepositoryName | Problem::BadTag | Problem::BadDigest | Problem::BadValue => {
            "这个值不能用在这里。".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_link_is_not_links() {
        let said = |max| problem_of(Locale::English, Problem::TooManyLinks { max });
        assert_eq!(said(1), "New accounts may use at most one link in a comment. Leave some out.");
        assert_eq!(said(2), "New accounts may use at most 2 links in a comment. Leave some out.");
    }

    #[test]
    fn what_is_wrong_with_the_only_field_is_said() {
        let long = Error::field("text", Problem::TooLong { max: 9 });
        assert_eq!(explain_field(Locale::English, &long), "Use at most 9 characters.");
        assert_eq!(explain_field(Locale::Chinese, &Error::SignInNeeded), "请先登录，然后重试。");
    }
}
