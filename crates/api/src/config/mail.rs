//! How mails leave.

use std::path::PathBuf;

use lettre::message::Mailbox;

use super::{
    Secret,
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const FROM: Variable = Variable::defaulted(
    "TRADEHALL_MAIL_FROM",
    "Tradehall <no-reply@localhost>",
    "The sender of all mails; must be set when mails are sent over SMTP.",
);
const SMTP_URL: Variable = Variable::optional(
    "TRADEHALL_SMTP_URL",
    "Mail server, `smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT?tls=required`; without it mails are written to files.",
)
.secret();
const DIR: Variable = Variable::defaulted(
    "TRADEHALL_MAIL_DIR",
    "data/mail",
    "Directory for mails as `.eml` files when no mail server is set.",
);

pub(super) const GROUP: Group = Group { title: "Mail", variables: &[&FROM, &SMTP_URL, &DIR] };

/// Outgoing mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The sender.
    pub from: Mailbox,
    /// Where mails go.
    pub transport: MailTransport,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum MailTransport {
    /// Over SMTP, by a URL that may hold a password.
    Smtp(Secret<String>),
    /// Into `.eml` files in this directory.
    Directory(PathBuf),
}

impl Mail {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let from = reader.value(&FROM, value::parsed("an address, such as `Tradehall <no-reply@market.example>`"));
        let smtp = reader.optional(&SMTP_URL, smtp_url);
        let directory = reader.value(&DIR, value::path);
        if reader.is_set(&SMTP_URL) && !reader.is_set(&FROM) {
            // Mail from a host called localhost is refused or, worse, dropped by receivers.
            let expected = "the address that receivers may answer, because mails are sent over SMTP";
            reader.fault(&FROM, "is not set".to_owned(), expected.to_owned());
        }
        let transport = match smtp? {
            Some(url) => MailTransport::Smtp(url),
            None => MailTransport::Directory(directory?),
        };
        Some(Self { from: from?, transport })
    }
}

fn smtp_url(text: &str) -> Result<Secret<String>, Wrong> {
    let expected = "`smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT?tls=required`";
    let host = text.strip_prefix("smtps://").or_else(|| text.strip_prefix("smtp://"));
    match host {
        Some(host) if !host.is_empty() => Ok(Secret::new(text.to_owned())),
        Some(_) => Err(Wrong::new("names no host", expected)),
        None => Err(Wrong::new("is not an SMTP URL", expected)),
    }
}
