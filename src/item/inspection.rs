//! Inspections at random (双随机、一公开抽查事项清单).

use super::{columns, read_level_cell};
use crate::codes::{InspectionWeight, ItemState, Level};
use crate::term::{Authority, Citation, ItemRef, Ratio, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One item of inspection (双随机、一公开抽查事项; since 国办发〔2024〕54号 also 涉企行政检查事项).
///
/// The columns are those of 汾阳, 武汉开发区 and 北京. General knowledge: those of the lists of 市场监管总局 (抽查类别, 事项类别,
/// 检查方式) and 年度检查频次上限, 检查标准.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "inspection-item", kind = "inspection")]
#[non_exhaustive]
pub struct InspectionItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("抽查事项编码", "检查事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from field, name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (抽查事项).
    #[record(identity, column("抽查事项", "抽查事项名称", "检查事项", "检查事项名称", "检查内容", "检查项目"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who starts it (发起部门, 抽查主体).
    #[record(column("发起部门", "抽查主体", "检查主体", "牵头部门", "检查部门"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(columns = columns::AUTHORITIES, column("检查机关"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Field of inspection (抽查领域, 抽查类别).
    #[record(identity, column("抽查领域", "抽查类别", "检查类别", "检查领域", "监管领域"))]
    pub category: Text,
    /// Who cooperates (配合部门).
    #[record(columns = columns::COOPERATING)]
    pub cooperating: List<Text>,
    /// Whether it is a key item (事项类别).
    #[record(column("事项类别", "检查事项类别"))]
    pub weight: Option<InspectionWeight>,
    /// Who is inspected (检查对象).
    #[record(column("检查对象", "抽查对象"))]
    pub objects: Text,
    /// Levels that inspect (抽查层级).
    #[record(identity, column("抽查层级", "实施层级及说明", "检查层级"), columns = columns::LEVELS, ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// How many are inspected (抽查比例).
    #[record(column("抽查比例", "检查比例"))]
    pub ratio: Option<Ratio>,
    /// How many there are (抽查基数).
    #[record(column("抽查基数", "检查对象数", "对象基数"))]
    pub base: Text,
    /// How often (抽查周期).
    #[record(column("抽查周期", "抽查频次", "检查频次", "检查周期"))]
    pub period: Text,
    /// How often a year a subject may be inspected (年度检查频次上限).
    #[record(column("年度检查频次上限", "频次上限", "检查频次上限"))]
    pub frequency_cap: Text,
    /// Ratio by class of risk or credit (分类抽查比例).
    #[record(column("分类抽查比例", "信用风险分类", "风险等级"))]
    pub risk_ratio: Text,
    /// How it is inspected (检查方式).
    #[record(column("检查方式", "抽查方式", "随机抽查方式"))]
    pub way: Text,
    /// By which standard (检查标准).
    #[record(column("检查标准"))]
    pub standard: Text,
    /// Basis (抽查依据, 检查依据).
    #[record(column("抽查依据", "检查依据", "设定依据"), columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// The power of inspection in its list (对应的行政检查事项).
    #[record(column("对应行政检查事项", "对应权责事项", "对应的行政检查事项"))]
    pub items: List<ItemRef>,
    /// Plan that it stands in (抽查计划).
    #[record(column("抽查计划", "计划编号", "抽查计划编号"))]
    pub plan: Text,
    /// Task that came of it (抽查任务).
    #[record(column("抽查任务", "任务编号", "抽查任务编号"))]
    pub task: Text,
    /// In force from (实施日期).
    #[record(column("实施日期"), columns = columns::EFFECTIVE)]
    pub effective: Option<When>,
    /// In force until (失效日期).
    #[record(columns = columns::UNTIL)]
    pub until: Option<When>,
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

impl InspectionItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
