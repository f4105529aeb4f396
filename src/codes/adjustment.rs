//! The kinds of adjustment, in the order of precedence.

use super::codes;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value as Json};

codes! {
    /// How an item was adjusted from one edition to the next (调整方式).
    ///
    /// A closed list in the order of precedence: an adjustment is named after the first that holds, the
    /// others stand beside it. From the words of adjustment notices (domain.md 3.1); no standard numbers
    /// them.
    AdjustmentKind {
        /// The item is new.
        Added: "added", "新增", ["增加"], { };
        /// The item is gone.
        Removed: "removed", "取消", ["删除", "删去"], { };
        /// One item became several.
        Split: "split", "拆分", ["分设"], { };
        /// Several items became one.
        Merged: "merged", "合并", ["合并实施"], { };
        /// Another name.
        Renamed: "renamed", "更名", ["变更名称", "名称调整"], { };
        /// Another code.
        Recoded: "recoded", "编码调整", ["编码变更"], { };
        /// To a lower level.
        Delegated: "delegated", "下放", ["下放管理层级"], { };
        /// Back to a higher level.
        Withdrawn: "withdrawn", "收回", ["上收"], { };
        /// From a higher level, seen from below.
        TakenOver: "taken-over", "承接", [], { };
        /// To another body by agreement.
        Entrusted: "entrusted", "委托", [], { };
        /// Not exercised for the time being.
        Suspended: "suspended", "暂停", ["暂停实施"], { };
        /// Exercised again.
        Resumed: "resumed", "恢复", ["恢复实施"], { };
        /// Into another list (a licence that became a filing).
        Converted: "converted", "转为其他清单", [], { };
        /// Another mode of reform.
        ModeChanged: "mode-changed", "改革方式调整", [], { };
        /// Other departments or authorities.
        AuthorityChanged: "authority-changed", "实施机关调整", ["主管部门、实施机关调整"], { };
        /// Another legal basis.
        BasisChanged: "basis-changed", "依据调整", ["设定和实施依据调整"], { };
        /// Other sub items.
        SubitemsChanged: "subitems-changed", "子项调整", [], { };
        /// Anything else.
        Edited: "edited", "要素调整", ["其他要素调整"], { };
    }
}

impl AdjustmentKind {
    /// The schema where the list is closed: of the adjustments that are derived.
    pub(crate) fn closed_schema(generator: &mut SchemaGenerator) -> Schema {
        const NAME: &str = "adjustment-kind";
        let slugs: Vec<&str> = Self::ALL.iter().map(Self::as_str).collect();
        let labels: Map<String, Json> =
            Self::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().into())).collect();
        let schema = schemars::json_schema!({"type": "string", "enum": slugs, "x-labels": labels});
        generator.definitions_mut().entry(NAME).or_insert(schema.to_value());
        Schema::new_ref(format!("#/$defs/{NAME}"))
    }
}
