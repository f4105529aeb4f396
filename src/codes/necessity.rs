//! Whether a material must be there.

use super::codes;

codes! {
    /// Whether an applicant must hand in a material (材料必要性).
    ///
    /// Words of real guides; GB/T 39046 only asks whether it is 必备.
    Necessity {
        /// It must be there.
        Required: "required", "必要", ["必备", "必须", "必要材料", "必备材料"], { };
        /// It may be left out.
        Optional: "optional", "非必要", ["非必备", "可选", "非必要材料", "非必备材料"], { };
        /// It may be handed in later.
        Deferrable: "deferrable", "容缺", ["容缺受理", "可容缺", "容缺材料", "可容缺受理", "容缺后补"], { };
    }
}
