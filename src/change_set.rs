//! What changed between two editions of a list, as a value.

use crate::adjustment::Adjustment;
use crate::catalogue::{Catalogue, Edition};
use crate::diff::{Comparing, Differences};
use crate::keyed::KeyedDelta;
use crate::mismatch::Mismatches;
use crate::pairs::Pairs;
use crate::record::Item;
use crate::value::{self, Value};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The change from one edition to the next: an envelope around the delta of a catalogue.
///
/// The delta says what changed; `before` and `after` name the editions and take no part in it.
/// Applying the envelope sets label and parents as `after` says.
///
/// ```
/// use qingdan::{Catalogue, ChangeSet, LicensingItem};
/// let mut old = Catalogue::<LicensingItem>::default();
/// old.items.push(LicensingItem::new("1", "甲")).unwrap();
/// let mut new = old.clone();
/// new.items.update("1", |item| item.name = "乙".into()).unwrap();
/// let changes = ChangeSet::between(&old, &new);
/// assert_eq!(changes.apply(&old).unwrap(), new);
/// assert_eq!(changes.inverse().apply(&new).unwrap(), old);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
#[non_exhaustive]
pub struct ChangeSet<T: Item> {
    /// The edition that it begins with.
    #[serde(default, skip_serializing_if = "Value::is_absent")]
    pub before: Edition,
    /// The edition that it leads to.
    #[serde(default, skip_serializing_if = "Value::is_absent")]
    pub after: Edition,
    /// What changed; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::keyed::present")]
    pub delta: Option<<Catalogue<T> as Value>::Delta>,
}

impl<T: Item> ChangeSet<T> {
    /// What changed between two lists whose items keep their ids.
    ///
    /// Linear in both.
    #[must_use]
    pub fn between(before: &Catalogue<T>, after: &Catalogue<T>) -> Self {
        Self::between_as(before, after, &Pairs::none())
    }
    /// What changed between two lists, told which items became which ([`crate::matching`]).
    #[must_use]
    pub fn between_as(before: &Catalogue<T>, after: &Catalogue<T>, pairs: &Pairs) -> Self {
        Self {
            before: Edition::of(&before.header),
            after: Edition::of(&after.header),
            delta: value::diff_as(before, after, pairs),
        }
    }
    /// The same change set with the digests of both lists, so that whoever applies it knows whether it
    /// is for the list in hand. Types every item of both.
    #[must_use]
    pub fn with_digests(mut self, before: &Catalogue<T>, after: &Catalogue<T>) -> Self {
        self.before.digest = crate::digest::of(before);
        self.after.digest = crate::digest::of(after);
        self
    }
    /// What changed, in the words of the field, ready for reports. `before` and `after` are the lists
    /// that the change set leads from and to.
    ///
    /// Linear in the change set, beside looking up its items.
    #[must_use]
    pub fn differences(
        &self,
        before: &Catalogue<T>,
        after: &Catalogue<T>,
        comparing: &Comparing,
    ) -> Differences {
        Differences::of(self, before, after, comparing)
    }
    /// What happened to each item, in the new list's order, what is gone at its old place.
    #[must_use]
    pub fn adjustments(&self, before: &Catalogue<T>, after: &Catalogue<T>) -> Vec<Adjustment> {
        self.differences(before, after, &Comparing::default()).adjustments
    }
    /// What changed of the items.
    #[must_use]
    pub fn items(&self) -> Option<&KeyedDelta<T>> {
        self.delta.as_ref()?.items.as_deref()
    }
    /// Whether nothing changed, but for label and parents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.delta.is_none()
    }
    /// The list with the change made, labelled as `after` says.
    ///
    /// # Errors
    /// Every place where the change does not fit; nothing is changed then.
    pub fn apply(&self, list: &Catalogue<T>) -> Result<Catalogue<T>, Mismatches> {
        value::patched(list, self.delta.as_ref()).map(|list| self.labelled(list))
    }
    /// The list with what fits of the change made, and every place where it does not fit.
    #[must_use]
    pub fn apply_as_far_as_it_fits(&self, list: &Catalogue<T>) -> (Catalogue<T>, Option<Mismatches>) {
        let (list, mismatches) = value::patched_as_far_as_it_fits(list, self.delta.as_ref());
        (self.labelled(list), mismatches)
    }
    fn labelled(&self, mut list: Catalogue<T>) -> Catalogue<T> {
        list.header.edition.clone_from(&self.after.edition);
        list.header.parents.clone_from(&self.after.parents);
        list
    }
    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
            delta: value::inverse::<Catalogue<T>>(self.delta.as_ref()),
        }
    }
    /// Two change sets as one: `next` begins where this one ends.
    ///
    /// # Errors
    /// Every place where it does not, as far as both speak of one thing.
    pub fn then(&self, next: &Self) -> Result<Self, Mismatches> {
        Ok(Self {
            before: self.before.clone(),
            after: next.after.clone(),
            delta: value::then::<Catalogue<T>>(self.delta.as_ref(), next.delta.as_ref())?,
        })
    }
}

impl<T: Item> schemars::JsonSchema for ChangeSet<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("change-set_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let edition = crate::parts::reference::<Edition>(generator);
        let delta = crate::parts::reference::<<Catalogue<T> as Value>::Delta>(generator);
        change_set_schema(&edition, &delta)
    }
}

fn change_set_schema(edition: &schemars::Schema, delta: &schemars::Schema) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object",
        "properties": {"before": edition, "after": edition, "delta": delta},
        "additionalProperties": false,
    })
}
