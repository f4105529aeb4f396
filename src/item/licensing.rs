//! Administrative licensing items (行政许可事项清单).

use super::read_level_cell;
use crate::codes::{ItemState, Level};
use crate::term::{Authority, Citation, Date, Delegation, TimeLimit};
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
    #[record(key, column("事项编码", "基本编码", "编码", "事项代码", "许可事项编码", "项目编码"))]
    pub id: String,
    /// Whether the id is derived from name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number (1、729; 1.1).
    #[record(position, column("序号", "编号"))]
    pub serial: Text,
    /// Name as published (许可事项名称).
    #[record(identity, column("事项名称", "许可事项名称", "行政许可事项名称", "项目名称", "许可事项", "主项名称", "名称"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, column("子项名称", "子项", "子项目名称", "行政许可事项子项名称"), lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Competent departments (主管部门).
    #[record(column("主管部门", "中央主管部门", "省级主管部门", "市级主管部门", "区级主管部门", "县级主管部门", "责任部门", "部门"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who grants the licence (实施机关).
    #[record(column("实施机关", "审批部门", "实施主体", "许可机关", "省级实施机关", "市级实施机关"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Setting and implementing basis in one column (设定和实施依据).
    #[record(column("设定和实施依据", "设定及实施依据", "设定与实施依据", "法律依据", "依据"), lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Setting basis, where the list splits the two (设定依据).
    #[record(column("设定依据"), lower = relation::Equal, adjusts = BasisChanged)]
    pub setting_basis: List<Citation>,
    /// Implementing basis, where the list splits the two (实施依据).
    #[record(column("实施依据"), lower = relation::Free, adjusts = BasisChanged)]
    pub implementing_basis: List<Citation>,
    /// Levels that exercise it (行使层级).
    #[record(identity, column("行使层级", "层级", "实施层级", "审批层级"), ticks("行使层级/国家级", "行使层级/省级", "行使层级/市级", "行使层级/县级", "行使层级/乡级", "行使层级/乡镇级", "行使层级/乡镇级及其他", "行使层级/村级"), read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(column("权限说明", "权限划分", "管理权限说明"))]
    pub scope_note: Text,
    /// The id of the main item that a sub item belongs to.
    #[record(reference, column("上级编码", "主项编码", "父项编码"))]
    pub parent: Text,
    /// Serial numbers or codes in the upper list (中央清单序号), as written.
    #[record(column(
        "中央清单序号",
        "国家清单序号",
        "省级清单序号",
        "上级清单序号",
        "中央行政许可事项清单序号",
        "中央行政许可事项清单(2022年版)序号",
        "中央行政许可事项清单(2023年版)序号",
        "对应国家清单序号"
    ))]
    pub upper_refs: Text,
    /// The level that set the item, as the list states it (设定层级): never computed.
    #[record(column("设定层级", "设定级别"))]
    pub origin: Text,
    /// Whether it concerns enterprises (是否涉企).
    #[record(column("是否涉企", "是否涉企许可", "是否涉企经营许可"))]
    pub for_enterprises: Option<bool>,
    /// Delegated, entrusted or conferred, and to whom (委托/下放情况).
    #[record(column("委托下放情况", "委托/下放情况", "下放情况", "委托情况", "赋权情况"))]
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
    pub temporary_until: Option<Date>,
    /// Statutory limit (法定办结时限).
    #[record(column("法定办结时限", "法定时限", "法定审批时限", "法定期限"), lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// Promised limit (承诺办结时限).
    #[record(column("承诺办结时限", "承诺时限", "承诺审批时限", "承诺期限"), lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// Field of trade (行业领域).
    #[record(column("行业领域", "领域"))]
    pub sector: Text,
    /// The office that handles it (承办机构).
    #[record(column("承办机构", "承办单位", "承办处室", "承办科室"))]
    pub undertakers: List<Text>,
    /// State (事项状态).
    #[record(column("事项状态", "状态"), adjusts = Suspended)]
    pub state: Option<ItemState>,
    /// The mark that the list itself gives to what is new (本年新增, 修改, 无变化).
    #[record(column("变动情况", "调整情况"))]
    pub edition_note: Text,
    /// Remarks (备注).
    #[record(column("备注", "说明"))]
    pub remarks: Text,
    /// Whom to ask about the entry (联系方式).
    #[record(column("联系方式", "联系人及电话", "联系电话", "咨询电话"), lower = relation::Free)]
    pub contact: Text,
    /// The part of the list that it stands in (the title of a sheet or a section).
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
