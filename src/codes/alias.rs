//! What an alias is a name of.

use super::codes;

codes! {
    /// What a row of an alias file names (`--aliases`).
    AliasKind {
        /// A body.
        Organ: "organ", "机关", ["部门", "机构", "实施机关"], { };
        /// A document that an applicant hands in.
        Material: "material", "材料", ["申请材料"], { };
    }
}
