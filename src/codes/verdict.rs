//! What a person says of two items.

use super::codes;

codes! {
    /// What a row of a decisions file says of its items (`--decisions`).
    Verdict {
        /// They are one: the one became the other.
        Same: "same", "同一", ["相同", "确认", "是"], { };
        /// They are two.
        Different: "different", "不同", ["不是", "否认", "否"], { };
    }
}
