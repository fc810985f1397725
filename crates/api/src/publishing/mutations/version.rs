//! The life of a catalog version.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::publishing::CatalogVersion;

use crate::app::{Error, IdempotencyKey};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::DateTime;
use crate::publishing::commands::{
    CreateCatalogVersion, PublishCatalogVersion, ScheduleCatalogVersion, StepCatalogVersion, VersionStep,
};
use crate::publishing::types::CatalogVersionNode;

payload! {
    /// What every step of a catalog version answers.
    CatalogVersionPayload {
        /// The version as it is now.
        catalog_version: CatalogVersionNode,
    }
}

/// A catalog version to begin.
#[derive(Debug, InputObject)]
pub struct CreateCatalogVersionInput {
    /// What people are to call it, 1 to 200 characters.
    pub name: String,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// Which catalog version a step is about.
#[derive(Debug, InputObject)]
pub struct CatalogVersionInput {
    /// Which version.
    pub catalog_version_id: GlobalId<CatalogVersion>,
}

/// When a catalog version is to go live.
#[derive(Debug, InputObject)]
pub struct ScheduleCatalogVersionInput {
    /// Which version.
    pub catalog_version_id: GlobalId<CatalogVersion>,
    /// When, at most 730 days ahead; kept to the second.
    pub publish_at: DateTime,
}

/// The root fields that lead a catalog version through its life.
#[derive(Debug, Default)]
pub struct CatalogVersionMutation;

#[Object]
impl CatalogVersionMutation {
    /// Begins a version of the viewer's organization's catalog; up to 100 can be open at once. Needs CATALOG_MANAGE.
    async fn create_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be called.")] input: CreateCatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        let session = session(ctx)?;
        let create = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            session.execute_once(CreateCatalogVersion { name: input.name, key }).await
        };
        answer(ctx, create.await)
    }

    /// Hands a draft over for review; from then on its changes stand. Needs CATALOG_MANAGE in its owner.
    async fn submit_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: CatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        step(ctx, input, VersionStep::Submit).await
    }

    /// Gives a version that is in review or scheduled back to be written on. Needs CATALOG_MANAGE in its owner.
    async fn return_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: CatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        step(ctx, input, VersionStep::Return).await
    }

    /// Lets a version go live by itself. If it conflicts with the catalog by then, it is put back into review. Needs CATALOG_MANAGE in
    /// its owner.
    async fn schedule_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, and when.")] input: ScheduleCatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        let command = ScheduleCatalogVersion { version: input.catalog_version_id.0, publish_at: input.publish_at.0 };
        answer(ctx, session(ctx)?.execute(command).await)
    }

    /// Does all changes of a version to the catalog in one moment, or none: VERSION_CONFLICTS while one of them conflicts. The version
    /// that was live is superseded. Needs CATALOG_MANAGE in its owner.
    async fn publish_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: CatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        let command = PublishCatalogVersion { version: input.catalog_version_id.0 };
        answer(ctx, session(ctx)?.execute(command).await)
    }

    /// Gives up a version that is not published. Needs CATALOG_MANAGE in its owner.
    async fn cancel_catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: CatalogVersionInput,
    ) -> Result<CatalogVersionPayload> {
        step(ctx, input, VersionStep::Cancel).await
    }
}

async fn step(ctx: &Context<'_>, input: CatalogVersionInput, step: VersionStep) -> Result<CatalogVersionPayload> {
    let command = StepCatalogVersion { version: input.catalog_version_id.0, step };
    answer(ctx, session(ctx)?.execute(command).await)
}

fn answer(ctx: &Context<'_>, outcome: std::result::Result<CatalogVersion, Error>) -> Result<CatalogVersionPayload> {
    session(ctx)?.answer(outcome, |version| (CatalogVersionNode(version),))
}
