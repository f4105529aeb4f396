//! How a lower list's value may stand to the upper list's (what may legitimately differ).
//!
//! A field names its relation with `#[record(lower = relation::AtMost)]`; what needs two fields is a
//! rule of its own.

use crate::keyed::{List, Set};
use crate::record::Entry;
use crate::value::Value;

/// A relation between a lower list's value and the upper list's.
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot be held against the upper list by this relation",
    note = "`Equal` and `Free` hold for every field, `Subset` for lists and sets, `AtMost` for what is ordered"
)]
pub trait Relation<T> {
    /// Its name.
    const NAME: &'static str;
    /// Whether the lower value stands to the upper one as it should.
    fn holds(lower: &T, upper: &T) -> bool;
}

/// Equal in normal form.
#[derive(Clone, Copy, Debug)]
pub struct Equal;
/// Nothing that the upper value does not have.
#[derive(Clone, Copy, Debug)]
pub struct Subset;
/// No larger than the upper value; what is absent on either side is not compared.
#[derive(Clone, Copy, Debug)]
pub struct AtMost;
/// The abstract value of the upper list made concrete here (县级林草部门 as 区林业局): there is one where
/// the upper list has one. Whether it is the right one is a rule of its own.
#[derive(Clone, Copy, Debug)]
pub struct Concretise;
/// Whatever the lower list says.
#[derive(Clone, Copy, Debug)]
pub struct Free;

impl<T: Value> Relation<T> for Equal {
    const NAME: &'static str = "equal";
    fn holds(lower: &T, upper: &T) -> bool {
        lower.alike(upper)
    }
}
impl<T: Value> Relation<T> for Free {
    const NAME: &'static str = "free";
    fn holds(_: &T, _: &T) -> bool {
        true
    }
}
impl<T: Value> Relation<T> for Concretise {
    const NAME: &'static str = "concretise";
    fn holds(lower: &T, upper: &T) -> bool {
        upper.is_absent() || !lower.is_absent()
    }
}
impl<T: crate::keyed::Code> Relation<Set<T>> for Subset {
    const NAME: &'static str = "subset";
    fn holds(lower: &Set<T>, upper: &Set<T>) -> bool {
        lower.iter().all(|code| upper.contains(code))
    }
}
impl<T: Entry> Relation<List<T>> for Subset {
    const NAME: &'static str = "subset";
    fn holds(lower: &List<T>, upper: &List<T>) -> bool {
        lower.iter().all(|entry| upper.get(&entry.key()).is_some())
    }
}
impl<T: PartialOrd> Relation<Option<T>> for AtMost {
    const NAME: &'static str = "at-most";
    fn holds(lower: &Option<T>, upper: &Option<T>) -> bool {
        match (lower, upper) {
            // Values that cannot be compared (20 working days and a month) say nothing.
            (Some(lower), Some(upper)) => lower.partial_cmp(upper).is_none_or(std::cmp::Ordering::is_le),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_relation_says_what_may_differ() {
        assert!(<AtMost as Relation<Option<u32>>>::holds(&Some(8), &Some(10)));
        assert!(!<AtMost as Relation<Option<u32>>>::holds(&Some(12), &Some(10)));
        assert!(<AtMost as Relation<Option<u32>>>::holds(&None, &Some(10)));
        assert!(<Equal as Relation<String>>::holds(&"（一）".to_owned(), &"(一)".to_owned()));
        assert!(!<Concretise as Relation<String>>::holds(&String::new(), &"县级林草部门".to_owned()));
    }
}
