//! Who sees rows that say what a price was: their seller, and whoever was shown the prices of their group while they stood.

use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

use crate::scope::Scope;
use crate::viewing::shown_while;

/// The columns that decide who sees a row.
pub(super) struct Recorded<C> {
    pub(super) seller: C,
    pub(super) group: C,
    pub(super) recorded_at: C,
    pub(super) ended_at: C,
}

impl<C: ColumnTrait> Recorded<C> {
    pub(super) fn visible_to(self, scope: &Scope) -> Condition {
        let shown: SelectStatement = shown_while(scope, self.group, self.recorded_at, self.ended_at);
        Condition::any().add(self.seller.eq(scope.organization())).add(Expr::exists(shown))
    }
}
