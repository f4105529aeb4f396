//! What a body is for an item, and does beside others that implement it.

use super::codes;

codes! {
    /// What a body of some level is for an item, where a list has a column for each level (省级主管部门, 县级实施机关).
    BodyRole {
        /// It is in charge.
        Department: "department", "主管部门", [], { };
        /// It implements the item.
        Authority: "authority", "实施机关", ["实施主体"], { };
    }

    /// Part that a body has in an item (牵头、会同、承办…).
    ///
    /// From the words of published lists (domain.md 4.3); no standard numbers them.
    AuthorityRole {
        /// It decides; others work for it.
        Decide: "decide", "决定", ["审批", "批准", "负责决定", "负责审批"], { };
        /// First among several.
        Lead: "lead", "牵头", ["主办", "牵头单位", "主办单位", "牵头部门", "主办部门", "牵头负责", "牵头办理"], { };
        /// Decides together with the one that leads.
        Joint: "joint", "会同", ["联合", "共同", "会同单位", "会同部门"], { };
        /// Helps.
        Cooperate: "cooperate", "配合", ["协办", "协助", "协同", "配合单位", "协办单位", "配合部门"], { };
        /// Acts in another's name.
        Entrusted: "entrusted", "受委托", ["委托", "受委托组织", "受委托机关"], { };
        /// Examines first; another decides.
        FirstReview: "first-review", "初审", ["负责初审"], { };
        /// Does the work for the body that decides.
        Undertake: "undertake", "承办", ["具体承办", "负责承办", "组织承办", "具体办理", "承办单位"], { };
        /// Is asked before: 经…审核, 前置审查.
        Consulted: "consulted", "前置审查", ["实施前置审查", "审核同意", "审查同意"], { };
    }
}
