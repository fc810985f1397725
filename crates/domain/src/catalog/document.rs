//! Media and documents of a product: pictures, data sheets, certificates that expire, manuals.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{ProductEvent, ProductId};
use crate::attachment::{Attachment, AttachmentId, MediaType};
use crate::id::Id;
use crate::locale::{TranslationDraft, Translations};
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::ShortText;

/// How many documents a product can have.
pub const DOCUMENTS_MAX: usize = 50;

/// How many days before its last day a certificate is told to be expiring.
pub const EXPIRING_DAYS: i64 = 30;

/// What a picture can be.
const PICTURES: [MediaType; 4] = [MediaType::Png, MediaType::Jpeg, MediaType::Webp, MediaType::Tiff];

named! {
    /// What a file tells of a product.
    pub enum DocumentRole {
        /// How it looks.
        Image = "IMAGE",
        /// What it can do.
        Datasheet = "DATASHEET",
        /// That somebody has checked it.
        Certificate = "CERTIFICATE",
        /// How it is used.
        Manual = "MANUAL",
    }
}

/// What is known of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its issuer's number for it.
    pub number: ShortText,
    /// Since which day it holds.
    pub issued: Option<Date>,
    /// Until which day it holds, that day included (UTC).
    pub expires: Option<Date>,
}

/// A file that tells something of a product. Whoever sees the product sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductDocument {
    /// Which document.
    pub id: ProductDocumentId,
    /// Whose product it is.
    pub owner: OrganizationId,
    /// Of which product.
    pub product: ProductId,
    /// The file.
    pub attachment: AttachmentId,
    /// What it tells.
    pub role: DocumentRole,
    /// What it shows, for those who do not see it, in several languages.
    pub alt: Translations<200>,
    /// What is known of it as a certificate.
    pub certificate: Option<Certificate>,
    /// Its place among the product's documents, from 0 on.
    pub place: i64,
    /// When there is something to tell of it by the clock.
    pub next_check_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`ProductDocument`].
pub type ProductDocumentId = Id<ProductDocument>;

/// A document as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDraft {
    /// The file.
    pub attachment: AttachmentId,
    /// What it tells.
    pub role: DocumentRole,
    /// What it shows.
    pub alt: Vec<TranslationDraft>,
    /// What is known of it as a certificate.
    pub certificate: Option<CertificateDraft>,
}

/// A certificate as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateDraft {
    /// Its number.
    pub number: String,
    /// Since which day it holds.
    pub issued: Option<Date>,
    /// Until which day it holds.
    pub expires: Option<Date>,
}

impl ProductDocument {
    /// Everything that is attached to a product, in that order. `files` are the files that are the owner's own.
    ///
    /// # Errors
    /// [`Code::TooMany`]; for each: a file that is not there or no picture, what is wrong with its texts, [`Code::Required`] and
    /// [`Code::Invalid`] for a certificate that is missing or out of place, [`Code::CertificateExpired`].
    pub fn list(
        owner: OrganizationId,
        product: ProductId,
        drafts: &[DocumentDraft],
        files: &[Attachment],
        now: Timestamp,
    ) -> Result<Vec<Self>, Problems> {
        if drafts.len() > DOCUMENTS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", DOCUMENTS_MAX).into());
        }
        let mut problems = Problems::new();
        let mut list: Vec<Self> = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let mut own = Problems::new();
            if list.iter().any(|other| other.attachment == draft.attachment) {
                own.push(Problem::new(Code::Duplicate).at("attachmentId"));
            }
            match files.iter().find(|file| file.id == draft.attachment) {
                None => own.push(Problem::new(Code::NotFound).at("attachmentId")),
                Some(file) if draft.role == DocumentRole::Image && !PICTURES.contains(&file.media_type) => {
                    let allowed: Vec<_> = PICTURES.iter().map(MediaType::as_str).collect();
                    let problem = Problem::new(Code::MediaTypeRefused).with("allowed", allowed.join(", "));
                    own.push(problem.at("attachmentId"));
                }
                Some(_) => {}
            }
            let alt = own.take("alt", Translations::parse(&draft.alt));
            let certificate = own.take("certificate", certificate(draft, now));
            let place = i64::try_from(n).unwrap_or(i64::MAX);
            let document = own.finish(alt.zip(certificate)).map(|(alt, certificate)| {
                let mut document = Self {
                    id: Id::new(),
                    owner,
                    product,
                    attachment: draft.attachment,
                    role: draft.role,
                    alt,
                    certificate,
                    place,
                    next_check_at: None,
                    version: 1,
                };
                document.next_check_at = document.ends().map(|(expiring, expired)| expiring.max(now).min(expired));
                document
            });
            list.extend(problems.take(n, document));
        }
        problems.finish(Some(list))
    }

    /// What there is to tell of it at `now`, and when to look again. Nothing is told twice.
    pub fn wake(&mut self, now: Timestamp) -> Option<ProductEvent> {
        self.next_check_at.filter(|at| *at <= now)?;
        let (_, expired) = self.ends()?;
        let certificate = self.certificate.as_ref()?;
        let (number, expires) = (certificate.number.to_string(), certificate.expires?.to_string());
        if now >= expired {
            self.next_check_at = None;
            return Some(ProductEvent::CertificateExpired { number, expires });
        }
        self.next_check_at = Some(expired);
        Some(ProductEvent::CertificateExpiring { number, expires })
    }

    /// When it is told to be expiring, and when it has expired: at the end of its last day, UTC.
    fn ends(&self) -> Option<(Timestamp, Timestamp)> {
        let expired = end_of(self.certificate.as_ref()?.expires?)?;
        let expiring = expired.saturating_sub(SignedDuration::from_hours(24 * EXPIRING_DAYS)).unwrap_or(expired);
        Some((expiring, expired))
    }
}

fn end_of(day: Date) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn certificate(draft: &DocumentDraft, now: Timestamp) -> Result<Option<Certificate>, Problems> {
    let given = match (draft.role, &draft.certificate) {
        (DocumentRole::Certificate, Some(given)) => given,
        (DocumentRole::Certificate, None) => return Err(Code::Required.into()),
        (_, None) => return Ok(None),
        (_, Some(_)) => return Err(Code::Invalid.into()),
    };
    let mut problems = Problems::new();
    let number = problems.take("number", ShortText::parse(&given.number));
    if let (Some(issued), Some(expires)) = (given.issued, given.expires)
        && expires < issued
    {
        problems.push(Problem::new(Code::EndsBeforeStart).at("expires"));
    } else if given.expires.is_some_and(|day| end_of(day).is_none_or(|end| end <= now)) {
        problems.push(Problem::new(Code::CertificateExpired).at("expires"));
    }
    let number = problems.finish(number)?;
    Ok(Some(Certificate { number, issued: given.issued, expires: given.expires }))
}
