//! Where the bytes of files are kept: a folder or a bucket, under the SHA-256 of what they are.

use std::ops::Range;
use std::path::{Path as Folder, PathBuf};
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use tokio::io::AsyncWriteExt;
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};
use tradehall_domain::attachment::ContentHash;
use tradehall_persistence::Store;

use super::FileSettings;
use super::link::{self, Signer};
use crate::app::Error;
use crate::config;

/// How much of a file is gathered before it goes to the store: the least that S3 takes as one part of several.
const PART: usize = 5 * 1024 * 1024;

/// How often a request to a bucket is tried again, and for how long altogether: a client is waiting.
#[cfg(feature = "s3")]
const RETRIES: usize = 3;
#[cfg(feature = "s3")]
const RETRY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// The files of one market. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Parts>);

struct Parts {
    store: Arc<dyn ObjectStore>,
    /// Where files wait until they are whole; the system's folder for temporary files where the store is none.
    spool: PathBuf,
    settings: FileSettings,
    signer: OnceCell<Signer>,
    receiving: Arc<Semaphore>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files")
            .field("store", &self.0.store)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

impl Files {
    /// The store at `url`: `file://DIRECTORY`, which is made if there is none, or `memory:`, which goes with the process.
    ///
    /// # Errors
    /// Why it cannot be used, in a sentence.
    pub fn open(url: &str, settings: FileSettings) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("memory", _)) => Ok(Self::over(Arc::new(InMemory::new()), std::env::temp_dir(), settings)),
            Some(("file", rest)) => Self::folder(Folder::new(rest.strip_prefix("//").unwrap_or(rest)), settings),
            _ => Err(format!("{url:?} is neither file://DIRECTORY nor memory:")),
        }
    }

    /// The store that the configuration names.
    ///
    /// # Errors
    /// Why it cannot be used, in a sentence.
    pub fn configured(place: &config::Files, settings: FileSettings) -> Result<Self, String> {
        match place {
            config::Files::Directory(folder) => Self::folder(folder, settings),
            config::Files::S3(bucket) => Self::bucket(bucket, settings),
        }
    }

    fn folder(folder: &Folder, settings: FileSettings) -> Result<Self, String> {
        let fault = |error: &dyn std::fmt::Display| format!("files cannot be kept in {}: {error}", folder.display());
        std::fs::create_dir_all(folder).map_err(|error| fault(&error))?;
        // What was acknowledged must survive a power failure.
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| fault(&error))?.with_fsync(true);
        Ok(Self::over(Arc::new(store), folder.to_owned(), settings))
    }

    #[cfg(feature = "s3")]
    fn bucket(bucket: &config::S3, settings: FileSettings) -> Result<Self, String> {
        use object_store::RetryConfig;
        use object_store::aws::AmazonS3Builder;
        use object_store::prefix::PrefixStore;

        // The first provider of the process stays; whoever was quicker chose the same one.
        crate::tls::provide();
        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_TIMEOUT, ..RetryConfig::default() };
        let mut builder =
            AmazonS3Builder::new().with_bucket_name(&bucket.bucket).with_region(&bucket.region).with_retry(retry);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(credentials) = &bucket.credentials {
            builder = builder
                .with_access_key_id(&credentials.access_key_id)
                .with_secret_access_key(credentials.secret_access_key.expose());
            if let Some(token) = &credentials.session_token {
                builder = builder.with_token(token.expose());
            }
        }
        let store = builder.build().map_err(|error| format!("files cannot be kept in the bucket: {error}"))?;
        let store = PrefixStore::new(store, bucket.prefix.as_str());
        Ok(Self::over(Arc::new(store), std::env::temp_dir(), settings))
    }

    #[cfg(not(feature = "s3"))]
    fn bucket(_: &config::S3, _: FileSettings) -> Result<Self, String> {
        Err("this build keeps files in folders only; build it with the feature `s3` for buckets".to_owned())
    }

    fn over(store: Arc<dyn ObjectStore>, spool: PathBuf, settings: FileSettings) -> Self {
        let receiving = Arc::new(Semaphore::new(settings.receiving_max));
        Self(Arc::new(Parts { store, spool, settings, signer: OnceCell::new(), receiving }))
    }

    /// The limits.
    #[must_use]
    pub fn settings(&self) -> &FileSettings {
        &self.0.settings
    }

    /// What signs links; its key is read once, or made by whoever comes first.
    pub(super) async fn signer(&self, store: &Store) -> Result<&Signer, Error> {
        self.0.signer.get_or_try_init(|| link::signer(store)).await
    }

    /// The right to receive one more file just now, if there is room.
    pub(super) fn receive(&self) -> Option<OwnedSemaphorePermit> {
        self.0.receiving.clone().try_acquire_owned().ok()
    }

    /// A file without a name: whatever becomes of the process, nothing of it stays.
    ///
    /// # Errors
    /// What the file system says.
    pub async fn spool(&self) -> std::io::Result<tokio::fs::File> {
        let folder = self.0.spool.clone();
        let file = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder)).await??;
        Ok(tokio::fs::File::from_std(file))
    }

    /// Whether the store has these bytes.
    pub(super) async fn has(&self, hash: ContentHash) -> Result<bool, Error> {
        match self.0.store.head(&path(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(fault("look for", hash, &error)),
        }
    }

    /// Stores `file`, read from where it stands. It appears whole or not at all.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn put(&self, hash: ContentHash, file: &mut tokio::fs::File) -> Result<(), Error> {
        let mut writer = BufWriter::with_capacity(self.0.store.clone(), path(hash), PART).with_max_concurrency(1);
        let written = async {
            tokio::io::copy(file, &mut writer).await?;
            writer.shutdown().await
        };
        if let Err(error) = written.await {
            if let Err(leftover) = writer.abort().await {
                tracing::warn!(%hash, error = %leftover, "a part of a file may be left in the store");
            }
            return Err(fault("store", hash, &error));
        }
        Ok(())
    }

    /// The bytes in `range` as they are read; nothing when the store does not have them.
    pub(super) async fn get(
        &self,
        hash: ContentHash,
        range: Range<u64>,
    ) -> Result<Option<BoxStream<'static, Result<Bytes, object_store::Error>>>, Error> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        match self.0.store.get_opts(&path(hash), options).await {
            Ok(found) => Ok(Some(found.into_stream().boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(fault("read", hash, &error)),
        }
    }

    /// Drops these bytes; it is no fault when they are not there.
    pub(super) async fn delete(&self, hash: ContentHash) -> Result<(), Error> {
        match self.0.store.delete(&path(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(fault("drop", hash, &error)),
        }
    }
}

fn path(hash: ContentHash) -> Path {
    Path::from(hash.path())
}

fn fault(verb: &str, hash: ContentHash, error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("cannot {verb} the file {hash}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{ContentHash, FileSettings, Files};

    #[test]
    fn a_place_that_is_none_is_refused() {
        for url in ["", "nowhere", "https://example.com/", "file://\0", "file:///proc/1/none"] {
            assert!(Files::open(url, FileSettings::default()).is_err(), "{url}");
        }
    }

    #[cfg(feature = "s3")]
    #[tokio::test]
    async fn a_bucket_that_does_not_answer_is_a_fault_and_no_panic() {
        let environment = |name: &str| match name {
            "TRADEHALL_FILES_URL" => Some("s3://bucket/prefix".to_owned()),
            // The discard port, where nothing listens.
            "AWS_ENDPOINT_URL" => Some("http://127.0.0.1:9".to_owned()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("key".to_owned()),
            _ => None,
        };
        let config = crate::config::Config::parse(&environment).unwrap();
        let files = Files::configured(&config.files, FileSettings::default()).unwrap();
        assert!(files.has(ContentHash::new([1; 32])).await.is_err());
    }
}
