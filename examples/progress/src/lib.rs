//! How far the example programs are, on standard error: on a terminal, for work over a second.
//!
//! A crate and no module, because cargo compiles first what most crates depend on: with this one between the library and the
//! programs, what the library depends on comes before what only programs and tests do (clap, proptest), and that is compiled
//! on the second core while the library is checked on the first. It stays small, so that nobody waits for it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use qingdan::watch::Watch;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Shows how far work is, or nothing.
pub struct Progress {
    shown: bool,
}

/// Work of unknown size is shown in so many steps.
const STEPS: u32 = 1_000;

impl Progress {
    /// Nothing is shown where it is not wanted or standard error is no terminal.
    pub fn new(quiet: bool) -> Self {
        Self { shown: !quiet && io::stderr().is_terminal() }
    }
    /// Work whose course is shown.
    pub fn working<T>(&self, work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
        let mut bar = self.bar(STEPS.into(), "{wide_bar} {percent} % {eta}");
        let mut tell = |share: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1")]
            bar.reach((share * f64::from(STEPS)) as u64);
            ControlFlow::Continue(())
        };
        work(&mut Watch::new(&mut tell))
    }
    /// A file whose reading is shown.
    pub fn reading(&self, file: File) -> Shown {
        let length = file.metadata().map_or(0, |m| m.len());
        Shown { file, bar: self.bar(length, "{wide_bar} {bytes}/{total_bytes} {eta}") }
    }
    fn bar(&self, length: u64, style: &str) -> Late {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Late { bar, since: Instant::now(), decided: !self.shown }
    }
}

/// A bar that appears when the work takes over a second, and goes when it is done.
struct Late {
    bar: ProgressBar,
    since: Instant,
    /// Whether it has appeared, or is not to.
    decided: bool,
}

impl Late {
    fn reach(&mut self, position: u64) {
        self.bar.set_position(position);
        if !self.decided && self.since.elapsed() > Duration::from_secs(1) {
            self.decided = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}
impl Drop for Late {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A file whose reading is shown.
pub struct Shown {
    file: File,
    bar: Late,
}

impl Read for Shown {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.bar.reach(self.bar.bar.position() + n as u64);
        Ok(n)
    }
}
impl Seek for Shown {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = self.file.seek(to)?;
        self.bar.reach(position);
        Ok(position)
    }
}
