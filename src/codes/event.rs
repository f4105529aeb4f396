//! Facts that change many items at once.

use super::codes;

codes! {
    /// What happened to many items at once. A list of this library's own; the kinds are those of office.md 4.
    EventKind {
        /// A body has another name.
        OrganRenamed: "organ-renamed", "机构更名", [], { };
        /// A body became several.
        OrganSplit: "organ-split", "机构分设", [], { };
        /// Several bodies became one.
        OrganMerged: "organ-merged", "机构合并", [], { };
        /// What a body did another one does: one of them stands in both editions.
        FunctionsMoved: "functions-moved", "职能划转", [], { };
        /// An act was amended: another history or number under one title.
        ActAmended: "act-amended", "依据修正", [], { };
        /// The articles of an act have other numbers.
        ArticlesRenumbered: "articles-renumbered", "条文序号调整", [], { };
        /// One act stands where another stood.
        ActReplaced: "act-replaced", "依据替换", [], { };
        /// The limits of a department became shorter.
        LimitsShortened: "limits-shortened", "时限压减", [], { };
        /// One decision stands behind them.
        OneDecision: "one-decision", "同一决定", [], { };
        /// Characters that mean the same stand for one another (brackets, blanks, full stops).
        Respelled: "respelled", "文字规范", [], { };
    }
}
