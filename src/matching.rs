//! Which item of the old list is which of the new one, where ids do not say.
//!
//! Lists with ids of their own are paired by id. Where a list has none, items are paired by the parts
//! that their derived ids are made of, in normal form: an equal authority first, the occurrence last.
//! Fuzzy matching will come in here: it, too, makes [`Pairs`].

use crate::catalogue::Catalogue;
use crate::pairs::Pairs;
use crate::record::Item;
use crate::text::normal;
use crate::text_atom::Text;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Which items became which. Items that keep their ids need no word; `None` where no item needs one.
///
/// Linear.
#[must_use]
pub fn pair_items<T: Item>(before: &Catalogue<T>, after: &Catalogue<T>) -> Pairs {
    let derived = |list: &Catalogue<T>| list.items.iter().any(Item::is_derived);
    if !derived(before) && !derived(after) {
        return Pairs::none();
    }
    pair_known(&known(before), &known(after))
}

/// What an item is paired by.
struct Known {
    key: String,
    /// The parts of a derived id in normal form, with their places so that a part that is missing shows.
    form: String,
    /// Who has the item, in normal form: the authorities, or the departments where the list has no other.
    holder: String,
    occurrence: Option<u32>,
}

fn known<T: Item>(list: &Catalogue<T>) -> Vec<Known> {
    let mut known = Vec::with_capacity(list.items.len());
    for item in list.items.iter() {
        known.push(Known {
            key: item.key().into_owned(),
            form: form(&item.identity()),
            holder: holder(item.authorities(), item.department()),
            occurrence: item.occurrence(),
        });
    }
    known
}

/// Knows nothing of the kind: compiled once.
fn pair_known(before: &[Known], after: &[Known]) -> Pairs {
    let mut pairs = Pairs::none();
    let items = pairs.at("items");
    let mut groups: HashMap<&str, (Vec<&Known>, Vec<&Known>)> = HashMap::new();
    for item in before {
        groups.entry(&item.form).or_default().0.push(item);
    }
    for item in after {
        groups.entry(&item.form).or_default().1.push(item);
    }
    let mut linked_before: HashSet<&str> = HashSet::new();
    let mut linked_after: HashSet<&str> = HashSet::new();
    for (mut olds, mut news) in groups.into_values() {
        // One that is equal but for the id, then one of the same authority, then in order.
        let rounds: [fn(&Known, &Known) -> bool; 3] = [
            |a, b| a.holder == b.holder && a.occurrence == b.occurrence,
            |a, b| a.holder == b.holder,
            |_, _| true,
        ];
        for same in rounds {
            olds.retain(|a| {
                let Some(at) = news.iter().position(|b| same(a, b)) else { return true };
                let b = news.remove(at);
                if !linked_before.contains(&*a.key)
                    && !linked_after.contains(&*b.key)
                    && items.link(&a.key, &b.key).is_ok()
                {
                    linked_before.insert(&a.key);
                    linked_after.insert(&b.key);
                }
                false
            });
        }
    }
    // A derived id says nothing about another edition: what found no partner is not the one that has
    // its key by chance.
    let after_keys: HashSet<&str> = after.iter().map(|item| item.key.as_str()).collect();
    for key in before.iter().map(|item| item.key.as_str()) {
        let open = !linked_before.contains(key) || !linked_after.contains(key);
        if open && after_keys.contains(key) {
            items.part(key);
        }
    }
    pairs
}

fn form(parts: &[Cow<'_, str>]) -> String {
    parts.iter().map(|part| normal(part)).collect::<Vec<_>>().join("\u{1f}")
}

fn holder(authorities: Vec<Cow<'_, str>>, departments: &[Text]) -> String {
    let departments = departments.iter().map(|d| Cow::Borrowed(d.as_str()));
    let bodies = if authorities.is_empty() { departments.collect() } else { authorities };
    bodies.iter().map(|body| normal(body)).collect::<Vec<_>>().join("、")
}
