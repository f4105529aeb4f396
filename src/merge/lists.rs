//! All lists of one government joined, list by list.

use super::{Identity, MergedCatalogue, Policy, Resolution};
use crate::catalogue::Header;
use crate::kind::AnyCatalogue;
use crate::portfolio::Portfolio;
use crate::problem::Problem;
use crate::record::Entry as _;
use crate::sorting::Sorting as _;
use std::collections::BTreeMap;

/// Three portfolios joined: list by list, a list being told by its kind and series.
///
/// A list that only the sides have is joined from an empty one, a list that a side does not have any more is one whose items
/// that side removed: so what clashes is told item by item. Name and region are those of the base.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MergedPortfolio {
    /// The merged lists by kind and series; those of which nothing is left are not among them.
    pub lists: BTreeMap<String, MergedCatalogue>,
    /// Lists that a side took out as a whole, and of which the other one had changed nothing; by kind and series.
    pub removed: Vec<String>,
}

/// Says who is who in three lists of one kind and series, and what is wrong with what it was told.
type FindIdentity<'a> = dyn FnMut(&str, [&AnyCatalogue; 3]) -> (Identity, Vec<Problem>) + 'a;

impl MergedPortfolio {
    /// Joins two descendants of a portfolio; `identity` says of each list who is who in base, ours and theirs.
    ///
    /// As [`MergedCatalogue::of`] of each list.
    ///
    /// ```
    /// use qingdan::merge::{Identity, MergedPortfolio};
    /// use qingdan::{Catalogue, LicensingItem, Portfolio};
    /// let base = Portfolio::default();
    /// let mut ours = base.clone();
    /// let mut list = Catalogue::<LicensingItem>::default();
    /// list.items.push(LicensingItem::new("1", "甲")).unwrap();
    /// ours.lists.push(list.into()).unwrap();
    /// let mut none = |_: &str, _: [&_; 3]| (Identity::default(), Vec::new());
    /// let (merged, _) = MergedPortfolio::of([&base, &ours, &base], &mut none);
    /// assert_eq!(merged.lists["licensing"].list().len(), 1);
    /// ```
    #[inline]
    pub fn of(portfolios: [&Portfolio; 3], identity: &mut FindIdentity<'_>) -> (Self, Vec<Problem>) {
        let (mut lists, mut removed, mut problems) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut keys: Vec<String> = Vec::new();
        for list in portfolios.iter().flat_map(|portfolio| portfolio.lists.iter()) {
            keys.push(list.key().into_owned());
        }
        keys.order();
        keys.dedup();
        for key in keys {
            let [base, ours, theirs] = portfolios.map(|portfolio| portfolio.lists.get(&key));
            let Some(any) = base.or(ours).or(theirs) else { continue };
            let header = match base {
                Some(base) => base.header().clone(),
                None => Header { series: any.header().series.clone(), ..Header::default() },
            };
            let emptied = any.emptied(header);
            let three = [base, ours, theirs].map(|list| list.unwrap_or(&emptied));
            let (identity, said) = identity(&key, three);
            problems.extend(said);
            let merged = MergedCatalogue::of(three[0], three[1], three[2], &identity);
            let gone = base.is_some() && (ours.is_none() || theirs.is_none());
            if gone && merged.list.is_empty() && merged.clash.is_none() {
                removed.push(key);
            } else {
                lists.insert(key, merged);
            }
        }
        (Self { lists, removed }, problems)
    }
    /// [`MergedCatalogue::resolve`] of each list. A row is said not to be used where no list uses it.
    #[must_use]
    #[inline]
    pub fn resolve(&self, resolutions: &[Resolution]) -> (Self, Vec<Problem>) {
        let (mut lists, mut errors) = (BTreeMap::new(), Vec::new());
        let mut unused: Option<Vec<Problem>> = None;
        for (key, merged) in &self.lists {
            let (merged, problems) = merged.resolve(resolutions);
            lists.insert(key.clone(), merged);
            let (wrong, here): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::is_error);
            errors.extend(wrong);
            unused = Some(match unused {
                Some(all) => all.into_iter().filter(|problem| here.contains(problem)).collect(),
                None => here,
            });
        }
        errors.extend(unused.unwrap_or_default());
        (Self { lists, removed: self.removed.clone() }, errors)
    }
    /// [`MergedCatalogue::follow`] of each list.
    #[must_use]
    #[inline]
    pub fn follow(&self, policies: &[Policy]) -> Self {
        let lists = self.lists.iter().map(|(key, merged)| (key.clone(), merged.follow(policies)));
        Self { lists: crate::sorting::tree(lists), removed: self.removed.clone() }
    }
    /// Whether nothing is left to decide.
    #[must_use]
    #[inline]
    pub fn is_settled(&self) -> bool {
        self.lists.values().all(|merged| merged.clash.is_none())
    }
}
