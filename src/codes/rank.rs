//! The ranks of legal texts.

use super::codes;

codes! {
    /// Rank of a legal text (法律位阶), from the constitution down.
    ///
    /// 立法法 orders constitution, laws, regulations and rules; decisions of the State Council can set licences
    /// (行政许可法 14), normative documents cannot (行政许可法 17). Party documents and standards are no law;
    /// lists cite them all the same.
    Rank {
        /// 宪法.
        Constitution: "constitution", "宪法", [], {};
        /// 法律: of the National People's Congress or its Standing Committee.
        Law: "law", "法律", [], {};
        /// 行政法规: of the State Council.
        AdministrativeRegulation: "administrative-regulation", "行政法规", ["行法规"], {};
        /// 国务院决定, 国务院命令.
        StateCouncilDecision: "state-council-decision", "国务院决定", ["国务院命令", "国务院文件"], {};
        /// 法规: a list that does not say whose.
        Regulation: "regulation", "法规", [], {};
        /// 地方性法规, with 自治条例 and 单行条例.
        LocalRegulation: "local-regulation", "地方性法规", ["地方法规", "自治条例", "单行条例"], {};
        /// 部门规章: of a ministry.
        DepartmentRule: "department-rule", "部门规章", ["部令"], {};
        /// 地方政府规章.
        LocalGovernmentRule: "local-government-rule", "地方政府规章", ["政府规章"], {};
        /// 规章: a list that does not say whose.
        Rule: "rule", "规章", [], {};
        /// 规范性文件: numbered documents.
        NormativeDocument: "normative-document", "规范性文件", ["行政规范性文件"], {};
        /// 党内法规 and other documents of the Party.
        PartyDocument: "party-document", "党内法规", ["党的文件"], {};
        /// 标准: GB, JGJ and the like.
        Standard: "standard", "标准", ["国家标准", "行业标准"], {};
    }
}
