//! Whether a list is for all levels below or for one level's own offices.

use super::codes;

codes! {
    /// What a list covers (通用清单, 本级清单): an own-level list must be a subset of the general one.
    ///
    /// From the report that names 海东市行政许可事项通用清单 and 海东市市本级…清单 (domain.md 0.5); no standard
    /// numbers it.
    Scope {
        /// All levels of the region.
        General: "general", "通用", ["通用清单"], { };
        /// The issuing level's own offices.
        OwnLevel: "own-level", "本级", ["本级清单", "市本级", "县本级", "省本级", "区本级"], { };
    }
}
