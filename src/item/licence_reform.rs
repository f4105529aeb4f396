//! Reform of business licences (证照分离改革事项清单).

use super::{columns, read_level_cell};
use crate::codes::{ItemState, Level, ReformArea, ReformMode};
use crate::term::{Authority, Citation, ItemRef, LevelBody, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One licence in the reform that separates permits from business licences (证照分离, the «four doors»).
///
/// One mode a row and area: the same licence may have another one in free trade zones. Headers after 国发〔2021〕7号 as
/// copied and 广州; 序号, 主管部门 and 许可证件名称 are general knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "licence-reform-item", kind = "licence-reform")]
#[non_exhaustive]
pub struct LicenceReformItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("改革事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item, area and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (改革事项).
    #[record(identity, column("改革事项", "改革事项名称", "涉企经营许可事项", "涉企经营许可事项名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Competent departments (主管部门).
    #[record(columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who approves, with the level (审批层级和部门).
    #[record(column("审批层级和部门", "审批部门", "实施部门"), columns = columns::AUTHORITIES, lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Departments and authorities of several levels, where the list has a column for each (省级主管部门, 县级实施机关). The
    /// list's own stand in `department` and `authorities` alone; where no column is without a level, those are the
    /// highest level's.
    #[record(columns = columns::BODIES, spread = columns::BODIES_BY_LEVEL, adjusts = AuthorityChanged)]
    pub bodies_by_level: List<LevelBody>,
    /// Where this version of the list holds (适用范围).
    #[record(identity, column("适用范围", "适用区域", "实施范围"))]
    pub area: Option<ReformArea>,
    /// Name of the certificate (许可证件名称).
    #[record(column("许可证件名称", "证件名称"), lower = relation::Equal)]
    pub licence_name: List<Text>,
    /// Code of the certificate (许可证件编码).
    #[record(column("许可证件编码", "证照类型代码"))]
    pub certificate_codes: List<Text>,
    /// Setting basis (设定依据).
    #[record(columns = columns::SETTING_BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub setting_basis: List<Citation>,
    /// Basis, where the list does not say which (依据).
    #[record(columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Levels that approve (审批层级).
    #[record(identity, columns = columns::LEVELS, column("审批层级"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Mode of reform (改革方式).
    #[record(columns = columns::REFORM_MODE, ticks("改革方式/直接取消审批", "改革方式/审批改为备案", "改革方式/实行告知承诺", "改革方式/优化审批服务", "直接取消审批", "审批改为备案", "实行告知承诺", "优化审批服务"), adjusts = ModeChanged)]
    pub mode: Option<ReformMode>,
    /// Measures of reform, numbered (具体改革举措).
    #[record(columns = columns::MEASURES)]
    pub measures: Text,
    /// Until when they are to be taken (完成时限).
    #[record(column("完成时限"), columns = columns::DUE)]
    pub deadline: Text,
    /// How it is supervised during and after (加强事中事后监管措施).
    #[record(columns = columns::SUPERVISION)]
    pub supervision: Text,
    /// Who takes the matter over (承接部门).
    #[record(column("承接部门"), columns = columns::UNDERTAKERS)]
    pub undertakers: List<Text>,
    /// The licence in its list (对应的行政许可事项).
    #[record(column("对应许可事项", "对应行政许可事项", "对应的行政许可事项"))]
    pub items: List<ItemRef>,
    /// The filing that replaces it (改为备案后的备案事项).
    #[record(column("对应备案事项", "改为备案的事项"))]
    pub replaced_by: List<ItemRef>,
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

impl LicenceReformItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
