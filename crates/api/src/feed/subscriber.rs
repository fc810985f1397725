//! One subscription: what it missed, then what happens, as far as it may know.

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::stream::{BoxStream, StreamExt as _, unfold};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tradehall_domain::id::Id;
use tradehall_persistence::event::{StoredEvent, relay};

use super::follow;
use super::fresh::Fresh;
use super::happening::Happening;
use super::notice::Family;
use crate::app::{Error, Session};
use crate::graphql::event::EventNode;
use crate::graphql::id::{NodeType, global, parse};
use crate::identity::LongSession;

/// How many events of the market a subscription makes up for. Who was away for longer reads anew, which is also quicker.
const MISSED_MAX: i64 = 10_000;

/// What a root field answers.
pub type Notices<N> = BoxStream<'static, async_graphql::Result<Fresh<N>>>;

/// The notices of `family` for the caller of `session`: those after the event of the cursor `after`, or from now on.
///
/// # Errors
/// That the caller may not, a cursor that is none, one that is too old, or that the database is away.
pub async fn notices<F: Family>(
    session: &Session,
    family: F,
    after: Option<&str>,
) -> Result<Notices<F::Notice>, Error> {
    session.require(F::PERMISSION)?;
    // What has a number by now was before the subscription, even if others are still being told of it.
    let missed = match after {
        Some(cursor) => position(session, cursor).await?,
        None => follow::head(session.app()).await?,
    };
    // Listening comes before reading on from there: what happens in between is heard twice, not missed.
    let live = super::listen(session.app()).await?;
    let caller = LongSession::new(session);
    let language = session.renewed();
    let subscriber =
        Subscriber { family, caller, live, missed: Some(missed), read: VecDeque::new(), told: missed, ended: false };
    Ok(unfold((subscriber, language), |(mut subscriber, session)| async move {
        let notice = subscriber.next().await?.map_err(|error| session.fail(error));
        Some((notice, (subscriber, session)))
    })
    .boxed())
}

/// The position behind which a subscription with this cursor begins. An event that has none yet is still to be told.
async fn position(session: &Session, cursor: &str) -> Result<i64, Error> {
    let unknown = || Error::BadInput("This cursor is of no event.".to_owned());
    let (_, id) = parse(cursor).filter(|(name, _)| name == StoredEvent::NAME).ok_or_else(unknown)?;
    let tx = follow::begin(session.app()).await?;
    // Before the event is looked up: should it have no position then, it will get one after this.
    let head = relay::head(&tx).await?;
    let event = relay::find(&tx, Id::from_uuid(id)).await?.ok_or_else(unknown)?;
    let position = event.position.unwrap_or(head);
    if head.saturating_sub(position) > MISSED_MAX {
        return Err(Error::EventsMissed(
            "Too much has happened since that cursor. Read the present state and subscribe without a cursor.",
        ));
    }
    Ok(position)
}

struct Subscriber<F> {
    family: F,
    caller: LongSession,
    live: Receiver<Arc<Happening>>,
    /// Where to go on reading what was missed; none when all of it is read.
    missed: Option<i64>,
    /// What was read of it.
    read: VecDeque<Arc<Happening>>,
    /// The position of what was considered last. What is heard again is not told again.
    told: i64,
    ended: bool,
}

impl<F: Family> Subscriber<F> {
    /// The next notice. An error is the last thing that is said.
    async fn next(&mut self) -> Option<Result<Fresh<F::Notice>, Error>> {
        while !self.ended {
            let told = match self.happening().await {
                Ok(Some(happening)) => self.tell(&happening).await,
                Ok(None) => return None,
                Err(error) => Err(error),
            };
            match told {
                Ok(Some(notice)) => return Some(Ok(notice)),
                Ok(None) => {}
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    /// The next thing that happened, whomever it concerns; nothing when nobody follows the database any more.
    async fn happening(&mut self) -> Result<Option<Arc<Happening>>, Error> {
        loop {
            if let Some(happening) = self.read.pop_front() {
                return Ok(Some(happening));
            }
            if let Some(position) = self.missed {
                let stretch = follow::read(self.caller.app(), position).await?;
                self.missed = stretch.full.then_some(stretch.reached);
                self.read.extend(stretch.happenings);
                continue;
            }
            return match self.live.recv().await {
                Ok(happening) => Ok(Some(happening)),
                Err(RecvError::Closed) => Ok(None),
                Err(RecvError::Lagged(_)) => Err(Error::EventsMissed(
                    "More happened than this connection takes. Subscribe again after the last cursor.",
                )),
            };
        }
    }

    /// The notice of what happened, if the caller may see what it is about.
    async fn tell(&mut self, happening: &Happening) -> Result<Option<Fresh<F::Notice>>, Error> {
        if happening.position <= self.told {
            return Ok(None);
        }
        self.told = happening.position;
        let is_concerned = self.caller.organization().is_some_and(|organization| happening.concerns(organization));
        if !is_concerned || !self.family.includes(happening.about) {
            return Ok(None);
        }
        let session = self.caller.present().await?;
        session.require(F::PERMISSION)?;
        let tx = session.reading().await?;
        let event = EventNode(happening.event_for(&session));
        let notice = F::notice(&tx, happening.about, global(happening.id()).0, event).await?;
        drop(tx);
        Ok(notice.map(|notice| Fresh::new(notice, session)))
    }
}
