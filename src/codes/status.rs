//! Whether a legal text is in force.

use super::codes;

codes! {
    /// What has become of a legal text (效力状态), as a file of acts says it (`--repealed`).
    ActStatus {
        /// It holds.
        InForce: "in-force", "现行有效", ["有效"], { };
        /// It holds in another wording.
        Amended: "amended", "已修改", ["修改", "修正", "修订", "已修正", "已修订", "已被修改"], { };
        /// It was repealed.
        Repealed: "repealed", "已废止", ["废止"], { };
        /// Its time ran out.
        Expired: "expired", "失效", ["已失效"], { };
    }
}
