//! The environment is read whole, its faults are all told, and its secrets are not.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use super::{Config, DatabaseUrl, Faults, Files, LogFormat, MailTransport, Secret, TABLE, reader::Reader, reference};

fn parse(set: &[(&str, &str)]) -> Result<Config, Faults> {
    Config::parse(&|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

fn faults(set: &[(&str, &str)]) -> Vec<super::Fault> {
    parse(set).expect_err("these values are wrong").0
}

#[test]
fn an_empty_environment_is_good_for_local_use() {
    let config = parse(&[]).unwrap();
    assert!(matches!(&config.database.url, DatabaseUrl::Sqlite(path) if path == Path::new("data/tradehall.db")));
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.http.upload_limit_bytes, 25 * 1024 * 1024);
    assert_eq!(config.access.access_token_lifetime, Duration::from_secs(15 * 60));
    assert_eq!(config.access.refresh_token_lifetime, Duration::from_secs(30 * 24 * 3600));
    assert_eq!(config.access.password_hash.memory_kib, 19 * 1024);
    assert!(matches!(&config.mail.transport, MailTransport::Directory(path) if path == Path::new("data/mail")));
    assert!(matches!(&config.files, Files::Directory(path) if path == Path::new("data/files")));
    assert!(config.worker);
    assert_eq!(config.telemetry.log_format, LogFormat::Human);
    assert!(config.telemetry.traces.is_none());
}

#[test]
fn an_empty_value_counts_as_absent() {
    let config = parse(&[("TRADEHALL_LISTEN", " "), ("TRADEHALL_SMTP_URL", "")]).unwrap();
    assert_eq!(config.http.listen.port(), 8080);
    assert!(matches!(config.mail.transport, MailTransport::Directory(_)));
}

#[test]
fn a_production_environment_is_understood() {
    let config = parse(&[
        ("TRADEHALL_DATABASE_URL", "postgres://market:pw@db:5432/tradehall?sslmode=require"),
        ("TRADEHALL_LISTEN", "[::]:80"),
        ("TRADEHALL_PUBLIC_URL", "https://market.example/api/"),
        ("TRADEHALL_CORS_ORIGINS", "https://shop.example, https://Admin.example:8443"),
        ("TRADEHALL_RATE_PER_SECOND", "off"),
        ("TRADEHALL_SMTP_URL", "smtps://user:pw@mail.example"),
        ("TRADEHALL_MAIL_FROM", "Chợ thép <cho@market.example>"),
        ("TRADEHALL_FILES_URL", "s3://trade-files/prod/"),
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("AWS_SECRET_ACCESS_KEY", "pw"),
        ("TRADEHALL_LOG_FORMAT", "json"),
        ("TRADEHALL_LOG", "warn,tradehall=debug"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/"),
    ])
    .unwrap();
    assert_eq!(config.database.url.expose(), "postgres://market:pw@db:5432/tradehall?sslmode=require");
    assert_eq!(config.http.public_url, "https://market.example/api");
    assert_eq!(config.http.cors_origins, ["https://shop.example", "https://admin.example:8443"]);
    assert!(config.access.rate.is_none());
    let Files::S3(s3) = config.files else { panic!("an s3 URL means S3") };
    assert_eq!((s3.bucket.as_str(), s3.prefix.as_str(), s3.region.as_str()), ("trade-files", "prod", "us-east-1"));
    assert_eq!(config.telemetry.traces.unwrap().endpoint, "http://collector:4318");
}

#[test]
fn all_faults_are_told_at_once_with_what_would_be_right() {
    let directory = tempfile_that_is_no_directory();
    let set = [
        ("TRADEHALL_DATABASE_URL", "mysql://root@db/x"),
        ("TRADEHALL_DATABASE_READ_CONNECTIONS", "0"),
        ("TRADEHALL_DATABASE_ACQUIRE_TIMEOUT", "2"),
        ("TRADEHALL_LISTEN", "localhost"),
        ("TRADEHALL_PUBLIC_URL", "market.example"),
        ("TRADEHALL_BODY_LIMIT", "2 furlongs"),
        ("TRADEHALL_UPLOAD_LIMIT", "99999999999999999999GiB"),
        ("TRADEHALL_UPLOAD_MEDIA_TYPES", "application/pdf,exe"),
        ("TRADEHALL_CORS_ORIGINS", "https://shop.example/path"),
        ("TRADEHALL_GRAPHIQL", "maybe"),
        ("TRADEHALL_BATCH_MAX", "-1"),
        ("TRADEHALL_TRUSTED_DOCUMENTS", directory.as_str()),
        ("TRADEHALL_ACCESS_TOKEN_LIFETIME", "20m"),
        ("TRADEHALL_REFRESH_TOKEN_LIFETIME", "10m"),
        ("TRADEHALL_ARGON2_MEMORY", "1KiB"),
        ("TRADEHALL_RATE_PER_SECOND", "lots"),
        ("TRADEHALL_MAIL_FROM", "nobody"),
        ("TRADEHALL_SMTP_URL", "http://mail.example"),
        ("TRADEHALL_FILES_URL", "ftp://files"),
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("TRADEHALL_WORKER", "perhaps"),
        ("TRADEHALL_LOG_FORMAT", "xml"),
        ("TRADEHALL_LOG", "tradehall=loud"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
    ];
    let found = faults(&set);

    let mut expected: BTreeSet<&str> = set.iter().map(|(name, _)| *name).collect();
    // These two are right by themselves; the fault belongs to the variable that has to change or is missing.
    expected.remove("TRADEHALL_ACCESS_TOKEN_LIFETIME");
    expected.remove("AWS_ACCESS_KEY_ID");
    expected.insert("AWS_SECRET_ACCESS_KEY");
    assert_eq!(found.iter().map(|fault| fault.name).collect::<BTreeSet<_>>(), expected);
    assert_eq!(found.len(), expected.len(), "each variable is blamed once");
    assert!(found.iter().all(|fault| !fault.problem.is_empty() && !fault.expected.is_empty()));

    let message = Faults(found).to_string();
    assert!(message.contains("TRADEHALL_GRAPHIQL: `maybe` is neither on nor off; expected `on` or `off`"), "{message}");
    assert!(
        message
            .contains("TRADEHALL_DATABASE_ACQUIRE_TIMEOUT: `2` has no unit of time; expected a time from 10ms to 5m"),
        "{message}"
    );
}

fn tempfile_that_is_no_directory() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").to_owned()
}

#[test]
fn smtp_needs_a_sender() {
    let found = faults(&[("TRADEHALL_SMTP_URL", "smtp://mail.example")]);
    assert_eq!(found.iter().map(|fault| fault.name).collect::<Vec<_>>(), ["TRADEHALL_MAIL_FROM"]);
}

const PASSWORD: &str = "hunter2-hunter2";

#[test]
fn secrets_are_not_printed() {
    let database = format!("postgres://market:{PASSWORD}@db/tradehall");
    let smtp = format!("smtp://user:{PASSWORD}@mail.example");
    let config = parse(&[
        ("TRADEHALL_DATABASE_URL", &database),
        ("TRADEHALL_SMTP_URL", &smtp),
        ("TRADEHALL_MAIL_FROM", "a@market.example"),
        ("TRADEHALL_FILES_URL", "s3://bucket"),
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("AWS_SECRET_ACCESS_KEY", PASSWORD),
        ("AWS_SESSION_TOKEN", PASSWORD),
    ])
    .unwrap();
    let printed = format!("{config:?} {config:#?}");
    assert!(printed.contains("***") && !printed.contains(PASSWORD), "{printed}");
    assert_eq!(format!("{} {:?}", Secret::new(PASSWORD), Secret::new(PASSWORD)), "*** ***");
    assert_eq!(config.database.url.expose(), database);
}

#[test]
fn a_wrong_secret_is_not_repeated_in_its_fault() {
    let database = format!("postgres://market:{PASSWORD}@db");
    let found = faults(&[
        ("TRADEHALL_DATABASE_URL", &database),
        ("TRADEHALL_SMTP_URL", PASSWORD),
        ("TRADEHALL_MAIL_FROM", "a@market.example"),
    ]);
    assert_eq!(found.len(), 2);
    assert!(!format!("{found:?} {}", Faults(found.clone())).contains(PASSWORD));
}

#[test]
fn a_long_wrong_value_is_abridged() {
    let found = faults(&[("TRADEHALL_LISTEN", &"x".repeat(100_000))]);
    assert!(found[0].problem.len() < 300);
}

#[test]
fn the_table_is_exactly_what_is_read() {
    let nothing = |_: &str| None;
    let mut reader = Reader::new(&nothing);
    Config::read(&mut reader).expect("the defaults are right");
    let table: Vec<&str> = TABLE.iter().flat_map(|group| group.variables).map(|variable| variable.name).collect();
    let mut read = reader.seen().to_vec();
    read.sort_unstable();
    let mut listed = table.clone();
    listed.sort_unstable();
    assert_eq!(read, listed, "a variable is read but not in the table, listed but not read, or there twice");
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
    for variable in TABLE.iter().flat_map(|group| group.variables) {
        assert!(
            variable.meaning.ends_with('.') && !variable.meaning.contains('\n'),
            "{} in one sentence",
            variable.name
        );
        assert!(!variable.meaning.contains('|'), "{} would break the Markdown table", variable.name);
    }
}

#[test]
fn misspelled_names_are_found() {
    let names = ["TRADEHALL_LISTN", "TRADEHALL_LISTEN", "PATH", "TRADEHALL_TEST_POSTGRES_URL"].map(str::to_owned);
    assert_eq!(super::unknown_names(names), ["TRADEHALL_LISTN"]);
}

#[test]
fn the_help_names_every_variable() {
    let (help, markdown) = (reference::help(TABLE), reference::markdown(TABLE));
    for variable in TABLE.iter().flat_map(|group| group.variables) {
        assert!(help.contains(variable.name) && help.contains(variable.meaning));
        assert!(markdown.contains(&format!("| `{}` |", variable.name)));
    }
}

/// `UPDATE_GENERATED=1` writes the file instead of comparing it.
#[test]
fn the_example_file_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.env.example");
    let generated = reference::env_example(TABLE);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(path, &generated).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == generated, "`.env.example` differs from the table; run the test with UPDATE_GENERATED=1");
}

/// A person copies the example, removes the comment signs and gets the very defaults.
#[test]
fn the_example_file_is_parsable() {
    let example = reference::env_example(TABLE);
    let set: Vec<(&str, &str)> = example
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
        .map(|(name, value)| (name, value.trim_matches('\'')))
        .collect();
    assert_eq!(set.len(), TABLE.iter().map(|group| group.variables.len()).sum::<usize>());
    assert_eq!(format!("{:?}", parse(&set).unwrap()), format!("{:?}", parse(&[]).unwrap()));
}
