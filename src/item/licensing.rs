//! Administrative licensing items (行政许可事项清单).

use super::{columns, read_level_cell};
use crate::codes::{ItemState, Level};
use crate::term::{Authority, Citation, Delegation, LevelBody, TimeLimit, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One administrative licensing item (行政许可事项).
///
/// The columns are those of the national table (国办发〔2022〕2号) and of local lists as published
/// (杭州 2022, 西昌 2025, 延安 2024); 主项 and 子项 are items of one flat list with a `parent`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "licensing-item", kind = "licensing")]
#[non_exhaustive]
pub struct LicensingItem {
    /// Its code as the list gives it (事项编码, 基本编码), or an id derived from its parts.
    #[record(key, column("事项编码", "基本编码", "许可事项编码", "项目编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number (1、729; 1.1).
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (许可事项名称).
    #[record(identity, columns = columns::NAME, column("许可事项名称", "行政许可事项名称", "项目名称", "许可事项", "主项名称", "事项", "审批事项", "审批事项名称", "行政审批事项名称", "许可项目名称", "主项", "事项名称/主项"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, column("行政许可事项子项名称", "事项名称/子项"), lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Competent departments (主管部门).
    #[record(columns = columns::DEPARTMENT, column("责任单位"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who grants the licence (实施机关).
    #[record(columns = columns::AUTHORITIES, column("审批部门", "许可机关", "实施部门", "审批机关", "实施单位"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Departments and authorities of several levels, where the list has a column for each (省级主管部门, 县级实施机关). The
    /// list's own stand in `department` and `authorities` alone; where no column is without a level, those are the
    /// highest level's.
    #[record(columns = columns::BODIES, spread = columns::BODIES_BY_LEVEL, adjusts = AuthorityChanged)]
    pub bodies_by_level: List<LevelBody>,
    /// Setting and implementing basis in one column (设定和实施依据).
    #[record(columns = columns::COMBINED_BASIS, columns = columns::BASIS, column("审批依据", "设立依据", "许可依据"), lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Setting basis, where the list splits the two (设定依据).
    #[record(columns = columns::SETTING_BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub setting_basis: List<Citation>,
    /// Implementing basis, where the list splits the two (实施依据).
    #[record(columns = columns::IMPLEMENTING_BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub implementing_basis: List<Citation>,
    /// Levels that exercise it (行使层级).
    #[record(identity, columns = columns::LEVELS, column("审批层级"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the main item that a sub item belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Rows of the upper lists that the item comes from (上级清单序号, 国家清单序号).
    #[record(columns = columns::UPPER_REFS, spread = columns::UPPER_REFS_BY_LEVEL)]
    pub upper_refs: List<UpperRef>,
    /// The level that set the item, as the list states it (设定层级): never computed.
    #[record(columns = columns::ORIGIN)]
    pub origin: Text,
    /// Whether it concerns enterprises (是否涉企).
    #[record(columns = columns::FOR_ENTERPRISES)]
    pub for_enterprises: Option<bool>,
    /// Delegated, entrusted or conferred, and to whom (委托/下放情况).
    #[record(columns = columns::DELEGATION, column("下放情况", "委托情况", "赋权情况"), adjusts = Entrusted)]
    pub delegation: List<Delegation>,
    /// Where licences are concentrated: the department that had the power (相对集中许可: 划出部门).
    #[record(column("划出部门", "原审批部门", "原实施部门"), adjusts = AuthorityChanged)]
    pub setting_department: List<Text>,
    /// Where licences are concentrated: the department that decides now (相对集中许可: 行使部门).
    #[record(column("行使部门", "集中行使部门", "行政审批部门"), adjusts = AuthorityChanged)]
    pub deciding_department: List<Text>,
    /// Limits of the authority (权限内, 限额), where the list has a column of its own.
    #[record(column("权限范围", "限额", "权限内"))]
    pub scope_limit: Text,
    /// The last day of a temporary licence (一年期的临时性许可).
    #[record(column("临时许可截止日期", "有效期至"))]
    pub temporary_until: Option<When>,
    /// Statutory limit (法定办结时限).
    #[record(columns = columns::STATUTORY_LIMIT, column("审批时限/法定", "办理时限/法定", "办结时限/法定"), lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// Promised limit (承诺办结时限).
    #[record(columns = columns::PROMISED_LIMIT, column("审批时限/承诺", "办理时限/承诺", "办结时限/承诺"), lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// Field of trade (行业领域).
    #[record(column("行业领域", "领域"))]
    pub sector: Text,
    /// The office that handles it (承办机构).
    #[record(columns = columns::UNDERTAKERS)]
    pub undertakers: List<Text>,
    /// State (事项状态).
    #[record(columns = columns::STATE, adjusts = Suspended)]
    pub state: Option<ItemState>,
    /// The mark that the list itself gives to what is new (本年新增, 修改, 无变化).
    #[record(columns = columns::EDITION_NOTE)]
    pub edition_note: Text,
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

impl LicensingItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
