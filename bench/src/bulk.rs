//! Many products at once, in and out of tables and in a version of a catalog: rows per second and the memory of this process at its
//! highest, on either engine.

use std::io::{BufWriter, Seek as _, Write as _};
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use tradehall::app::{App, RequestMeta, Session};
use tradehall::attachment::produce;
use tradehall::config::Config;
use tradehall::export::StartExport;
use tradehall::import::StartImport;
use tradehall_domain::access::{Actor, Principal, SystemRole, SystemTask};
use tradehall_domain::attachment::{AttachmentId, ContentHash, UploadDraft};
use tradehall_domain::export::{ExportDraft, ExportFilter, ExportFormat, ExportKind};
use tradehall_domain::id::Id;
use tradehall_domain::import::{ImportKind, ImportMode, ImportSettings};
use tradehall_domain::language::Language;
use tradehall_domain::organization::{
    Capability, Dossier, Entitlement, OrganizationDraft, OrganizationId, Verification,
};
use tradehall_persistence::{Meter, export, import, organization};
use tradehall_verify::cluster::{Durability, PrivateCluster};

use crate::arguments::Engine;
use crate::outcome::Outcome;
use crate::process::memory;
use crate::publication;

/// Imports `rows` products from a CSV file, the same file again, and the workbook that they are exported to; describes all of them anew in
/// a version that goes live; and prints what each took.
pub async fn measure(engine: Engine, rows: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let cluster = match engine {
        Engine::Postgres => Some(PrivateCluster::start(Durability::Full)?),
        Engine::Sqlite => None,
    };
    let url = match &cluster {
        Some(cluster) => cluster.url(),
        None => format!("sqlite://{}", folder.path().join("market.db").display()),
    };
    tradehall_persistence::migrate::migrate(&url).await?;
    let files = format!("file://{}", folder.path().join("files").display());
    let config = Config::parse(&|name| match name {
        "TRADEHALL_DATABASE_URL" => Some(url.clone()),
        "TRADEHALL_FILES_URL" => Some(files.clone()),
        _ => None,
    })?;
    let app = tradehall::service::connect(&config).await?;
    let (seller, owner) = seller(&app).await?;
    println!("| {engine:?}, {rows} products | rows/s | memory at its highest, MB |\n|---|--:|--:|");
    let table = upload(&seller, rows).await?;
    tell("imported from CSV", rows, import_once(&app, &seller, table).await?)?;
    tell("imported again, nothing changed", rows, import_once(&app, &seller, table).await?)?;
    let begun = Instant::now();
    let book = export_once(&app, &seller).await?;
    tell("exported as XLSX", rows, begun.elapsed().as_secs_f64())?;
    tell("imported from XLSX, nothing changed", rows, import_once(&app, &seller, book).await?)?;
    publication::measure(&seller, owner, rows).await?;
    Ok(app.store().clone().close().await?)
}

/// Prints a row of the table.
pub fn tell(what: &str, rows: u64, seconds: f64) -> Outcome<()> {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let (rate, megabytes) = (rows as f64 / seconds, memory(std::process::id())?.highest as f64 / 1e6);
    println!("| {what} | {rate:.0} | {megabytes:.0} |");
    Ok(())
}

/// The owner of an organization that sells, and that organization.
async fn seller(app: &App) -> Outcome<(Session, OrganizationId)> {
    let mut tx = app.store().write(Actor::system(SystemTask::Import), Meter::default()).await?;
    let draft = OrganizationDraft {
        name: "Bench".to_owned(),
        country: "VN".to_owned(),
        capabilities: vec![Capability::Seller],
        ..OrganizationDraft::default()
    };
    let (mut dossier, events) = Dossier::found(&draft, tx.now())?;
    dossier.organization.verification = Verification::Verified;
    organization::insert(&mut tx, &dossier, &events)?;
    tx.commit().await?;
    let actor = Actor {
        principal: Principal::User(Id::new()),
        organization: Some(dossier.organization.id),
        entitlement: Entitlement::NONE,
        permissions: SystemRole::Owner.permissions(),
        task: None,
    };
    Ok((Session::new(app.clone(), actor, RequestMeta::default(), None), dossier.organization.id))
}

/// The number of the product in a row.
pub fn number(row: u64) -> String {
    format!("BL-{row:07}")
}

/// A table of products, written line by line.
async fn upload(seller: &Session, rows: u64) -> Outcome<AttachmentId> {
    let mut writer = BufWriter::new(tempfile::tempfile()?);
    let (mut digest, mut size) = (Sha256::new(), 0_usize);
    let mut write = |line: String| {
        digest.update(line.as_bytes());
        size += line.len();
        writer.write_all(line.as_bytes())
    };
    write("number,name,unit,description,brand,attr:Ren,attr:Chiều dài [MMT]\n".to_owned())?;
    for n in 0..rows {
        let (thread, length) = (n % 20 + 3, n % 200 + 5);
        write(format!(
            "{},Bu lông lục giác M{thread}x{length},C62,\"Thép mạ kẽm, cấp bền 8.8\",Thép Việt,M{thread},{length}\n",
            number(n)
        ))?;
    }
    let mut file = writer.into_inner()?;
    file.rewind()?;
    let draft = UploadDraft {
        file_name: "products.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        size: i64::try_from(size)?,
    };
    Ok(produce(&seller.renewed(), draft, file, ContentHash::new(digest.finalize().into())).await?.id)
}

async fn import_once(app: &App, seller: &Session, attachment: AttachmentId) -> Outcome<f64> {
    let start = StartImport {
        kind: ImportKind::Products,
        attachment,
        mode: ImportMode::KeepGoodRows,
        is_trial: false,
        settings: ImportSettings::default(),
        mapping: None,
        key: None,
    };
    let run = seller.execute(start).await?;
    let begun = Instant::now();
    while tradehall::import::carry_on(app).await? {}
    let seconds = begun.elapsed().as_secs_f64();
    let run = import::load(&*seller.renewed().reading().await?, run.id).await?;
    println!("<!-- {} {:?} -->", run.status, run.counts());
    Ok(seconds)
}

async fn export_once(app: &App, seller: &Session) -> Outcome<AttachmentId> {
    let draft = ExportDraft {
        kind: ExportKind::Products,
        format: ExportFormat::Xlsx,
        filter: ExportFilter::default(),
        language: Language::English,
    };
    let run = seller.execute(StartExport { draft, key: None }).await?;
    while tradehall::export::carry_on(app).await? {}
    let run = export::load(&*seller.renewed().reading().await?, run.id).await?;
    Ok(run.attachment.ok_or("there is no file")?)
}
