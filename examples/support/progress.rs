//! Progress on standard error: on a terminal, for work over a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use qingdan::watch::Watch;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Shows how far reading is, or nothing.
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// Nothing is shown where it is not wanted or standard error is no terminal.
    pub fn new(quiet: bool) -> Self {
        Self { shown: !quiet && io::stderr().is_terminal() }
    }
    /// Work whose course is shown.
    pub fn working<T>(&self, work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
        let bar = ProgressBar::with_draw_target(Some(STEPS.into()), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent} % {eta}") {
            bar.set_style(style);
        }
        let mut working = Working { bar, since: Instant::now(), shown: self.shown, visible: false };
        let mut tell = |share| {
            working.tell(share);
            ControlFlow::Continue(())
        };
        work(&mut Watch::new(&mut tell))
    }
    /// A file whose reading is shown.
    pub fn reading(&self, file: File) -> Shown {
        let length = file.metadata().map_or(0, |m| m.len());
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        Shown { file, bar, since: Instant::now(), visible: !self.shown }
    }
}

/// Long work that is shown once it takes over a second.
struct Working {
    bar: ProgressBar,
    since: Instant,
    shown: bool,
    visible: bool,
}

/// Work is shown in so many steps.
const STEPS: u32 = 1_000;

impl Working {
    fn tell(&mut self, share: f64) {
        if !self.shown || self.since.elapsed() < Duration::from_secs(1) {
            return;
        }
        if !self.visible {
            self.visible = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1")]
        self.bar.set_position((share * f64::from(STEPS)) as u64);
    }
}
impl Drop for Working {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A file whose reading is shown.
pub struct Shown {
    file: File,
    bar: ProgressBar,
    since: Instant,
    visible: bool,
}

impl Read for Shown {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.bar.inc(n as u64);
        if !self.visible && self.since.elapsed() > Duration::from_secs(1) {
            self.visible = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Ok(n)
    }
}
impl Seek for Shown {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = self.file.seek(to)?;
        self.bar.set_position(position);
        Ok(position)
    }
}
impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
