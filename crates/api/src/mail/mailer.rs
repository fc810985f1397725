//! The way out for mails: a mail server, or a directory where there is none.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::{Body, Mailbox, header};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tradehall_persistence::mail::OutgoingMail;

use super::words::{Words, words};
use crate::config;

/// How long a mail server may take for one step of its protocol.
const SMTP_TIMEOUT: Duration = Duration::from_secs(20);

/// Sends mails.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    links: String,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Directory(PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It never will: the address or the mail is refused.
    #[error("refused for good: {0}")]
    Permanent(String),
    /// It may yet.
    #[error("not now: {0}")]
    Transient(String),
}

impl Mailer {
    /// A mailer as it was configured, whose links begin with `links`, the address of the pages that people see.
    ///
    /// # Errors
    /// When the mail server's URL cannot be used; the text says why, without the URL, which may hold a password.
    pub fn new(settings: &config::Mail, links: &str) -> Result<Self, String> {
        let way = match &settings.transport {
            config::MailTransport::Smtp(url) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose());
                let builder = builder.map_err(|_| "the mail server's URL cannot be used".to_owned())?;
                Way::Smtp(builder.timeout(Some(SMTP_TIMEOUT)).build())
            }
            config::MailTransport::Directory(directory) => Way::Directory(directory.clone()),
        };
        Ok(Self { from: settings.from.clone(), links: links.trim_end_matches('/').to_owned(), way })
    }

    /// Sends `mail`, if it says anything.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, mail: &OutgoingMail) -> Result<(), SendError> {
        let Some(words) = words(&mail.mail, &self.links) else { return Ok(()) };
        let message = self.message(mail, words)?;
        match &self.way {
            Way::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(SendError::Permanent(error.to_string())),
                Err(error) => Err(SendError::Transient(error.to_string())),
            },
            Way::Directory(directory) => {
                let name = format!("{}.eml", mail.id);
                let written = write(directory, &name, &message.formatted()).await;
                written.map_err(|error| SendError::Transient(error.to_string()))
            }
        }
    }

    fn message(&self, mail: &OutgoingMail, words: Words) -> Result<Message, SendError> {
        let permanent = |error: &dyn std::error::Error| SendError::Permanent(error.to_string());
        let to = mail.mail.to.as_str().parse::<lettre::Address>().map_err(|error| permanent(&error))?;
        let id = format!("<{}@{}>", mail.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(words.subject)
            .message_id(Some(id))
            .header(header::ContentType::TEXT_PLAIN)
            .body(self.encoded(words.body))
            .map_err(|error| permanent(&error))
    }
}

impl Mailer {
    /// The text as it travels: safe for every server on the way, or as it is where people open the file itself to follow its link.
    fn encoded(&self, text: String) -> Body {
        match &self.way {
            Way::Smtp(_) => Body::new(text),
            Way::Directory(_) => {
                let lines = text.replace('\n', "\r\n").into_bytes();
                Body::dangerous_pre_encoded(lines, header::ContentTransferEncoding::EightBit)
            }
        }
    }
}

/// Written under another name first, so that nobody reads half a mail.
async fn write(directory: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(directory).await?;
    let draft = directory.join(format!(".{name}"));
    tokio::fs::write(&draft, bytes).await?;
    tokio::fs::rename(&draft, directory.join(name)).await
}
