//! A list put together from items, fields and texts: how a verb makes a list without knowing its kind.

use super::{AnyCatalogue, Kind};
use crate::catalogue::{Catalogue, Header};
use crate::keyed::SharedList;
use crate::record::{Item, derived_id};
use crate::value::Cell;
use std::any::Any;

/// An item of one of the lists that are put together: which list, which item.
pub(crate) type Source = (usize, usize);

/// How an item is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recipe {
    /// The item that it begins as; `None`: empty.
    pub(crate) from: Option<Source>,
    /// Fields that are another item's, by place.
    pub(crate) fields: Vec<(usize, Source)>,
    /// Fields that are read from a table's cell.
    pub(crate) cells: Vec<(usize, String)>,
    /// Extra columns, by header; `None`: without it.
    pub(crate) extra: Vec<(String, Option<String>)>,
    /// Its id, if it gets another.
    pub(crate) id: Option<String>,
    /// Whether its id, if it is a derived one, is derived anew from its parts.
    pub(crate) derive: bool,
}

impl AnyCatalogue {
    /// The list that recipes make of lists of one kind, with the keys of its items: a key that is taken gets a number, where
    /// the kind has room for one; an item that finds none is left out (`None`).
    ///
    /// Linear in the recipes.
    #[inline]
    pub(crate) fn assembled(
        lists: &[&Self],
        kind: Kind,
        header: Header,
        recipes: &[Recipe],
    ) -> (Self, Vec<Option<String>>) {
        let inner: Vec<&dyn Any> =
            lists.iter().map(|list| each!(Self(list), list => list as &dyn Any)).collect();
        of_kind!(kind, T, Any => {
            let (list, keys) = assembled::<T>(&inner, header, recipes);
            (Any(list), keys)
        })
    }
}

#[inline]
fn assembled<T: Item>(
    lists: &[&dyn Any],
    header: Header,
    recipes: &[Recipe],
) -> (Catalogue<T>, Vec<Option<String>>) {
    let lists: Vec<Option<&Catalogue<T>>> = lists.iter().map(|list| list.downcast_ref()).collect();
    let item = |(list, item): Source| lists.get(list).copied().flatten()?.items.at(item);
    let mut items = SharedList::new();
    let mut keys = Vec::with_capacity(recipes.len());
    let mut said = Vec::new();
    for recipe in recipes {
        let mut made: T = recipe.from.and_then(item).cloned().unwrap_or_default();
        for (field, source) in &recipe.fields {
            if let Some(other) = item(*source) {
                made.copy_field(*field, other);
            }
        }
        for (field, text) in &recipe.cells {
            made.set_cell(*field, text, &mut Cell { said: &mut said });
        }
        if let Some(extra) = made.extra_mut() {
            for (header, text) in &recipe.extra {
                match text {
                    Some(text) => extra.set(header, text.as_str().into()),
                    None => _ = extra.remove(header),
                }
            }
        }
        if let Some(id) = &recipe.id {
            made.set_id(id.clone());
        }
        if recipe.derive && made.is_derived() {
            let id = derived_id(&made.identity());
            if id != Item::id(&made) {
                made.set_id(id);
                // The number told rows of the old id apart.
                if let Some(at) = T::FIELDS.iter().position(|field| field.name == "occurrence") {
                    made.copy_field(at, &T::default());
                }
            }
        }
        keys.push(place(&mut items, made));
    }
    (Catalogue::new(header, items), keys)
}

/// Puts an item at the end under a key of its own.
fn place<T: Item>(items: &mut SharedList<T>, mut item: T) -> Option<String> {
    for occurrence in 2..=u32::MAX {
        let key = item.key().into_owned();
        if items.get(&key).is_none() {
            return items.push(item).is_ok().then_some(key);
        }
        if !item.set_occurrence(occurrence) {
            return None;
        }
    }
    None
}
