//! Major administrative decisions (重大行政决策事项目录).

use super::columns;
use crate::codes::{DecisionProcedure, DecisionProgress, ItemState};
use crate::term::{Citation, UpperRef, When};
use crate::{List, Map, Record, Set, Text, relation};

/// One major decision that is to be taken in the year (重大行政决策事项).
///
/// A catalogue may cover part of a year (1—3季度, 第四季度). The item, 承办单位 and the five procedures are verified; 完成时间
/// is general knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "decision-item", kind = "decision")]
#[non_exhaustive]
pub struct DecisionItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("决策事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from its name because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (决策事项名称).
    #[record(identity, column("决策事项名称", "决策事项", "重大行政决策事项", "项目名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Who prepares it (承办单位).
    #[record(column("承办单位", "决策承办单位", "承办部门", "责任单位"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who decides (决策机关).
    #[record(column("决策机关", "决策主体"))]
    pub decided_by: List<Text>,
    /// Who cooperates (配合单位).
    #[record(column("配合单位"), columns = columns::COOPERATING)]
    pub cooperating: List<Text>,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Legal procedures that it goes through (法定程序).
    #[record(
        column("法定程序", "履行程序", "决策程序"),
        ticks(
            "法定程序/公众参与",
            "法定程序/专家论证",
            "法定程序/风险评估",
            "法定程序/合法性审查",
            "法定程序/集体讨论决定",
            "公众参与",
            "专家论证",
            "风险评估",
            "合法性审查",
            "集体讨论决定"
        )
    )]
    pub procedures: Set<DecisionProcedure>,
    /// When the public was heard (公众参与完成日期).
    #[record(column("公众参与完成日期", "公众参与日期"))]
    pub participation_date: Option<When>,
    /// When experts had examined it (专家论证完成日期).
    #[record(column("专家论证完成日期", "专家论证日期"))]
    pub expert_review_date: Option<When>,
    /// When risks had been assessed (风险评估完成日期).
    #[record(column("风险评估完成日期", "风险评估日期"))]
    pub risk_assessment_date: Option<When>,
    /// When its legality had been reviewed (合法性审查完成日期).
    #[record(column("合法性审查完成日期", "合法性审查日期"))]
    pub legality_review_date: Option<When>,
    /// When it was decided (集体讨论决定日期).
    #[record(column("集体讨论决定日期", "集体讨论决定完成日期"))]
    pub collective_decision_date: Option<When>,
    /// When it is to be decided (完成时间, 提请审议时间).
    #[record(columns = columns::DUE, column("完成时间(提请审议时间)", "提请审议时间", "计划完成时间"))]
    pub due: Text,
    /// Quarter in which it is planned (计划季度).
    #[record(column("计划季度", "季度"))]
    pub quarter: Text,
    /// How far it has come (进展).
    #[record(column("进展", "进展情况", "完成情况", "办理状态"))]
    pub progress: Option<DecisionProgress>,
    /// The document that came of it (出台文件).
    #[record(column("出台文件", "印发文件", "出台文件文号"))]
    pub document: Text,
    /// On which ground it is decided (决策依据).
    #[record(column("决策依据"), columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Rows of the upper lists that the item comes from (上级清单序号, 国家清单序号).
    #[record(columns = columns::UPPER_REFS, spread = columns::UPPER_REFS_BY_LEVEL)]
    pub upper_refs: List<UpperRef>,
    /// The level that set the item, as the list states it (设定层级): never computed.
    #[record(columns = columns::ORIGIN)]
    pub origin: Text,
    /// The mark that the list itself gives to what is new (本年新增, 修改, 无变化).
    #[record(columns = columns::EDITION_NOTE)]
    pub edition_note: Text,
    /// State (事项状态).
    #[record(columns = columns::STATE, adjusts = Suspended)]
    pub state: Option<ItemState>,
    /// Remarks (备注).
    #[record(columns = columns::REMARKS)]
    pub remarks: Text,
    /// Whom to ask about the entry (联系方式).
    #[record(columns = columns::CONTACT, lower = relation::Free)]
    pub contact: Text,
    /// The part of the list that it stands in (the title of a sheet or a section).
    #[record(columns = columns::PART)]
    pub part: Text,
    /// Columns that are no field, by header.
    pub extra: Map<Text>,
}

impl DecisionItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}
