//! Which entry became which: identity, as an input of comparing and merging.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Which entries became which, at every place of a value: a tree whose steps are names of fields and
/// keys (before) of entries.
///
/// At each place a partial injection of keys before to keys after ([`link`](Pairs::link)), and keys
/// that stand for two things before and after ([`part`](Pairs::part)). A key that no link names keeps
/// itself, unless a link took it or it is parted.
///
/// ```
/// use qingdan::Pairs;
/// let mut pairs = Pairs::none();
/// pairs.at("items").link("A1", "B7").unwrap();
/// assert_eq!(pairs.inside("items").after("A1"), Some("B7"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pairs {
    links: BTreeMap<String, String>,
    taken: BTreeMap<String, String>,
    parted: BTreeSet<String>,
    inside: BTreeMap<String, Pairs>,
}

/// A key already has a partner at this place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{before}` and `{after}` cannot be linked: `{taken}` already has a partner; refuse one of the links"
)]
pub struct Taken {
    /// The key before.
    pub before: String,
    /// The key after.
    pub after: String,
    /// Which of the two has one.
    pub taken: String,
}

static NONE: Pairs = Pairs {
    links: BTreeMap::new(),
    taken: BTreeMap::new(),
    parted: BTreeSet::new(),
    inside: BTreeMap::new(),
};

impl Pairs {
    /// Every key keeps itself.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }
    /// The pairs at a place below: a field's name or an entry's key before.
    pub fn at(&mut self, step: &str) -> &mut Self {
        self.inside.entry(step.to_owned()).or_default()
    }
    /// The pairs at a place below.
    #[must_use]
    pub fn inside(&self, step: &str) -> &Self {
        // Most values are compared without any pairs: no text is looked up then.
        if self.inside.is_empty() { &NONE } else { self.inside.get(step).unwrap_or(&NONE) }
    }
    /// The entry `before` became the entry `after`.
    ///
    /// # Errors
    /// One of them has another partner.
    pub fn link(&mut self, before: impl Into<String>, after: impl Into<String>) -> Result<(), Taken> {
        let (before, after) = (before.into(), after.into());
        let other =
            |taken: &str| Taken { before: before.clone(), after: after.clone(), taken: taken.to_owned() };
        if self.links.get(&before).is_some_and(|a| *a != after) {
            return Err(other(&before));
        }
        if self.taken.get(&after).is_some_and(|b| *b != before) {
            return Err(other(&after));
        }
        self.taken.insert(after.clone(), before.clone());
        self.links.insert(before, after);
        Ok(())
    }
    /// `key` before and `key` after are two things.
    pub fn part(&mut self, key: impl Into<String>) {
        self.parted.insert(key.into());
    }
    /// The key that a link gives to `before`.
    #[must_use]
    pub fn after(&self, before: &str) -> Option<&str> {
        self.links.get(before).map(String::as_str)
    }
    /// The key before that a link gives to `after`.
    #[must_use]
    pub fn before(&self, after: &str) -> Option<&str> {
        self.taken.get(after).map(String::as_str)
    }
    /// Whether `key` keeps itself here: no link names or takes it, and it is not parted.
    #[must_use]
    pub fn keeps(&self, key: &str) -> bool {
        !(self.links.contains_key(key) || self.taken.contains_key(key) || self.parted.contains(key))
    }
    /// Whether `before` and `after` may be paired by what they look like.
    pub(crate) fn allows(&self, before: &str, after: &str) -> bool {
        !(self.links.contains_key(before)
            || self.taken.contains_key(after)
            || self.parted.contains(before)
            || self.parted.contains(after))
    }
    /// The links at this place.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.links.iter().map(|(b, a)| (b.as_str(), a.as_str()))
    }
    /// Whether nothing is said at this place itself.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.links.is_empty() && self.parted.is_empty()
    }
    /// The same pairs, read from after to before.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let inside = self.inside.iter().map(|(step, pairs)| {
            let step = self.after(step).map_or(Cow::Borrowed(step.as_str()), |a| Cow::Owned(a.to_owned()));
            (step.into_owned(), pairs.inverse())
        });
        Self {
            links: self.taken.clone(),
            taken: self.links.clone(),
            parted: self.parted.clone(),
            inside: crate::sorting::tree(inside),
        }
    }
}
