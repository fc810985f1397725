//! A run under way: reading, writing in batches, keeping or leaving.

use std::collections::HashSet;

use jiff::Timestamp;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::import::{Import, ImportKind, ImportMode};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{Meter, Tx, import};

use super::organization::Maker;
use super::target::{Entry, Target};
use super::{Options, Progress, Report};
use crate::app::{App, Error};
use crate::import::table::{Next, Row, Table};
use crate::import::tally::Tally;

/// How many rows are decided and written together.
const BATCH_ROWS: usize = 500;

/// How many rows of one file are read.
const FILE_ROWS_MAX: u64 = 1_000_000;

/// A run under way.
pub(super) struct Run<'a> {
    app: &'a App,
    options: Options,
    progress: &'a mut (dyn FnMut(Progress) + Send),
    started_at: Timestamp,
    tally: Tally,
    tx: Option<Tx>,
}

impl<'a> Run<'a> {
    /// A run that has read nothing yet.
    pub(super) fn begin(app: &'a App, options: Options, progress: &'a mut (dyn FnMut(Progress) + Send)) -> Self {
        Self { app, options, progress, started_at: app.store().now(), tally: Tally::default(), tx: None }
    }

    /// The transaction that is open, or a new one.
    pub(super) async fn tx(&mut self) -> Result<&mut Tx, Error> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.app.store().write(Actor::system(SystemTask::Import), Meter::default()).await?,
        };
        Ok(self.tx.insert(tx))
    }

    /// Reads one file to its end.
    pub(super) async fn load<T: Target>(&mut self, file: &mut Table, target: &T) -> Result<(), Error> {
        self.tally.begin(T::FILE);
        let mut seen = HashSet::new();
        let mut rows = 0;
        let mut ended = false;
        while !ended {
            let mut batch = Vec::with_capacity(BATCH_ROWS);
            while batch.len() < BATCH_ROWS && !ended {
                match file.next().map_err(|problem| problem.at(T::FILE))? {
                    None => ended = true,
                    Some(next) => {
                        rows += 1;
                        batch.extend(self.read(target, next, &mut seen));
                    }
                }
                if rows > FILE_ROWS_MAX {
                    return Err(Problem::new(Code::TooMany).with("max", FILE_ROWS_MAX).at(T::FILE).into());
                }
            }
            self.write(target, batch).await?;
            (self.progress)(Progress { file: T::FILE, rows });
        }
        Ok(())
    }

    /// What a row says, unless it is refused.
    fn read<T: Target>(&mut self, target: &T, next: Next, seen: &mut HashSet<String>) -> Option<Entry<T::Draft>> {
        let row = match next {
            Next::Row(row) => row,
            Next::Bad(row) => {
                self.tally.refuse_unread(row);
                return None;
            }
        };
        match read(target, &row, seen) {
            Ok((key, draft)) => Some(Entry { line: row.line, key, draft }),
            Err(problems) => {
                self.tally.refuse_row(&row, problems);
                None
            }
        }
    }

    async fn write<T: Target>(&mut self, target: &T, batch: Vec<Entry<T::Draft>>) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut tally = std::mem::take(&mut self.tally);
        let written = target.write(self.tx().await?, batch, &mut tally).await;
        self.tally = tally;
        written?;
        if self.options.trial || self.options.mode == ImportMode::AllOrNothing {
            // Kept open to the end; what was gathered is sent, so that memory holds one batch.
            self.tx().await?.flush().await?;
        } else if let Some(tx) = self.tx.take() {
            tx.commit().await?;
        }
        Ok(())
    }

    /// Keeps or leaves what was written, and keeps the report in any case.
    pub(super) async fn finish(mut self, maker: &Maker) -> Result<Report, Error> {
        let Options { mode, trial } = self.options;
        let kept = !trial && (mode == ImportMode::KeepGoodRows || self.tally.counts().rejected == 0);
        if !kept {
            // A transaction that is not committed leaves nothing behind.
            self.tx = None;
        }
        let (files, refusals) = std::mem::take(&mut self.tally).finish();
        // A maker that came with what was not kept is not there.
        let organization = (kept || !maker.is_new).then_some(maker.id);
        let now = self.app.store().now();
        let (import, event) =
            Import::ended(organization, ImportKind::AdventureWorks, (mode, trial), files, self.started_at, now);
        let tx = self.tx().await?;
        import::insert(tx, &import, &event)?;
        import::insert_refusals(tx, &import, &refusals)?;
        if let Some(tx) = self.tx.take() {
            tx.commit().await?;
        }
        Ok(Report { import, refusals })
    }
}

/// What a row says, and its key, which no row before it had.
fn read<T: Target>(target: &T, row: &Row, seen: &mut HashSet<String>) -> Result<(String, T::Draft), Problems> {
    let (key, draft) = target.read(row)?;
    if !seen.insert(key.clone()) {
        return Err(Problem::new(Code::Duplicate).at(T::KEY).into());
    }
    Ok((key, draft))
}
