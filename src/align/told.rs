//! Which differences partners are told of.

use crate::codes::AdjustmentKind;
use crate::record::Field;

/// Fields that say which row it is, where and since when, and nothing of what partners have to agree on.
const OF_THE_ROW: &[&str] = &[
    "id",
    "derived",
    "occurrence",
    "parent",
    "part",
    "contact",
    "extra",
    "edition_note",
    "version",
    "upper_refs",
    // Who it is: the body is compared by what it is for, its code is its own.
    "authority_code",
    "local_code",
    "handling_code",
    "certificate_codes",
    "guide",
    // The relation of a cross-region item: each place is at home in its own list.
    "home",
    "receiving",
    "item",
    "region_items",
    "windows",
];

/// Whether a difference in a field is told.
#[inline]
pub(super) fn is_told(field: &Field) -> bool {
    // A lower list may cite acts of its own; partners have to know on what each of them stands.
    let free = field.lower == Some("free") && field.adjusts != Some(AdjustmentKind::BasisChanged);
    !field.marks.position && !field.marks.apart && !free && !OF_THE_ROW.contains(&field.name)
}
