//! What can be done to imports and mappings.

use tradehall_domain::access::Permission;
use tradehall_domain::attachment::{AttachmentId, MediaType, Visibility};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::import::{
    ColumnMapping, IMPORTS_OPEN_MAX, Import, ImportDraft, ImportId, ImportKind, ImportMapping, ImportMappingId,
    ImportMode, ImportSettings, check_columns,
};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::import::mapping;
use tradehall_persistence::{Tx, attachment, import};
use uuid::Uuid;

use super::kind::{self, KindOf};
use super::table::canonical;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, organization_of};
use crate::attachment::attach;

/// Asks for the import of an uploaded file.
#[derive(Debug)]
pub struct StartImport {
    /// What it is to read.
    pub kind: ImportKind,
    /// The file.
    pub attachment: AttachmentId,
    /// What becomes of good rows beside bad ones.
    pub mode: ImportMode,
    /// Whether only to report what would happen.
    pub is_trial: bool,
    /// How the file is to be read.
    pub settings: ImportSettings,
    /// The kept mapping to go by, instead of one in the settings.
    pub mapping: Option<ImportMappingId>,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for StartImport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Import;

    async fn run(self, tx: &mut Tx) -> Result<Import, Error> {
        let organization = organization_of(tx)?;
        let kind = known(self.kind)?;
        if !tx.actor().may(self.kind.writes()) {
            return Err(Error::Forbidden(self.kind.writes()));
        }
        if let Some(capability) = kind.capability {
            acting_as(tx, capability)?;
        }
        let mut settings = self.settings;
        if let Some(id) = self.mapping {
            let kept = mapping::load(tx, id).await.map_err(|error| Error::from(error).at("mappingId"))?;
            if kept.kind != self.kind {
                return Err(Problem::new(Code::NotFound).at("mappingId").into());
            }
            settings.mapping = kept.columns;
        }
        check_mapping(&settings.mapping, kind).map_err(|problems| problems.at("mapping"))?;
        // Locked before the run that names it is written: two runs of one file would each hold what the other waits for.
        let file = attachment::lock_owned(tx, organization, &[self.attachment]).await;
        let file = file.map_err(|error| Error::from(error).at("attachmentId"))?.pop().ok_or(Error::NotFound)?;
        check_type(file.media_type).map_err(|problem| problem.at("attachmentId"))?;
        if import::open_of(tx, organization).await? >= IMPORTS_OPEN_MAX {
            return Err(Problem::new(Code::TooManyImports).with("max", IMPORTS_OPEN_MAX).into());
        }
        let draft = ImportDraft {
            kind: self.kind,
            mode: self.mode,
            is_trial: self.is_trial,
            attachment: file.id,
            file_name: file.file_name.to_string(),
            settings,
        };
        let (run, event) = Import::queue(draft, organization, tx.actor().principal, tx.now());
        import::insert(tx, &run, &event)?;
        // Attached, so that it is there for as long as the run tells of it.
        let subject = Subject { kind: SubjectKind::Import, id: run.id.uuid() };
        attach(tx, subject, &[file.id], &Visibility::Owner).await?;
        Ok(run)
    }
}

impl Repeatable for StartImport {
    const NAME: &'static str = "startImport";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(run: &Import) -> Vec<Uuid> {
        vec![run.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Import, Error> {
        let id = made.first().ok_or_else(|| Error::Internal("a receipt names nothing".to_owned()))?;
        Ok(import::load(tx, Id::from_uuid(*id)).await?)
    }
}

/// What is known of a kind that organizations can import.
///
/// # Errors
/// [`Code::Invalid`] for the others.
pub fn known(kind: ImportKind) -> Result<&'static KindOf, Problem> {
    kind::of(kind).ok_or_else(|| Problem::new(Code::Invalid).at("kind"))
}

/// Whether files of that type are tables.
///
/// # Errors
/// [`Code::MediaTypeRefused`].
pub fn check_type(media_type: MediaType) -> Result<(), Problem> {
    match media_type {
        MediaType::Csv | MediaType::Text | MediaType::Xlsx => Ok(()),
        _ => {
            let tables = [MediaType::Csv, MediaType::Text, MediaType::Xlsx].map(|kind| kind.as_str());
            Err(Problem::new(Code::MediaTypeRefused).with("allowed", tables.join(", ")))
        }
    }
}

/// Whether a mapping names fields that there are, each once.
fn check_mapping(columns: &[ColumnMapping], kind: &KindOf) -> Result<(), Problems> {
    check_columns(columns)?;
    let mut problems = Problems::new();
    for (n, one) in columns.iter().enumerate() {
        let Some(field) = &one.field else { continue };
        if canonical(field, kind.columns).is_none() {
            let fields = kind.columns.required.iter().chain(kind.columns.optional.unwrap_or_default());
            let known = fields.copied().collect::<Vec<_>>().join(", ");
            problems.push(Problem::new(Code::FieldUnknown).with("field", field).with("known", known).at("field").at(n));
        }
    }
    problems.check()
}

/// Calls an import off.
#[derive(Debug)]
pub struct CancelImport {
    /// Which one.
    pub import: ImportId,
}

impl Command for CancelImport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Import;

    async fn run(self, tx: &mut Tx) -> Result<Import, Error> {
        let mut run = import::lock(tx, self.import).await?;
        let event = run.cancel(tx.now())?;
        import::save(tx, &mut run, &event)?;
        Ok(run)
    }
}

/// Keeps a mapping under a name, in the place of the one that had it.
#[derive(Debug)]
pub struct SaveImportMapping {
    /// What the files hold.
    pub kind: ImportKind,
    /// What it is called.
    pub name: String,
    /// The columns.
    pub columns: Vec<ColumnMapping>,
}

impl Command for SaveImportMapping {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ImportMapping;

    async fn run(self, tx: &mut Tx) -> Result<ImportMapping, Error> {
        let organization = organization_of(tx)?;
        let kind = known(self.kind)?;
        check_mapping(&self.columns, kind).map_err(|problems| problems.at("columns"))?;
        let (made, event) = ImportMapping::keep(organization, self.kind, &self.name, self.columns, tx.now())?;
        match mapping::lock_named(tx, organization, self.kind, &made.name).await? {
            None => {
                mapping::insert(tx, &made, &event)?;
                Ok(made)
            }
            Some(mut kept) => {
                let event = kept.replace(made);
                mapping::save(tx, &mut kept, &event)?;
                Ok(kept)
            }
        }
    }
}

/// Keeps a mapping no longer.
#[derive(Debug)]
pub struct DeleteImportMapping {
    /// Which one.
    pub mapping: ImportMappingId,
}

impl Command for DeleteImportMapping {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ImportMappingId;

    async fn run(self, tx: &mut Tx) -> Result<ImportMappingId, Error> {
        let kept = mapping::load(tx, self.mapping).await?;
        mapping::delete(tx, &kept).await?;
        Ok(kept.id)
    }
}
