//! Two who act at the same moment, in an order that the test decides. PostgreSQL only: the embedded database has one writer.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;
use tradehall::app::Command;
use tradehall_domain::id::Id;
use tradehall_persistence::{Meter, Tx};

use crate::{Person, Raw, World};

/// How often to look whether somebody waits.
const LOOK: Duration = Duration::from_millis(5);

/// Connections of this database that wait for another to end.
const WAITING: &str = "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
                       WHERE NOT l.granted AND a.datname = current_database()";

/// The id in a global id.
pub fn id_of<T>(global: &serde_json::Value) -> Id<T> {
    let (_, uuid) = tradehall::graphql::id::parse(global.as_str().unwrap()).unwrap();
    Id::from_uuid(uuid)
}

impl World {
    /// A transaction of `person`, to do by hand what a request does.
    pub async fn transaction(&self, person: &Person) -> Tx {
        self.app.store().write(person.actor, Meter::default()).await.unwrap()
    }

    /// Does everything that `command` asks of `person`, but for the commit.
    pub async fn begun<C: Command>(&self, person: &Person, command: C) -> Tx {
        let actor = C::ACROSS.map_or(person.actor, |task| person.actor.at(task));
        let mut tx = self.app.store().write(actor, Meter::default()).await.unwrap();
        command.run(&mut tx).await.unwrap();
        tx.flush().await.unwrap();
        tx
    }

    /// Has `other` begin while `first` is not committed, commits `first` once the other waits for it or is done, and answers what the
    /// other got.
    pub async fn beside<T: Send + 'static>(&self, first: Tx, other: impl Future<Output = T> + Send + 'static) -> T {
        let other = tokio::spawn(other);
        self.until_waiting(&other).await;
        first.commit().await.unwrap();
        other.await.unwrap()
    }

    /// Returns when somebody in this market's database waits for another transaction, or `task` is done without having to.
    pub async fn until_waiting<T>(&self, task: &JoinHandle<T>) {
        let mut raw = Raw::open(&self.url).await;
        while !task.is_finished() && raw.integer(WAITING).await == 0 {
            sleep(LOOK).await;
        }
    }
}
