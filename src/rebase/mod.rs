//! The dynamic adjustment of a lower list after its upper list changed (动态调整): what the lower list should say now, why,
//! and what a person has to look at.
//!
//! No comparison of its own: the two editions of the upper list are seen at the level and in the words of the lower one
//! (its bodies, its names of scope, its ids), and merged with it ([`crate::merge`](mod@crate::merge)) under policies that are read off each
//! field's relation ([`Field::lower`](crate::Field)):
//!
//! | relation | both changed it |
//! | --- | --- |
//! | equal | the upper list's, recorded with both values |
//! | at most | the smaller one |
//! | free, concretise | the lower list's |
//! | none, subset | a clash, for a person |
//!
//! What the upper list cancelled goes, but where a local regulation or rule stands behind the item a person decides; what
//! it added comes where its level is this one, with the body that most items show; local items and the local order stay.
//! (Domain rules: `domain.md` 5.4 as `office.md` 3 corrects them; practice of offices.)
//!
//! ```
//! use qingdan::rebase::{Options, Rebased};
//! use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
//! let list = |names: &[(&str, &str)]| -> AnyCatalogue {
//!     let items = names.iter().map(|(id, name)| LicensingItem::new(*id, *name));
//!     Catalogue::new(Default::default(), SharedList::of(items).unwrap()).into()
//! };
//! let old = list(&[("1", "林木采伐许可证核发"), ("2", "取水许可")]);
//! let new = list(&[("1", "林木采伐许可"), ("2", "取水许可"), ("3", "河道采砂许可")]);
//! let city = list(&[("1", "林木采伐许可证核发（市级）"), ("2", "取水许可"), ("9", "户外广告设置许可")]);
//! let rebased = Rebased::of(&city, &old, &new, &Options::default()).unwrap();
//! let names: Vec<_> = rebased.merged.list().items().iter().map(|item| item.name().to_owned()).collect();
//! assert_eq!(names, ["林木采伐许可（市级）", "取水许可", "河道采砂许可", "户外广告设置许可"]);
//! ```

mod addition;
mod fate;
mod follow;
mod order;
mod pending;
mod policy;
mod view;

pub use pending::{Followed, Pending, RebaseReport, UpperChange};
pub use policy::policies;

use crate::alias::Aliases;
use crate::codes::AdjustmentKind;
use crate::correspondence::{Bodies, Correspondence, Place, Rows};
use crate::diff::Comparing;
use crate::kind::{AnyCatalogue, DifferentKinds, Unfinished};
use crate::lineage::{Lineage, Link};
use crate::matching::{self, Decided, Decision};
use crate::merge::{Identity, MergedCatalogue, Policy, Resolution, Take};
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::term::Date;
use crate::value::Choice;
use crate::watch::Watch;
use std::collections::HashMap;
use view::{Told, View};

/// What a rebase takes beside the lists.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// How items are matched, between the editions of the upper list and between it and the lower one.
    pub matching: matching::Options,
    /// What people decided of links: from an item of the old upper list to one of the new, or to one of the lower list.
    pub decisions: Vec<Decision>,
    /// What people decided of what is pending and of clashes: the item as either says it, the field, and a choice. Of what is
    /// pending `ours` keeps what the lower list has, `theirs` takes the first proposal, `value` what is given; of an item as
    /// a whole the value is `keep` or `remove`.
    pub resolutions: Vec<Resolution>,
    /// Names that mean the same.
    pub aliases: Aliases,
    /// The day for which aliases hold.
    pub day: Option<Date>,
}

/// A proposed lower list, and what is said of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rebased {
    /// The proposed list, with what clashes.
    pub merged: MergedCatalogue,
    /// What needs a person, in the order of the list.
    pub pending: Vec<Pending>,
    /// What is wrong with the decisions.
    pub problems: Vec<Problem>,
    /// What is wrong with the resolutions.
    pub unresolved: Vec<Problem>,
    lower: AnyCatalogue,
    /// Which items of the lower list became which of the proposed one, where that is not one that keeps its id.
    links: Vec<Link>,
    /// The changes of the upper list, and those that an item of the proposed or the lower list follows, by key.
    upper_changes: Vec<UpperChange>,
    follows: HashMap<String, Vec<usize>>,
}

