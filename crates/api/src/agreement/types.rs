//! Agreements as clients see them.

mod agreement;
mod content;
mod line;
mod version;

pub use agreement::AgreementNode;
pub use line::AgreementLineNode;
