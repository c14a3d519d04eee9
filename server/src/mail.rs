//! Mails leave here: by SMTP, or as files in the data folder where the operator set none up.
//!
//! The hub keeps them until one of the two took them; their words are the pages'.

use crate::config::Mail as Config;
use app::{Locale, mail_text};
use hub::{DueMail, Hub};
use lettre::address::AddressError;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::file::AsyncFileTransport;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Mails that were put off are looked for this often.
const ROUND: Duration = Duration::from_secs(10);
/// A mail server has this long to take a connection.
const CONNECTING: Duration = Duration::from_secs(30);
/// And this long for one mail. Some look at its content before they say that they took it; giving up meanwhile would send
/// it twice (RFC 5321, section 4.5.3.2.6). Less than what the hub gives us for it.
const PATIENCE: Duration = Duration::from_secs(300);

/// Why mails can not leave as configured.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("the SMTP address: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    #[error("the sender's address: {0}")]
    Sender(#[from] AddressError),
    #[error("the mail folder: {0}")]
    Folder(std::io::Error),
}

/// Why one mail did not leave.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("{0}")]
    Address(#[from] AddressError),
    #[error("{0}")]
    Message(#[from] lettre::error::Error),
    #[error("{0}")]
    File(#[from] lettre::transport::file::Error),
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("the mail server took too long")]
    Slow,
}

/// The way out.
pub struct Postman {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

impl Postman {
    /// The way that `config` names; `data` is the folder that has the files otherwise.
    ///
    /// # Errors
    /// See [`MailError`].
    pub fn new(config: &Config, data: &Path) -> Result<Self, MailError> {
        let from = config.mail_from.parse()?;
        let way = match &config.smtp_url {
            Some(url) => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?;
                Way::Smtp(smtp.timeout(Some(CONNECTING)).build())
            }
            None => {
                let folder = data.join("mail");
                std::fs::create_dir_all(&folder).map_err(MailError::Folder)?;
                Way::Folder(AsyncFileTransport::new(&folder), folder)
            }
        };
        Ok(Self { from, way })
    }

    /// Sends what waits, until it is dropped.
    pub async fn serve(self, hub: Hub) {
        loop {
            if let Err(error) = self.send_due(&hub).await {
                tracing::warn!(%error, "mails can not be looked for");
            }
            tokio::select! {
                () = hub.mail_waits() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// Until nothing is due: what could not be sent is due later.
    async fn send_due(&self, hub: &Hub) -> Result<(), model::Error> {
        loop {
            let all = hub.due_mails().await?;
            if all.is_empty() {
                return Ok(());
            }
            for due in all {
                if !hub.take_mail(&due).await? {
                    continue;
                }
                let sent = tokio::time::timeout(PATIENCE, self.send(&due)).await;
                let sent = sent.unwrap_or(Err(Undelivered::Slow));
                if let Err(error) = &sent {
                    tracing::warn!(mail = due.id, %error, "a mail did not leave");
                }
                hub.mail_tried(&due, sent.is_ok()).await?;
            }
        }
    }

    async fn send(&self, due: &DueMail) -> Result<(), Undelivered> {
        let locale = Locale::from_tag(&due.mail.language).unwrap_or_default();
        let (subject, body) = mail_text(locale, &due.mail.about);
        let to: Mailbox = Mailbox::new(None, due.mail.to.parse()?);
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)?;
        match &self.way {
            Way::Smtp(server) => drop(server.send(message).await?),
            Way::Folder(files, folder) => {
                let name = files.send(message).await?;
                let file = folder.join(format!("{name}.eml"));
                tracing::info!(file = %file.display(), "a mail was written to a file: no SMTP server is set up");
            }
        }
        Ok(())
    }
}
