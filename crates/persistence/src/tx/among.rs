//! Lists as one parameter, and expressions written by hand: statement texts that do not depend on how many things are meant.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Expr;
use tradehall_domain::id::Id;

use super::Tx;
use crate::{Engine, StoreError};

impl Tx {
    /// That `column` is one of `ids`: one statement text whatever their number.
    ///
    /// On PostgreSQL the list has to be one value by itself. Were it a subquery of rows, the comparison would show each of them to
    /// a function that row-level security takes for leaky, and no index of the column could be used.
    pub(crate) fn among<C: ColumnTrait, T>(&self, column: C, ids: &[Id<T>]) -> Expr {
        let column = Expr::col(column.as_column_ref());
        let sql = match self.engine {
            Engine::Postgres => "$1 = ANY($2::uuid[])",
            Engine::Sqlite => "? IN (SELECT unhex(value) FROM json_each(?))",
        };
        Expr::cust_with_exprs(sql, [column, Expr::val(self.list(ids))])
    }

    /// Ids as the one parameter that [`Tx::among`] compares with: an array for PostgreSQL, JSON for SQLite.
    pub(crate) fn list<T>(&self, ids: &[Id<T>]) -> String {
        let (open, quote, close) = match self.engine {
            Engine::Postgres => ('{', "", '}'),
            Engine::Sqlite => ('[', "\"", ']'),
        };
        let mut list = String::with_capacity(ids.len() * 35 + 2);
        list.push(open);
        for (n, id) in ids.iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            list.extend([comma, quote]);
            list.push_str(&id.uuid().simple().to_string());
            list.push_str(quote);
        }
        list.push(close);
        list
    }

    /// That `column` is one of `texts`: one statement text whatever their number. The list is one value, as for [`Tx::among`].
    ///
    /// `texts` are often what somebody sent and nobody has parsed. Those that no column can hold are left out: PostgreSQL would refuse
    /// the whole statement for one of them.
    pub(crate) fn among_texts<C: ColumnTrait>(&self, column: C, texts: &[&str]) -> Result<Expr, StoreError> {
        let column = Expr::col(column.as_column_ref());
        let texts: Vec<_> = texts.iter().filter(|text| is_storable(text)).collect();
        let list = serde_json::to_string(&texts).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let sql = match self.engine {
            Engine::Postgres => "? = ANY(ARRAY(SELECT json_array_elements_text(?::json)))",
            Engine::Sqlite => "? IN (SELECT value FROM json_each(?))",
        };
        Ok(self.expression(sql, [column, Expr::val(list)]))
    }

    /// An expression written by hand, each `?` standing for the next of `parts`.
    pub(crate) fn expression<const N: usize>(&self, sql: &str, parts: [Expr; N]) -> Expr {
        match self.engine {
            Engine::Sqlite => Expr::cust_with_exprs(sql.to_owned(), parts),
            Engine::Postgres => {
                let mut pieces = sql.split('?');
                let mut numbered = pieces.next().unwrap_or_default().to_owned();
                for (n, piece) in pieces.enumerate() {
                    numbered.push_str(&format!("${}{piece}", n + 1));
                }
                Expr::cust_with_exprs(numbered, parts)
            }
        }
    }
}

/// Whether a column can hold `text`: PostgreSQL's texts have no NUL in them, and therefore no text that is stored has.
pub(crate) fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}

impl Engine {
    /// That `column` is one of the ids that [`Tx::list`] put into parameter `$n`, for statements written by hand.
    pub(crate) fn among_ids(self, column: &str, n: usize) -> String {
        match self {
            Self::Postgres => format!("{column} = ANY(${n}::uuid[])"),
            Self::Sqlite => format!("{column} IN (SELECT unhex(value) FROM json_each(${n}))"),
        }
    }
}
