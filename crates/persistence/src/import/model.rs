//! Runs and refused rows between their domain values and their rows.

use serde::{Deserialize, Serialize};
use tradehall_domain::id::Id;
use tradehall_domain::import::{ColumnMapping, Import, ImportSettings, NewProducts, Refusal, Separator, TextEncoding};
use tradehall_domain::named::Named;
use uuid::Uuid;

use super::entity::{import_row, import_run};
use crate::attachment::{columns, principal};
use crate::column::{Col, Name};
use crate::{StoreError, kept};

/// Settings as they are kept; what is not there is as if it had not been said.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    sheet: Option<String>,
    separator: Option<String>,
    encoding: Option<String>,
    mapping: Vec<ColumnMapping>,
    product_owner: Option<Uuid>,
    new_products: Option<String>,
}

fn named<T: Named>(name: Option<String>) -> Result<Option<T>, StoreError> {
    let read = |name: String| {
        T::from_name(&name).ok_or_else(|| StoreError::Corrupt(format!("{name:?} is no name of {}", T::SET)))
    };
    name.map(read).transpose()
}

impl Settings {
    fn of(settings: &ImportSettings) -> Self {
        Self {
            sheet: settings.sheet.clone(),
            separator: settings.separator.map(|separator| separator.name().to_owned()),
            encoding: settings.encoding.map(|encoding| encoding.name().to_owned()),
            mapping: settings.mapping.clone(),
            product_owner: settings.product_owner.map(Id::uuid),
            new_products: Some(settings.new_products.name().to_owned()),
        }
    }

    fn restore(self) -> Result<ImportSettings, StoreError> {
        Ok(ImportSettings {
            sheet: self.sheet,
            separator: named::<Separator>(self.separator)?,
            encoding: named::<TextEncoding>(self.encoding)?,
            mapping: self.mapping,
            product_owner: self.product_owner.map(Id::from_uuid),
            new_products: named(self.new_products)?.unwrap_or(NewProducts::Draft),
        })
    }
}

impl TryFrom<&Import> for import_run::Model {
    type Error = StoreError;

    fn try_from(import: &Import) -> Result<Self, StoreError> {
        let (user_id, api_key_id) = columns(import.requested_by);
        Ok(Self {
            id: Col(import.id),
            organization_id: import.organization.map(Col),
            kind: Name(import.kind),
            mode: Name(import.mode),
            status: Name(import.status),
            files: kept::json(&import.files)?,
            started_at: Col(import.started_at),
            finished_at: import.finished_at.map(Col),
            is_trial: import.is_trial,
            phase: Name(import.phase),
            attachment_id: import.attachment.map(Col),
            settings: kept::json(&Settings::of(&import.settings))?,
            user_id,
            api_key_id,
            position: import.position,
            row_count: import.rows,
            problems: kept::store(&import.problems)?,
            due_at: import.due_at.map(Col),
            version: import.version,
        })
    }
}

impl TryFrom<import_run::Model> for Import {
    type Error = StoreError;

    fn try_from(model: import_run::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.map(|id| id.0),
            kind: model.kind.0,
            mode: model.mode.0,
            is_trial: model.is_trial,
            status: model.status.0,
            phase: model.phase.0,
            attachment: model.attachment_id.map(|id| id.0),
            settings: kept::read::<Settings>(&model.settings)?.restore()?,
            requested_by: principal(model.user_id, model.api_key_id),
            files: kept::read(&model.files)?,
            position: model.position,
            rows: model.row_count,
            problems: kept::restore(&model.problems)?,
            started_at: model.started_at.0,
            finished_at: model.finished_at.map(|at| at.0),
            due_at: model.due_at.map(|at| at.0),
            version: model.version,
        })
    }
}

impl TryFrom<import_row::Model> for Refusal {
    type Error = StoreError;

    fn try_from(model: import_row::Model) -> Result<Self, StoreError> {
        let problems = kept::restore(&model.problems)?;
        let cells = kept::read(&model.cells)?;
        Ok(Self { id: model.id.0, file: model.file, line: model.line, problems, cells })
    }
}
