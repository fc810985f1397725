//! Importing over GraphQL.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::import::ImportMode;
use tradehall_domain::organization::Organization;

use super::commands::ImportOffers;
use super::types::ImportNode;
use crate::app::IdempotencyKey;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `importOffers` answers. Refused rows are in the import; `userErrors` are about the file as a whole.
    ImportOffersPayload {
        /// The run, with its counts and the reasons for refused rows.
        import: ImportNode,
    }
}

/// A file of offers to import.
#[derive(Debug, InputObject)]
pub struct ImportOffersInput {
    /// The file as text, at most 512 KiB and 10 000 rows, separated by comma, semicolon or tab; the first row names the columns:
    /// price, currency, lead_time_days, product_number or product_id, and optionally unit, min_quantity, max_quantity, multiple,
    /// valid_from, valid_until, access. A row stands for the offer of its product in its currency and unit; a column that is
    /// missing leaves what it would say as it was.
    pub csv: String,
    /// Whose product numbers the file uses; the organization's own when left out.
    pub product_owner_id: Option<GlobalId<Organization>>,
    /// What becomes of good rows beside refused ones.
    pub mode: Closed<ImportMode>,
    /// Whether only to report what would happen, and keep nothing.
    #[graphql(default)]
    pub dry_run: bool,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// The root fields that import.
#[derive(Debug, Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Makes and revises the viewer's organization's offers from a CSV file; the same file again changes nothing. Needs
    /// CATALOG_MANAGE.
    async fn import_offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what to do with it.")] input: ImportOffersInput,
    ) -> Result<ImportOffersPayload> {
        let session = session(ctx)?;
        let import = async {
            let command = ImportOffers {
                key: IdempotencyKey::of_input(input.idempotency_key.as_deref())?,
                csv: input.csv,
                product_owner: input.product_owner_id.map(|id| id.0),
                mode: input.mode.0,
                trial: input.dry_run,
            };
            session.execute_once(command).await
        };
        session.answer(import.await, |run| (ImportNode(run),))
    }
}
