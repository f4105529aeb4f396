//! Key items supervised across departments (跨部门综合监管重点事项清单).

use super::{columns, read_level_cell};
use crate::codes::{ItemState, Level};
use crate::term::{Authority, Citation, ItemRef, UpperRef, When};
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
    #[record(key, column("监管事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (监管事项).
    #[record(identity, column("监管事项", "重点监管事项", "监管事项名称", "重点事项"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who leads (牵头部门).
    #[record(column("牵头部门", "牵头单位"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(columns = columns::AUTHORITIES, lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Field of supervision (监管领域).
    #[record(column("监管领域", "领域"))]
    pub field: Text,
    /// Who cooperates (配合部门).
    #[record(columns = columns::COOPERATING)]
    pub cooperating: List<Text>,
    /// Who is supervised (监管对象).
    #[record(column("监管对象"))]
    pub objects: Text,
    /// Levels that exercise it (行使层级).
    #[record(identity, columns = columns::LEVELS, ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
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
    #[record(columns = columns::SUPERVISING_BASIS, column("法律依据", "依据"), lower = relation::Free, adjusts = BasisChanged)]
    pub supervising_basis: List<Citation>,
    /// Items that it supervises (对应事项).
    #[record(column("对应事项", "对应监管事项", "涉及事项"))]
    pub items: List<ItemRef>,
    /// In force from (生效日期).
    #[record(columns = columns::EFFECTIVE)]
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

impl SupervisionItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
