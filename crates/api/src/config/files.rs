//! Where uploaded files are kept.

use std::path::PathBuf;

use super::{
    Secret,
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const URL: Variable = Variable::defaulted(
    "TRADEHALL_FILES_URL",
    "file://data/files",
    "Where uploaded files are kept: `file://DIRECTORY` or `s3://BUCKET/PREFIX`.",
);
const REGION: Variable = Variable::defaulted("AWS_REGION", "us-east-1", "S3 only: the region of the bucket.");
const ENDPOINT: Variable = Variable::optional(
    "AWS_ENDPOINT_URL",
    "S3 only: another S3-compatible server, such as `https://minio.example:9000`.",
);
const ACCESS_KEY_ID: Variable =
    Variable::optional("AWS_ACCESS_KEY_ID", "S3 only: the access key; without it the machine's own role is used.");
const SECRET_ACCESS_KEY: Variable =
    Variable::optional("AWS_SECRET_ACCESS_KEY", "S3 only: the secret of the access key.").secret();
const SESSION_TOKEN: Variable =
    Variable::optional("AWS_SESSION_TOKEN", "S3 only: the session token of temporary credentials.").secret();

pub(super) const GROUP: Group = Group {
    title: "Files",
    variables: &[&URL, &REGION, &ENDPOINT, &ACCESS_KEY_ID, &SECRET_ACCESS_KEY, &SESSION_TOKEN],
};

/// Where uploaded files are kept.
#[derive(Debug, Clone)]
pub enum Files {
    /// In this directory, created when it is absent.
    Directory(PathBuf),
    /// In a bucket.
    S3(S3),
}

/// A bucket of an S3-compatible store.
#[derive(Debug, Clone)]
pub struct S3 {
    /// The bucket's name.
    pub bucket: String,
    /// What all keys begin with; may be empty.
    pub prefix: String,
    /// The bucket's region.
    pub region: String,
    /// Another server than the region's own.
    pub endpoint: Option<String>,
    /// Explicit credentials; `None` takes the machine's role.
    pub credentials: Option<S3Credentials>,
}

/// Credentials for a bucket.
#[derive(Debug, Clone)]
pub struct S3Credentials {
    /// Which key.
    pub access_key_id: String,
    /// The key's secret.
    pub secret_access_key: Secret<String>,
    /// Present with temporary credentials.
    pub session_token: Option<Secret<String>>,
}

enum Place {
    Directory(PathBuf),
    Bucket { bucket: String, prefix: String },
}

impl Files {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let place = reader.value(&URL, place);
        let region = reader.value(&REGION, value::text);
        let endpoint = reader.optional(&ENDPOINT, endpoint);
        let credentials = credentials(reader);
        match place? {
            Place::Directory(directory) => Some(Self::Directory(directory)),
            Place::Bucket { bucket, prefix } => {
                Some(Self::S3(S3 { bucket, prefix, region: region?, endpoint: endpoint?, credentials: credentials? }))
            }
        }
    }
}

/// The inner `None` means that no credentials are set.
fn credentials(reader: &mut Reader<'_>) -> Option<Option<S3Credentials>> {
    let id = reader.optional(&ACCESS_KEY_ID, value::text)?;
    let secret = reader.optional(&SECRET_ACCESS_KEY, value::text)?;
    let session_token = reader.optional(&SESSION_TOKEN, value::text)?.map(Secret::new);
    match (id, secret) {
        (Some(access_key_id), Some(secret)) => {
            Some(Some(S3Credentials { access_key_id, secret_access_key: Secret::new(secret), session_token }))
        }
        (None, None) => Some(None),
        (Some(_), None) => {
            let expected = format!("the secret that belongs to {}", ACCESS_KEY_ID.name);
            reader.fault(&SECRET_ACCESS_KEY, "is not set".to_owned(), expected);
            None
        }
        (None, Some(_)) => {
            let expected = format!("the key that belongs to {}", SECRET_ACCESS_KEY.name);
            reader.fault(&ACCESS_KEY_ID, "is not set".to_owned(), expected);
            None
        }
    }
}

fn place(text: &str) -> Result<Place, Wrong> {
    let expected = "`file://DIRECTORY` or `s3://BUCKET/PREFIX`";
    match text.split_once("://") {
        Some(("file" | "s3", "")) => Err(Wrong::new("names no place", expected)),
        Some(("file", directory)) => Ok(Place::Directory(PathBuf::from(directory))),
        Some(("s3", rest)) => {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            if bucket.is_empty() {
                return Err(Wrong::new("names no bucket", expected));
            }
            Ok(Place::Bucket { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
        }
        _ => Err(Wrong::new("is neither a file nor an s3 URL", expected)),
    }
}

fn endpoint(text: &str) -> Result<String, Wrong> {
    if text.starts_with("https://") || text.starts_with("http://") {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(Wrong::new("is not an http or https URL", "`https://` and a host"))
    }
}
