//! Items of catalogues whose kind is known at run time: found, written, put together anew.

use super::{AnyCatalogue, AnyCatalogueDelta, DifferentKinds, Recipe};
use crate::catalogue::{Catalogue, Header};
use crate::record::{AnyItem, Item};
use std::sync::Arc;

impl AnyCatalogue {
    /// The item with this key.
    ///
    /// ```
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
    /// let items = SharedList::of([LicensingItem::new("1", "甲许可")]).unwrap();
    /// let list = AnyCatalogue::from(Catalogue::new(Default::default(), items));
    /// assert_eq!(list.item("1").map(|item| item.name()), Some("甲许可"));
    /// assert!(list.item("2").is_none());
    /// ```
    #[must_use]
    #[inline]
    pub fn item(&self, key: &str) -> Option<&dyn AnyItem> {
        each!(Self(self), list => list.items.get(key).map(|item| item as &dyn AnyItem))
    }
    /// The place of the item with this key.
    #[inline]
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        each!(Self(self), list => list.items.position(key))
    }
    /// The editions of parts of a year as one list ([`Catalogue::union`]).
    ///
    /// # Errors
    /// They are of different kinds.
    #[inline]
    pub fn union(parts: &[Self]) -> Result<Self, DifferentKinds> {
        let Some(last) = parts.last() else { return Ok(Self::Custom(Catalogue::default())) };
        if let Some(other) = parts.iter().find(|part| part.kind() != last.kind()) {
            return Err(DifferentKinds { left: other.kind(), right: last.kind() });
        }
        let mut owner: std::collections::HashMap<String, (usize, usize)> = std::collections::HashMap::new();
        let mut order: Vec<String> = Vec::new();
        for (part, list) in parts.iter().enumerate() {
            for (at, item) in list.items().iter().enumerate() {
                let key = item.key().into_owned();
                if owner.insert(key.clone(), (part, at)).is_none() {
                    order.push(key);
                }
            }
        }
        let picks: Vec<(usize, usize)> = order.iter().filter_map(|key| owner.get(key).copied()).collect();
        let mut header = last.header().clone();
        if parts.len() > 1 {
            header.declared = None;
            header.parents = crate::List::new();
            for part in parts {
                let _ = header.parents.push(part.header().edition.as_str().into());
            }
        }
        let lists: Vec<&Self> = parts.iter().collect();
        Ok(last.picked(header, &lists, &picks))
    }
    /// A list of this kind with items of these lists: for each the list and the position in it.
    #[inline]
    pub(crate) fn picked(&self, header: Header, lists: &[&Self], picks: &[(usize, usize)]) -> Self {
        let recipe = |&from: &(usize, usize)| Recipe { from: Some(from), ..Recipe::default() };
        let recipes: Vec<Recipe> = picks.iter().map(recipe).collect();
        Self::assembled(lists, self.kind(), header, &recipes).0
    }
    /// The JSON of the items at positions that are wanted, in order.
    #[inline]
    pub(crate) fn each_item_json(
        &self,
        wanted: &dyn Fn(usize) -> bool,
        take: &mut dyn FnMut(usize, &serde_json::Value),
    ) {
        fn each_json<T: Item>(
            items: &[Arc<T>],
            wanted: &dyn Fn(usize) -> bool,
            take: &mut dyn FnMut(usize, &serde_json::Value),
        ) {
            for (at, item) in items.iter().enumerate() {
                if wanted(at) {
                    take(at, &crate::__private::as_json(&**item));
                }
            }
        }
        each!(Self(self), list => each_json(list.items.handles(), wanted, take));
    }
    /// For each item of `after` the position of the equal item of this list; `None` where there is none.
    #[inline]
    pub(crate) fn equal_items(&self, after: &Self) -> Vec<Option<usize>> {
        fn positions<T: Item>(before: &Catalogue<T>, after: &Catalogue<T>) -> Vec<Option<usize>> {
            let mut out = Vec::with_capacity(after.items.len());
            for item in after.items.handles() {
                let there = before.items.position(&item.key());
                let is_equal = |at: &usize| {
                    before.items.handles().get(*at).is_some_and(|old| Arc::ptr_eq(old, item) || old == item)
                };
                out.push(there.filter(is_equal));
            }
            out
        }
        same_kind!(self, after, |a, b, T, Delta| positions(a, b), vec![None; after.len()])
    }
}
