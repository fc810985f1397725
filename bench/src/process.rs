//! What processes cost, from `/proc` (Linux).

use std::fs;
use std::time::Duration;

use crate::outcome::Outcome;

/// Ticks of a second in `/proc/<pid>/stat`: 100 on every architecture that Linux calls by `USER_HZ`.
const TICKS: u64 = 100;

/// Resident memory in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// Now (`VmRSS`).
    pub now: u64,
    /// At its highest (`VmHWM`).
    pub highest: u64,
}

/// Processor time in user and system mode of all threads of `pid`.
pub fn cpu(pid: u32) -> Outcome<Duration> {
    let stat = stat(pid)?;
    Ok(ticks(field(&stat, UTIME)? + field(&stat, STIME)?))
}

/// The same of a process with all its present children, and of those children that have ended.
pub fn cpu_of_family(pid: u32) -> Outcome<Duration> {
    let own = stat(pid)?;
    let mut total =
        [UTIME, STIME, UTIME + 2, STIME + 2].iter().map(|place| field(&own, *place)).sum::<Outcome<u64>>()?;
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"))?;
    for child in children.split_whitespace() {
        // One that ended meanwhile is counted by its parent the next time.
        if let Ok(stat) = stat(child.parse()?) {
            total += field(&stat, UTIME)? + field(&stat, STIME)?;
        }
    }
    Ok(ticks(total))
}

/// The parent of `pid`.
pub fn parent(pid: u32) -> Outcome<u32> {
    Ok(u32::try_from(field(&stat(pid)?, PARENT)?)?)
}

/// Resident memory of `pid`.
pub fn memory(pid: u32) -> Outcome<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib = |name: &str| -> Outcome<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line in status")?;
        Ok(line.trim_matches([':', ' ', '\t', 'k', 'B']).parse::<u64>()? * 1024)
    };
    Ok(Memory { now: kib("VmRSS")?, highest: kib("VmHWM")? })
}

/// Places behind the name in `/proc/<pid>/stat`, from 0: see proc(5), where they are numbered from 3.
const PARENT: usize = 1;
const UTIME: usize = 11;
const STIME: usize = 12;

fn stat(pid: u32) -> Outcome<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name stands in parentheses and may hold anything, parentheses too.
    let (_, rest) = text.rsplit_once(')').ok_or("a stat without a name")?;
    Ok(rest.split_whitespace().map(str::to_owned).collect())
}

fn field(stat: &[String], place: usize) -> Outcome<u64> {
    Ok(stat.get(place).ok_or("a short stat")?.parse()?)
}

fn ticks(count: u64) -> Duration {
    Duration::from_millis(count * 1_000 / TICKS)
}
