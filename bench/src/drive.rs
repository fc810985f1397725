//! One work item again and again in this process, without the transport: for `valgrind --tool=callgrind`, whose instruction counts
//! repeat where times do not.

use crate::arguments::Size;
use crate::outcome::Outcome;
use crate::statements::{Inside, parse};
use crate::work::WORKS;

/// Executes the work item called `name` so often.
pub async fn drive(database: &str, name: &str, count: usize, size: &Size, from: u64) -> Outcome<()> {
    let work = WORKS.iter().find(|work| work.name == name).ok_or("there is no such work item")?;
    let (inside, document) = (Inside::open(database, None).await?, parse(work)?);
    let first = work.targets(size).0 + from;
    for number in (first..).take(count) {
        inside.once(work, &document, number).await?;
    }
    Ok(())
}
