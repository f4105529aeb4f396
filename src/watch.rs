//! Long work that tells how far it is, and may be stopped.
//!
//! Matching a hundred thousand items takes seconds, and what stands on it takes longer: [`matching`](crate::matching),
//! [`correspondence`](crate::correspondence), [`merge::Identity`](crate::merge::Identity), [`align`](crate::align),
//! [`rebase`](crate::rebase), [`check`](crate::check) and appending to a [`history`](crate::history) have a form whose name
//! ends in `_watched`. Nothing of a stopped verb is kept. Readers need none of this: who gives them a `Read` sees how far they are, and stops them by an error.
//!
//! ```
//! use qingdan::matching::{self, Options};
//! use qingdan::watch::{Stopped, Watch};
//! use qingdan::{AnyItem, LicensingItem};
//! use std::ops::ControlFlow;
//! let items = ["取水许可", "食品经营许可"].map(|name| LicensingItem::new(name, name));
//! let items: Vec<&dyn AnyItem> = items.iter().map(|item| item as &dyn AnyItem).collect();
//! let mut shares = Vec::new();
//! let mut tell = |share| {
//!     shares.push(share);
//!     ControlFlow::Continue(())
//! };
//! assert!(matching::lineage_watched(&items, &items, &Options::default(), &mut Watch::new(&mut tell)).is_ok());
//! assert!(shares.is_sorted());
//!
//! let mut stop = |_| ControlFlow::Break(());
//! let stopped = matching::lineage_watched(&items, &items, &Options::default(), &mut Watch::new(&mut stop));
//! assert_eq!(stopped, Err(Stopped));
//! ```

use std::fmt;
use std::ops::ControlFlow;

/// The work was stopped by who watched it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped before it was done")]
pub struct Stopped;

type Tell<'a> = dyn FnMut(f64) -> ControlFlow<()> + Send + Sync + 'a;

/// Hears how far a long piece of work is, and may stop it.
#[derive(Default)]
pub struct Watch<'a> {
    tell: Option<&'a mut Tell<'a>>,
    /// Where this part of the work begins, and how much of the whole it is.
    from: f64,
    share: f64,
}

/// Of steps as small as an item, one in so many is told.
const EVERY: usize = 256;

impl<'a> Watch<'a> {
    /// `tell` hears the share of the work that is done, from 0 to 1, never less than before; a `Break` stops the work. It
    /// is called some thousand times a second at most, by the thread that works: what it does should be short.
    #[must_use]
    pub fn new(tell: &'a mut Tell<'a>) -> Self {
        Self { tell: Some(tell), from: 0.0, share: 1.0 }
    }
    /// Nobody watches: the work is not stopped.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }
    /// So many steps of all are done.
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    pub(crate) fn at(&mut self, done: usize, all: usize) -> Result<(), Stopped> {
        if let Some(tell) = &mut self.tell
            && done.is_multiple_of(EVERY)
        {
            let share = self.from + self.share * (done as f64 / all.max(1) as f64);
            return if tell(share).is_break() { Err(Stopped) } else { Ok(()) };
        }
        Ok(())
    }
    /// A part of the work, from one share of it to another.
    pub(crate) fn part(&mut self, from: f64, to: f64) -> Watch<'_> {
        let tell = self.tell.as_mut().map(|tell| &mut **tell as &mut Tell<'_>);
        Watch { tell, from: self.from + self.share * from, share: self.share * (to - from) }
    }
    /// The part number `at` of `of` equal ones.
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    pub(crate) fn one_of(&mut self, at: usize, of: usize) -> Watch<'_> {
        let of = of.max(1) as f64;
        self.part(at as f64 / of, (at + 1) as f64 / of)
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("from", &self.from).field("share", &self.share).finish_non_exhaustive()
    }
}
