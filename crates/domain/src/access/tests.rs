//! The table of roles and permissions is committed beside this file: whoever changes a role changes the table, where it is seen.

use super::{Permission, SystemRole};
use crate::named::Named;

const TABLE: &str = include_str!("roles.txt");

fn table() -> String {
    let grantable = Permission::ALL.iter().filter(|permission| permission.is_grantable());
    let mut text = format!("{:<20}", "");
    for role in SystemRole::ALL {
        text.push(' ');
        text.push_str(role.name());
    }
    for permission in grantable {
        text.push_str(&format!("\n{:<20}", permission.name()));
        for role in SystemRole::ALL {
            let mark = if role.permissions().contains(*permission) { "x" } else { "." };
            text.push_str(&format!(" {mark:<width$}", width = role.name().len()));
        }
    }
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn roles_allow_what_the_table_says() {
    assert_eq!(table(), TABLE, "\n{}", table());
}

#[test]
fn no_role_reaches_beyond_its_organization() {
    for role in SystemRole::ALL {
        assert!(role.permissions().iter().all(Permission::is_grantable), "{}", role.name());
    }
}
