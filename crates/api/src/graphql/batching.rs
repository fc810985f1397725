//! When batches leave: not before every field that can ask has asked.
//!
//! A loader's batch is sent by a task that the first key starts. Left to the runtime, that task runs too early: on another thread
//! at once, and on the same thread as soon as the fields yield, which the library's lists of more than 30 items do after every
//! second item, only to be fair to other tasks. A page of 100 then costs 50 statements where one was meant.
//!
//! So the tasks wait here, beside the operation, until the operation is really stuck: pending, and not woken by itself, and until
//! the batches before them have arrived. All of them travel on the operation's one transaction, one after another, so that none is
//! late for it; but what two of them lead to is then asked for together, and a page costs the same number of statements each time.
//! They run as part of the operation's own future, and stop with it when the client leaves. A batch must not wait for another one.

use std::mem;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;

type Task = BoxFuture<'static, ()>;

tokio::task_local! {
    static WAITING: Arc<Mutex<Vec<Task>>>;
}

/// How often an operation is polled in a row before other operations of the thread get their turn.
const TURNS_MAX: usize = 1_024;

/// Runs `operation` so that each level of its fields loads what it needs of a kind in one batch.
pub fn batched<F: Future>(operation: F) -> Batched<F> {
    Batched {
        operation: Box::pin(operation),
        waiting: Arc::default(),
        sent: FuturesUnordered::new(),
        turn: Arc::default(),
    }
}

/// The task of a batch: it waits for its operation, or runs by itself where there is none.
pub(super) fn send(task: Task) {
    let mut task = Some(task);
    // Outside of an operation there is no such list: then the task is still here.
    let _ = WAITING.try_with(|waiting| {
        waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(task.take());
    });
    if let Some(task) = task {
        tokio::spawn(task);
    }
}

/// What [`batched`] makes.
pub struct Batched<F> {
    operation: Pin<Box<F>>,
    waiting: Arc<Mutex<Vec<Task>>>,
    sent: FuturesUnordered<Task>,
    turn: Arc<Turn>,
}

impl<F> std::fmt::Debug for Batched<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batched").field("sent", &self.sent.len()).finish_non_exhaustive()
    }
}

/// Notes whether anything was woken, and passes it on while nobody looks.
#[derive(Debug, Default)]
struct Turn {
    woken: AtomicBool,
    looking: AtomicBool,
    outside: AtomicWaker,
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        if !self.looking.load(Ordering::SeqCst) {
            self.outside.wake();
        }
    }
}

impl<F: Future> Batched<F> {
    /// Sends the batches that wait; whether there were any.
    fn leave(&mut self) -> bool {
        let ready = mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let any = !ready.is_empty();
        self.sent.extend(ready);
        any
    }

    /// Polls until the operation is done or truly waits for something outside; whether it has to be polled again is in `turn`.
    fn turns(&mut self) -> Poll<F::Output> {
        let waker = Waker::from(self.turn.clone());
        let mut context = Context::from_waker(&waker);
        for _ in 0..TURNS_MAX {
            self.turn.woken.store(false, Ordering::SeqCst);
            let operation = self.operation.as_mut();
            let polled = WAITING.sync_scope(self.waiting.clone(), || operation.poll(&mut context));
            if polled.is_ready() {
                return polled;
            }
            if self.turn.woken.load(Ordering::SeqCst) {
                continue;
            }
            // A batch that has arrived wakes the fields that wait for it. One that nobody waits for any more wakes none, and the
            // next ones leave all the same.
            loop {
                while let Poll::Ready(Some(())) = self.sent.poll_next_unpin(&mut context) {}
                if !self.sent.is_empty() || self.turn.woken.load(Ordering::SeqCst) || !self.leave() {
                    break;
                }
            }
            if !self.turn.woken.load(Ordering::SeqCst) {
                break;
            }
        }
        Poll::Pending
    }
}

impl<F: Future> Future for Batched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.turn.outside.register(context.waker());
        self.turn.looking.store(true, Ordering::SeqCst);
        let polled = self.turns();
        self.turn.looking.store(false, Ordering::SeqCst);
        // Woken after the last look, or still busy after many turns: either way it is our turn again.
        if polled.is_pending() && self.turn.woken.load(Ordering::SeqCst) {
            context.waker().wake_by_ref();
        }
        polled
    }
}

#[cfg(test)]
mod tests;
