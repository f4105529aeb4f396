//! Which item of the old list is which of the new one, where ids do not say.
//!
//! Lists with ids of their own are paired by id. Where a list has none, items are paired by the parts
//! that their derived ids are made of, in normal form: an equal authority first, the occurrence last.
//! Fuzzy matching will come in here: it, too, makes [`Pairs`].

use crate::catalogue::Catalogue;
use crate::pairs::Pairs;
use crate::record::Item;
use crate::text::normal;
use std::borrow::Cow;
use std::collections::HashMap;

/// Which items became which. Items that keep their ids need no word; `None` where no item needs one.
///
/// Linear.
#[must_use]
pub fn pair_items<T: Item>(before: &Catalogue<T>, after: &Catalogue<T>) -> Pairs {
    let mut pairs = Pairs::none();
    let derived = |list: &Catalogue<T>| list.items.iter().any(Item::is_derived);
    if !derived(before) && !derived(after) {
        return pairs;
    }
    let items = pairs.at("items");
    let mut groups: HashMap<String, (Vec<&T>, Vec<&T>)> = HashMap::new();
    for item in before.items.iter() {
        groups.entry(form(item)).or_default().0.push(item);
    }
    for item in after.items.iter() {
        groups.entry(form(item)).or_default().1.push(item);
    }
    let mut linked_before = std::collections::HashSet::new();
    let mut linked_after = std::collections::HashSet::new();
    let mut link = |a: &T, b: &T| {
        let (a, b) = (a.key().into_owned(), b.key().into_owned());
        if !linked_before.contains(&a) && !linked_after.contains(&b) && items.link(&a, &b).is_ok() {
            linked_before.insert(a);
            linked_after.insert(b);
        }
    };
    for (olds, news) in groups.values() {
        // One that is equal but for the id, then one of the same authority, then in order.
        type Same<T> = dyn Fn(&T, &T) -> bool;
        let rounds: [&Same<T>; 3] = [
            &|a, b| holder(a) == holder(b) && a.occurrence() == b.occurrence(),
            &|a, b| holder(a) == holder(b),
            &|_, _| true,
        ];
        let (mut olds, mut news) = (olds.clone(), news.clone());
        for same in rounds {
            olds.retain(|a| {
                let Some(at) = news.iter().position(|b| same(a, b)) else { return true };
                link(a, news.remove(at));
                false
            });
        }
    }
    // A derived id says nothing about another edition: what found no partner is not the one that has
    // its key by chance.
    let keys = |list: &Catalogue<T>| -> std::collections::HashSet<String> {
        list.items.iter().map(|item| item.key().into_owned()).collect()
    };
    let after_keys = keys(after);
    for key in keys(before) {
        let open = !linked_before.contains(&key) || !linked_after.contains(&key);
        if open && after_keys.contains(&key) {
            items.part(key);
        }
    }
    pairs
}

/// The parts of a derived id in normal form, with their places so that a part that is missing shows.
fn form<T: Item>(item: &T) -> String {
    let parts = item.identity();
    parts.iter().map(|part| normal(part)).collect::<Vec<_>>().join("\u{1f}")
}

/// Who has the item, in normal form: the authorities, or the departments where the list has no other.
fn holder<T: Item>(item: &T) -> String {
    let authorities = item.authorities();
    let departments = item.department().iter().map(|d| Cow::Borrowed(d.as_str()));
    let bodies = if authorities.is_empty() { departments.collect() } else { authorities };
    bodies.iter().map(|body| normal(body)).collect::<Vec<_>>().join("、")
}
