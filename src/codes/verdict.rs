//! What a person says of two items.

use super::codes;

codes! {
    /// What a row of a decisions file says of its items (`--decisions`).
    Verdict {
        /// They are one: the one became the other.
        Same: "same", "同一", ["相同", "确认", "是"], { };
        /// They are two.
        Different: "different", "不同", ["不是", "否认", "否"], { };
        /// A part of the one went over to the other: both may live on, and others may have their part too.
        Part: "part", "部分划转", ["部分", "划入", "划出"], { };
    }
}
