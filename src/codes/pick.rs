//! What is chosen where two sides of a merge clash.

use super::codes;

codes! {
    /// What a row of a resolutions file chooses (`--resolutions`).
    Pick {
        /// The common ancestor's value.
        Base: "base", "原值", ["原"], { };
        /// Our value.
        Ours: "ours", "我方", ["本方"], { };
        /// Their value.
        Theirs: "theirs", "对方", ["他方"], { };
        /// A value of its own.
        Value: "value", "另定", ["另行确定"], { };
        /// Both.
        Both: "both", "并存", ["都保留"], { };
    }
}
