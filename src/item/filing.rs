//! Filing items (行政备案事项清单).

use super::{columns, read_level_cell};
use crate::codes::{FilingType, ItemState, Level, ServiceObject};
use crate::term::{Authority, Citation, ItemRef, Material, TimeLimit, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One filing item (行政备案事项).
///
/// The columns are those of published lists (东丽区 2023). General knowledge: 备案时间要求, 备案材料, 办理时限 and 序号.
/// A filing asks for no consent before the activity begins; what would be an approval does not belong here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "filing-item", kind = "filing")]
#[non_exhaustive]
pub struct FilingItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("备案事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (备案事项名称).
    #[record(identity, column("备案事项名称", "行政备案事项名称", "备案事项", "备案名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who takes the filing in (实施部门).
    #[record(column("实施部门", "行政备案实施部门", "备案部门", "备案单位"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(columns = columns::AUTHORITIES, column("备案机关"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Basis, where the list does not say which (备案依据).
    #[record(column("备案依据"), columns = columns::BASIS, columns = columns::COMBINED_BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Setting basis (设定依据).
    #[record(columns = columns::SETTING_BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub setting_basis: List<Citation>,
    /// Implementing basis (实施依据).
    #[record(columns = columns::IMPLEMENTING_BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub implementing_basis: List<Citation>,
    /// Levels that exercise it (行使层级).
    #[record(identity, columns = columns::LEVELS, column("备案层级"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Before or after the activity (备案类型).
    #[record(column("备案类型", "备案方式类型"))]
    pub filing_type: Option<FilingType>,
    /// How the filing is made easier (优化备案服务方式).
    #[record(column("优化备案服务方式", "优化服务方式"))]
    pub optimisation: Text,
    /// Who has to file (备案义务人).
    #[record(column("备案义务人", "备案主体", "备案对象"))]
    pub filers: Text,
    /// When it is filed, with the event that starts the time (备案时间要求; …之日起30日内).
    #[record(column("备案时间要求", "备案时限", "备案时间"))]
    pub time_to_file: Text,
    /// What is handed in (备案材料).
    #[record(column("备案材料"), columns = columns::MATERIALS, lower = relation::Subset)]
    pub materials: List<Material>,
    /// How long the office may take (办理时限).
    #[record(columns = columns::LIMIT, lower = relation::AtMost)]
    pub limit: Option<TimeLimit>,
    /// Statutory limit (法定办结时限).
    #[record(columns = columns::STATUTORY_LIMIT, lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// Promised limit (承诺办结时限).
    #[record(columns = columns::PROMISED_LIMIT, lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// Whether it is settled at once (是否即时办结).
    #[record(column("是否即时办结", "是否即办"))]
    pub immediate: Option<bool>,
    /// What the filer is given (备案回执).
    #[record(column("备案回执", "备案凭证", "结果名称"))]
    pub receipt: Text,
    /// What follows where nothing is filed (未备案的法律后果).
    #[record(column("未备案法律后果", "法律责任", "处罚依据"), adjusts = BasisChanged)]
    pub penalty_basis: List<Citation>,
    /// The licence that it replaced (由行政许可改为备案的事项).
    #[record(column("替代的许可事项", "原许可事项"))]
    pub replaces: List<ItemRef>,
    /// Whom it serves (服务对象).
    #[record(columns = columns::SERVICE_OBJECTS, lower = relation::Free)]
    pub service_objects: Set<ServiceObject>,
    /// The office that handles it (承办机构).
    #[record(columns = columns::UNDERTAKERS)]
    pub undertakers: List<Text>,
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

impl FilingItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
