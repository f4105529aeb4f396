//! Runs of measures, each in a process of its own.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What one run says of itself, as one line of JSON.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Run {
    pub(crate) seconds: f64,
    pub(crate) peak_mb: u64,
    #[serde(default)]
    pub(crate) counts: BTreeMap<String, u64>,
}

/// How runs of one measure share a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    /// Each run is a new process.
    Fresh,
    /// One process makes all runs; the first is not counted.
    Warm,
}

/// A measure that can be run again and again.
pub(crate) struct Runner {
    pub(crate) name: &'static str,
    process: Process,
    command: Box<dyn Fn() -> Command>,
    warm: Option<Worker>,
}

struct Worker {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Worker {
    fn start(mut command: Command) -> Result<Self, String> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{command:?}: {e}"))?;
        let (Some(orders), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a worker has no pipes".to_owned());
        };
        Ok(Self { child, orders, answers: BufReader::new(answers) })
    }
    fn run(&mut self) -> Result<Run, String> {
        let mut line = String::new();
        writeln!(self.orders, "run")
            .and_then(|()| self.orders.flush())
            .and_then(|()| self.answers.read_line(&mut line))
            .map_err(|e| format!("a worker stopped: {e}"))?;
        serde_json::from_str(&line).map_err(|e| format!("a worker said «{}»: {e}", line.trim()))
    }
    fn end(mut self) -> Result<(), String> {
        drop(self.orders);
        self.child.wait().map(drop).map_err(|e| e.to_string())
    }
}

impl Runner {
    pub(crate) fn new(name: &'static str, process: Process, command: impl Fn() -> Command + 'static) -> Self {
        Self { name, process, command: Box::new(command), warm: None }
    }
    pub(crate) fn run(&mut self) -> Result<Run, String> {
        match self.process {
            Process::Fresh => {
                let mut worker = Worker::start((self.command)())?;
                let run = worker.run()?;
                worker.end()?;
                Ok(run)
            }
            Process::Warm => {
                if self.warm.is_none() {
                    self.warm = Some(Worker::start((self.command)())?);
                }
                self.warm.as_mut().map_or_else(|| Err("no worker".to_owned()), Worker::run)
            }
        }
    }
}

/// All counted runs of one measure.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) seconds: Vec<f64>,
    /// Of the first run.
    pub(crate) peak_mb: u64,
    pub(crate) counts: BTreeMap<String, u64>,
}

/// The middle value; of an empty list none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Measured {
    pub(crate) fn median(&self) -> f64 {
        median(&self.seconds)
    }
}

/// Runs all of them by turns.
///
/// # Errors
/// A worker failed.
pub(crate) fn interleaved(mut runners: Vec<Runner>, runs: usize) -> Result<Vec<Measured>, String> {
    let mut all: Vec<Measured> = Vec::new();
    for runner in &mut runners {
        // The first run: its counts and its peak. It warms caches up and is not timed.
        let run = runner.run().map_err(|e| format!("{}: {e}", runner.name))?;
        all.push(Measured {
            name: runner.name,
            seconds: Vec::new(),
            peak_mb: run.peak_mb,
            counts: run.counts,
        });
    }
    for turn in 0..runs {
        // Whoever goes first may have it worse or better.
        let order: Vec<usize> =
            if turn % 2 == 0 { (0..runners.len()).collect() } else { (0..runners.len()).rev().collect() };
        for i in order {
            all[i].seconds.push(runners[i].run()?.seconds);
        }
    }
    for runner in runners {
        if let Some(worker) = runner.warm {
            worker.end()?;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_value() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }
}
