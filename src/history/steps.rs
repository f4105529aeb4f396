//! What was done from each edition to the next, in the words of a notice: what lives, logs and plots are read off.

use super::{Document, History, HistoryError};
use crate::adjustment::Adjustment;
use crate::diff::{Comparing, Differences};
use crate::kind::{AnyCatalogue, AnyChangeSet, DifferentKinds};
use crate::lineage::Link;
use crate::term::Date;
use std::collections::HashMap;

/// The step to an edition from the one before.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) differences: Differences,
    /// By key before: the adjustment that the item stands in.
    from: HashMap<String, usize>,
    /// By key after.
    to: HashMap<String, usize>,
}

impl Step {
    #[inline]
    fn of(differences: Differences) -> Self {
        let (mut from, mut to) = (HashMap::new(), HashMap::new());
        for (at, adjustment) in differences.adjustments.iter().chain(&differences.cosmetic).enumerate() {
            from.extend(adjustment.from.iter().map(|key| (key.clone(), at)));
            to.extend(adjustment.to.iter().map(|key| (key.clone(), at)));
        }
        Self { differences, from, to }
    }
    /// The adjustment of this number: those of spelling alone stand behind the others.
    #[inline]
    fn adjustment(&self, at: usize) -> Option<&Adjustment> {
        let told = &self.differences.adjustments;
        told.get(at).or_else(|| self.differences.cosmetic.get(at.checked_sub(told.len())?))
    }
    /// The number and the adjustment that an item before stands in; `None`: it stayed as it was.
    #[inline]
    pub(super) fn of_old(&self, key: &str) -> Option<(usize, &Adjustment)> {
        let at = *self.from.get(key)?;
        Some((at, self.adjustment(at)?))
    }
    /// The same of an item after.
    #[inline]
    pub(super) fn of_new(&self, key: &str) -> Option<(usize, &Adjustment)> {
        let at = *self.to.get(key)?;
        Some((at, self.adjustment(at)?))
    }
    /// The key before of the item that carries on as this one; `None`: it is new.
    #[inline]
    pub(super) fn before<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        match self.of_new(key) {
            None => Some(key),
            Some((_, adjustment)) if adjustment.to.first().is_some_and(|first| first == key) => {
                adjustment.from.first().map(String::as_str)
            }
            Some(_) => None,
        }
    }
}

impl History {
    /// What was done in each step; the first leads to the second edition.
    ///
    /// Found when first asked for: linear in all editions together.
    ///
    /// # Errors
    /// A record does not fit.
    #[inline]
    pub fn differences(&self) -> Result<impl ExactSizeIterator<Item = &Differences>, HistoryError> {
        Ok(self.steps()?.iter().map(|step| &step.differences))
    }
    #[inline]
    pub(super) fn steps(&self) -> Result<&[Step], HistoryError> {
        if let Some(steps) = self.steps.get() {
            return Ok(steps);
        }
        let mut steps = Vec::with_capacity(self.editions.len().saturating_sub(1));
        let mut before = self.at(0)?;
        for position in 1..self.editions.len() {
            let after = self.after(&before, position)?;
            steps.push(Step::of(self.told(position, &before, &after)?));
            before = after;
        }
        Ok(self.steps.get_or_init(|| steps))
    }
    #[inline]
    fn told(
        &self,
        position: usize,
        before: &AnyCatalogue,
        after: &AnyCatalogue,
    ) -> Result<Differences, HistoryError> {
        let record = &self.records[self.editions[position]];
        let delta = match &record.state {
            super::State::Change(delta) => delta.clone(),
            super::State::Whole(_) => crate::value::diff_as(before, after, &record.lineage.pairs()),
        };
        let ends = [before, after].map(|list| crate::catalogue::Edition::of(list.header()));
        let kinds = DifferentKinds { left: before.kind(), right: after.kind() };
        let changes = AnyChangeSet::around(self.kind, ends, delta).ok_or(kinds)?;
        // The document that published the edition is behind all of it; where it names none, the one that is known is.
        let document = match &record.documents[..] {
            [document] if record.head.header.document.is_empty() => document.number.clone(),
            _ => record.head.header.document.to_string(),
        };
        let comparing = Comparing {
            lineage: super::links::noted(&record.lineage, &record.documents),
            document,
            ..Comparing::default()
        };
        Ok(changes.differences(before, after, &comparing)?)
    }
    /// The documents behind something of the step to the edition at this position: the one of this number.
    #[inline]
    pub(super) fn documents_of(&self, position: usize, number: &str) -> Vec<Document> {
        let record = &self.records[self.editions[position]];
        match number {
            "" => Vec::new(),
            number => match record.documents.iter().find(|document| document.number == number) {
                Some(document) => vec![document.clone()],
                None => vec![Document::new(number)],
            },
        }
    }
    /// Parts that went over in the step to the edition at this position.
    #[inline]
    pub(super) fn parts_at(&self, position: usize) -> impl Iterator<Item = &Link> {
        let record = &self.records[self.editions[position]];
        record.lineage.links.iter().filter(|link| !link.is_whole())
    }
    /// Label and day of the edition at this position.
    #[inline]
    pub(super) fn edition_name(&self, position: usize) -> (String, Option<Date>) {
        let head = self.head(position);
        (head.label().to_owned(), head.header.effective)
    }
}
