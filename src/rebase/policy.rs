//! What decides where both the upper and the lower list changed a value: the field's relation.

use crate::kind::Kind;
use crate::merge::{Policy, Take};
use crate::value::{Choice, ClashKind};

/// The policies of a kind of list, read off the relation of each field to the upper list ([`Field::lower`](crate::Field)).
/// `theirs` is the upper list seen from below.
///
/// ```
/// use qingdan::{kind::Kind, rebase::policies};
/// let policies = policies(Kind::Licensing);
/// let equal = policies.iter().find(|policy| policy.fields.contains(&"name".to_owned())).unwrap();
/// assert_eq!(equal.who, "policy: equal to the upper list");
/// ```
#[must_use]
#[inline]
pub fn policies(kind: Kind) -> Vec<Policy> {
    let bound = |relation: &str| -> Vec<String> {
        let fields = kind.fields().iter().filter(|field| field.lower == Some(relation));
        fields.map(|field| field.name.to_owned()).collect()
    };
    let mut policies = Vec::new();
    for (relation, take, who) in [
        ("equal", Take::Side(Choice::Theirs), "policy: equal to the upper list"),
        ("at-most", Take::Smaller, "policy: at most the upper list's"),
        ("free", Take::Side(Choice::Ours), "policy: free, the lower list's"),
        ("concretise", Take::Side(Choice::Ours), "policy: made concrete here"),
    ] {
        let fields = bound(relation);
        // A policy without fields would decide every clash.
        if !fields.is_empty() {
            policies.push(Policy::new(take).for_fields(fields).by(who));
        }
    }
    // An item as a whole has no field: what the upper list cancelled goes.
    let cancelled =
        Policy::new(Take::Side(Choice::Theirs)).for_fields([""]).for_kinds([ClashKind::EditRemove]);
    policies.push(cancelled.by("policy: cancelled in the upper list"));
    let order = Policy::new(Take::Side(Choice::Ours)).for_fields([""]).for_kinds([ClashKind::Order]);
    policies.push(order.by("policy: the lower list's order"));
    policies
}
