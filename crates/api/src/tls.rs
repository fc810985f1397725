//! The cryptography behind outgoing TLS: named once per process, for every client that is built after.

/// Makes *ring* what outgoing TLS connections are encrypted with. Doing it again changes nothing.
pub fn provide() {
    #[cfg(feature = "s3")]
    drop(rustls::crypto::ring::default_provider().install_default());
}
