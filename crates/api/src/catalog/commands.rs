//! What can be done to categories, products and offers.

mod category;
mod document;
mod offer;
mod packaging;
mod part_number;
mod product;
mod product_type;
mod relation;

pub(crate) use category::resettle;
pub use category::{CreateCategory, ReviseCategory};
pub use document::{DocumentProduct, WakeDocument};
pub use offer::{CreateOffer, OfferStep, ReviseOffer, StepOffer};
pub use packaging::PackProduct;
pub use part_number::{DropPartNumbers, RecordPartNumbers};
pub use product::{CreateProduct, ProductStep, ReviseProduct, StepProduct};
pub use product_type::{DefineProductType, ReviseProductType};
pub use relation::RelateProduct;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::Code;
use uuid::Uuid;

use crate::app::Error;

/// Refuses whoever does not own what they want to change.
fn check_owner(owner: OrganizationId, own: OrganizationId) -> Result<(), Error> {
    if owner == own { Ok(()) } else { Err(Code::WrongSide.into()) }
}

/// The one thing that a receipt names.
fn made_one(made: &[Uuid]) -> Result<Uuid, Error> {
    made.first().copied().ok_or_else(|| Error::Internal("a receipt names nothing".to_owned()))
}
