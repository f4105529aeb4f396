//! How an item stands to the row of an upper list that it refers to.

use super::codes;

codes! {
    /// How far an item is the row of the upper list that it names (`office.md` 1; general knowledge: no standard numbers it).
    UpperRelation {
        /// It is that item.
        Equal: "equal", "等同", ["同一", "一致", "相同"], { };
        /// It is a part of that item.
        Part: "part", "部分", ["其中一部分", "属于"], { };
        /// It covers more than that item.
        Wider: "wider", "包含", ["大于", "涵盖"], { };
    }
}
