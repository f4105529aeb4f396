//! Reports of differences, for people and for programs.

/// The format of a comparison's JSON.
pub const DIFF_FORMAT: &str = "qingdan/diff/1";
