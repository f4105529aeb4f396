//! Key items supervised across departments (跨部门综合监管重点事项清单).

use super::read_level_cell;
use crate::codes::{ItemState, Level};
use crate::term::{Authority, Citation, Date, ItemRef};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One key item that several departments supervise together (国办发〔2023〕1号).
///
/// `department` leads, being the competent department of the trade. General knowledge: the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "supervision-item", kind = "supervision")]
#[non_exhaustive]
pub struct SupervisionItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("监管事项编码", "编码", "事项编码", "事项代码"))]
    pub id: String,
    /// Whether the id is derived from name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, column("序号", "编号"))]
    pub serial: Text,
    /// Name as published (监管事项).
    #[record(identity, column("监管事项", "重点监管事项", "监管事项名称", "重点事项", "事项名称", "名称"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, column("子项名称", "子项"), lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who leads (牵头部门).
    #[record(column("牵头部门", "牵头单位", "行业主管部门", "主管部门", "责任部门", "部门"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(column("实施机关", "实施主体"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Field of supervision (监管领域).
    #[record(column("监管领域", "领域"))]
    pub field: Text,
    /// Who cooperates (配合部门).
    #[record(column("配合部门", "配合单位", "协同部门"))]
    pub cooperating: List<Text>,
    /// Who is supervised (监管对象).
    #[record(column("监管对象"))]
    pub objects: Text,
    /// Levels that exercise it (行使层级).
    #[record(identity, column("行使层级", "层级", "实施层级"), ticks("行使层级/国家级", "行使层级/省级", "行使层级/市级", "行使层级/县级", "行使层级/乡级", "行使层级/乡镇级", "行使层级/乡镇级及其他", "行使层级/村级"), read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(column("权限说明", "权限划分", "管理权限说明"))]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, column("上级编码", "主项编码", "父项编码"))]
    pub parent: Text,
    /// Who does what (职责分工).
    #[record(column("职责分工", "监管职责", "部门职责"))]
    pub duties: Text,
    /// What the leading department does (牵头部门职责).
    #[record(column("牵头部门职责"))]
    pub lead_duties: Text,
    /// What the others do (配合部门职责).
    #[record(column("配合部门职责"))]
    pub cooperating_duties: Text,
    /// How it is supervised (监管方式; 联合双随机, 专项检查…).
    #[record(column("监管方式", "监管措施"))]
    pub way: Text,
    /// What may go wrong (风险点).
    #[record(column("风险点", "风险隐患"))]
    pub risks: Text,
    /// Document with the rules of supervision (监管规则).
    #[record(column("监管规则", "监管规则文件"))]
    pub rules: Text,
    /// Supervising basis (监管依据).
    #[record(column("监管依据", "法律依据", "依据"), lower = relation::Free, adjusts = BasisChanged)]
    pub supervising_basis: List<Citation>,
    /// Items that it supervises (对应事项).
    #[record(column("对应事项", "对应监管事项", "涉及事项"))]
    pub items: List<ItemRef>,
    /// In force from (生效日期).
    #[record(column("生效日期", "实施日期"))]
    pub effective: Option<Date>,
    /// In force until (失效日期).
    #[record(column("失效日期", "有效期至"))]
    pub until: Option<Date>,
    /// Serial numbers or codes in the upper list, as written (上级清单序号).
    #[record(column("上级清单序号", "国家清单序号", "中央清单序号", "省级清单序号", "对应国家清单序号"))]
    pub upper_refs: Text,
    /// The level that set the item, as the list states it (设定层级): never computed.
    #[record(column("设定层级", "设定级别"))]
    pub origin: Text,
    /// The mark that the list itself gives to what is new (本年新增, 修改, 无变化).
    #[record(column("变动情况", "调整情况"))]
    pub edition_note: Text,
    /// State (事项状态).
    #[record(column("事项状态", "状态"), adjusts = Suspended)]
    pub state: Option<ItemState>,
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

impl SupervisionItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
