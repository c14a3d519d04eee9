//! Texts of the page that explains webhooks to those who write receivers.

use super::words;

words! {
    Words: title, lead, headers, headers_text, id, timestamp, signature, hub_signature, verify, verify_text, libraries, answer,
    answer_text(&str), retries(&str), no_retries, gone, once, callback, callback_text, state, description, context, target_url,
    callback_answers, addresses, seconds(i64), minutes(i64), hours(i64), link,
}

pub(super) const EN: Words = Words {
    title: "Receive webhooks",
    lead: "How a receiver knows that a delivery is genuine, takes each message once, and reports back.",
    headers: "What is sent",
    headers_text: "Each delivery is a POST of JSON. It is signed as Standard Webhooks 1.0.0 says, in these headers:",
    id: "Names the message. Every attempt to deliver it has the same id: keep the ids of the last days, and do nothing for one that you know.",
    timestamp: "When this attempt was signed, in seconds since 1970. Refuse what is more than 5 minutes away from your clock: somebody may have kept it and sent it again.",
    signature: "v1, then the base64 of HMAC-SHA256 over id, timestamp and body with dots between them. For a day after a new secret was made there are two with a space between them: one that is right is enough.",
    hub_signature: "For receivers that know only this form: sha256= and the hex of HMAC-SHA256 over the body alone, with the newest secret. It does not prove when the delivery was sent, so prefer the other.",
    verify: "Verify a delivery",
    verify_text: "The key is what follows whsec_ in the secret, base64-decoded. Use the bytes of the body as they came, before anything parses them, and compare in constant time. Complete programs that need nothing but the language:",
    libraries: "Libraries for these and other languages:",
    answer: "Answer",
    answer_text: |patience| {
        format!(
            "Answer with any 2xx status as soon as you have the delivery, within {patience}, and work afterwards. Redirects are not followed."
        )
    },
    retries: |pauses| {
        format!(
            "Any other answer, or none, means another attempt, after {pauses}. A 429 or 503 with Retry-After is waited for."
        )
    },
    no_retries: "There is one attempt only.",
    gone: "410 Gone turns the webhook off. So does a receiver to which nothing could be delivered for five days. An owner turns it on again, and can then send what was missed.",
    once: "A delivery may come more than once, when an answer was lost on its way. The id tells.",
    callback: "Report back",
    callback_text: "In a chain the next address is called when this one has reported success. The address for the report, callback_url, is in the payload, and each delivery has its own. POST JSON to it:",
    state: "Required: success, failure or error. Anything but success stops the chain.",
    description: "What people read, at most 255 characters.",
    context: "Who reports, at most 100 characters.",
    target_url: "Where the result is.",
    callback_answers: "A report is answered with 200 when it was taken, 400 when it is no report, 404 for an address that nobody was given, 409 when there is a report already, and 410 when the run is over. The image's page shows what was reported.",
    addresses: "Where deliveries come from",
    seconds: |n| format!("{n} s"),
    minutes: |n| format!("{n} min"),
    hours: |n| format!("{n} h"),
    link: "How to verify a delivery, and report back",
};

pub(super) const ZH: Words = Words {
    title: "接收 webhook",
    lead: "接收方如何确认投递真实可信、同一消息只处理一次，并回报结果。",
    headers: "发送的内容",
    headers_text: "每次投递都是一个 JSON 的 POST 请求，按 Standard Webhooks 1.0.0 签名，请求头如下：",
    id: "消息的编号。同一消息的每次尝试编号相同：请保存最近几天的编号，遇到已知的编号不再处理。",
    timestamp: "本次尝试的签名时间，为 1970 年以来的秒数。与本机时钟相差超过 5 分钟的应拒绝：可能有人截留后重新发送。",
    signature: "v1 加上 HMAC-SHA256 的 base64 值，签名内容是用点连接的编号、时间和正文。更换密钥后的一天内有两个签名，以空格分隔，其中一个正确即可。",
    hub_signature: "供只认识此格式的接收方使用：sha256= 加上仅对正文计算的 HMAC-SHA256 的十六进制值，使用最新密钥。它不能证明发送时间，请优先使用前者。",
    verify: "验证投递",
    verify_text: "密钥是 whsec_ 之后的部分，经 base64 解码。请使用收到的原始正文字节（解析之前），并以恒定时间比较。以下完整程序只需语言自带的功能：",
    libraries: "这些语言和其他语言的代码库：",
    answer: "应答",
    answer_text: |patience| {
        format!("收到后请在 {patience}内立即以任意 2xx 状态应答，再做后续工作。不跟随重定向。")
    },
    retries: |pauses| {
        format!(
            "其他应答或没有应答时会再次尝试，间隔依次为 {}。带 Retry-After 的 429 或 503 会按其等待。",
            pauses.replace(", ", "、")
        )
    },
    no_retries: "只尝试一次。",
    gone: "应答 410 Gone 会停用 webhook；五天内没有任何成功送达也会停用。所有者可重新启用，并补发遗漏的推送。",
    once: "若应答在途中丢失，同一投递可能多次到达。请以编号辨别。",
    callback: "回报结果",
    callback_text: "在链中，当前地址报告成功后才会调用下一个。回报地址 callback_url 在载荷中，每次投递各不相同。向其 POST JSON：",
    state: "必填：success、failure 或 error。非 success 会中止链。",
    description: "给人看的说明，最多 255 个字符。",
    context: "报告者，最多 100 个字符。",
    target_url: "结果所在的地址。",
    callback_answers: "报告被接受时应答 200；不是报告时 400；地址不存在时 404；已有报告时 409；运行已结束时 410。报告内容显示在镜像页面上。",
    addresses: "投递的来源地址",
    seconds: |n| format!("{n} 秒"),
    minutes: |n| format!("{n} 分钟"),
    hours: |n| format!("{n} 小时"),
    link: "如何验证投递并回报结果",
};