impl Rebased {
    /// The lower list after the upper one changed. Never fails on what the lists say and never guesses: what is not clear
    /// is pending.
    ///
    /// As [`matching::lineage`] of each two of the three, and a merge.
    ///
    /// # Errors
    /// The lists are of different kinds.
    #[inline]
    pub fn of(
        lower: &AnyCatalogue,
        old_upper: &AnyCatalogue,
        new_upper: &AnyCatalogue,
        options: &Options,
    ) -> Result<Self, Unfinished> {
        Self::of_watched(lower, old_upper, new_upper, options, &mut Watch::none())
    }
    /// [`of`](Self::of), which tells how far it is.
    ///
    /// # Errors
    /// The lists are of different kinds, or it was stopped.
    #[inline]
    pub fn of_watched(
        lower: &AnyCatalogue,
        old_upper: &AnyCatalogue,
        new_upper: &AnyCatalogue,
        options: &Options,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Unfinished> {
        let mut matching = options.matching.clone();
        let mut problems = Vec::new();
        if !options.decisions.is_empty() {
            (matching.decided, problems) =
                Decided::of(&options.decisions, &old_upper.items(), &new_upper.items());
        }
        let lineage = old_upper.lineage_to_watched(new_upper, &matching, &mut watch.part(0.0, 0.4))?;
        if lower.kind() != old_upper.kind() {
            return Err(DifferentKinds { left: lower.kind(), right: old_upper.kind() }.into());
        }
        let (found, said) = Correspondence::find_watched(
            old_upper,
            lower,
            &options.matching,
            &options.decisions,
            &mut watch.part(0.4, 0.8),
        )?;
        // A decision speaks of the upper editions or of upper and lower: what one of the two knows is no mistake.
        problems.retain(|problem| problem.is_error() || said.contains(problem));
        for problem in said.into_iter().filter(Problem::is_error) {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        let upper_changes = upper_changes(old_upper, new_upper, &lineage)?;
        let (uppers, lowers) = (old_upper.items(), lower.items());
        let told = Told::of(&lowers, &uppers, lower.kind().fields().len());
        let view = View {
            told,
            bodies: Bodies::learn(&found, &uppers, &lowers, &options.aliases, options.day),
            place: Place::of(lower).as_told_by(&found, &uppers),
            lists: [lower, old_upper, new_upper],
            items: [lowers, uppers, new_upper.items()],
            found: &found,
            lineage: &lineage,
            rows: Rows::of(old_upper, new_upper),
            options,
        };
        let seen = view.seen(&upper_changes);
        let identity = Identity::new(Pairs::none(), seen.pairs.clone());
        let merged = MergedCatalogue::of(&seen.base, lower, &seen.theirs, &identity);
        // People go before policies.
        let rest: Vec<Resolution> = options
            .resolutions
            .iter()
            .zip(&seen.used)
            .filter(|(_, used)| !**used)
            .map(|(row, _)| row.clone())
            .collect();
        let (merged, said) = merged.resolve(&rest);
        let merged = merged.follow(&policies(lower.kind())).with_decided(seen.decided);
        Ok(Self {
            merged,
            pending: seen.pending,
            problems,
            unresolved: seen.problems.into_iter().chain(said).collect(),
            lower: lower.clone(),
            links: seen.links,
            upper_changes,
            follows: seen.follows,
        })
    }
    /// The adjustments of the lower list that the proposal makes, each with the upper changes that it follows.
    ///
    /// # Errors
    /// Never: the proposal is of the lower list's kind.
    #[inline]
    pub fn adjustments(&self) -> Result<Vec<Followed>, DifferentKinds> {
        // What is undecided is no adjustment: there the lower list is taken as it is.
        let settled = self.merged.follow(&[Policy::new(Take::Side(Choice::Ours))]);
        let proposed = settled.list();
        let mut comparing = Comparing::default();
        // A clash may keep what was to become another, or several.
        let there = |id: &String| proposed.has(id);
        comparing.lineage.links =
            self.links.iter().filter(|link| link.to.iter().all(there)).cloned().collect();
        let changes = self.lower.changes_to(proposed, &comparing.lineage.pairs())?;
        let told = changes.differences(&self.lower, proposed, &comparing)?;
        let followed = told.adjustments.into_iter().map(|mut adjustment| {
            let mut follows: Vec<usize> = Vec::new();
            for key in adjustment.from.iter().chain(&adjustment.to) {
                follows.extend(self.follows.get(key).into_iter().flatten());
            }
            follows.sort_unstable();
            follows.dedup();
            let follows: Vec<UpperChange> =
                follows.into_iter().filter_map(|at| self.upper_changes.get(at).cloned()).collect();
            let documents =
                follows.iter().map(|change| &change.document).find(|document| !document.is_empty());
            if let (true, Some(document)) = (adjustment.document.is_empty(), documents) {
                adjustment.document.clone_from(document);
            }
            Followed { adjustment, follows }
        });
        Ok(followed.collect())
    }
    /// The same after some of its clashes were decided.
    #[must_use]
    #[inline]
    pub fn with_merged(self, merged: MergedCatalogue) -> Self {
        Self { merged, ..self }
    }
    /// The lower list that it began with.
    #[must_use]
    #[inline]
    pub fn lower(&self) -> &AnyCatalogue {
        &self.lower
    }
}

/// What changed in the upper list, in the words of a notice.
#[inline]
fn upper_changes(
    old: &AnyCatalogue,
    new: &AnyCatalogue,
    lineage: &Lineage,
) -> Result<Vec<UpperChange>, DifferentKinds> {
    let comparing = Comparing {
        document: new.header().document.to_string(),
        lineage: lineage.clone(),
        ..Comparing::default()
    };
    let changes = old.changes_to(new, &lineage.pairs())?;
    let told = changes.differences(old, new, &comparing)?;
    let all = told.adjustments.iter().chain(&told.cosmetic);
    Ok(all
        .map(|adjustment| UpperChange {
            kind: if told.cosmetic.contains(adjustment) {
                AdjustmentKind::Edited
            } else {
                adjustment.kind.clone()
            },
            also: adjustment.also.clone(),
            from: adjustment.from.clone(),
            to: adjustment.to.clone(),
            name: adjustment.name().to_owned(),
            document: adjustment.document.clone(),
        })
        .collect())
}
