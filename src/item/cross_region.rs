//! Items handled across regions (跨省通办、区域通办事项清单).

use super::{columns, read_level_cell};
use crate::codes::{
    CrossRegionDirection, CrossRegionMode, CrossRegionScope, ItemState, ItemType, Level, ServiceObject,
    ServiceStatus,
};
use crate::term::{Authority, Citation, ItemRef, Material, TimeLimit, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One item that is handled away from its place (跨省通办, 区域通办): a relation of an item, its home region, the regions
/// that take applications in, and the way.
///
/// What one region offers another need not be what it is offered: each direction is an entry of its own. The power of
/// decision stays with the home region. The modes are verified; the columns are general knowledge (annexes of
/// 国办发〔2020〕35号, lists of alliances).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "cross-region-item", kind = "cross-region")]
#[non_exhaustive]
pub struct CrossRegionItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("通办事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item, home region and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name as published (事项名称).
    #[record(identity, column("事项", "通办事项", "通办事项名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who leads (牵头单位).
    #[record(column("牵头单位", "牵头部门", "业务主管部门"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(columns = columns::AUTHORITIES, column("办理单位"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Who cooperates (配合单位).
    #[record(column("配合单位"), columns = columns::COOPERATING)]
    pub cooperating: List<Text>,
    /// The region whose item it is (属地).
    #[record(identity, column("属地", "事项属地", "归属地"))]
    pub home: Text,
    /// Regions that take applications in (通办地区, 合作地).
    #[record(column("通办地区", "合作地", "通办地区/合作地", "合作地区", "通办区域", "成员单位"))]
    pub receiving: List<Text>,
    /// Ways of handling it (通办方式).
    #[record(
        column("通办方式", "办理方式", "通办模式", "办理模式"),
        ticks(
            "通办方式/全程网办",
            "通办方式/异地代收代办",
            "通办方式/多地联办",
            "全程网办",
            "异地代收代办",
            "多地联办"
        )
    )]
    pub modes: Set<CrossRegionMode>,
    /// Ways that differ by direction (分方向通办方式).
    #[record(column("通办方式说明", "分方向通办方式"))]
    pub mode_notes: Text,
    /// Whose applicants are served where (通办方向).
    #[record(column("通办方向", "方向"))]
    pub direction: Option<CrossRegionDirection>,
    /// Over which border (通办类型).
    #[record(column("通办类型", "通办范围"), ticks("通办类型/跨省通办", "通办类型/区域通办"))]
    pub scope_kind: Option<CrossRegionScope>,
    /// The item in its list (对应事项).
    #[record(column("对应事项", "事项名称及编码", "对应事项编码", "对应政务服务事项"))]
    pub item: List<ItemRef>,
    /// The item in each region's list, with the region as its department (各地事项编码).
    #[record(column("各地事项编码", "成员事项编码"))]
    pub region_items: List<ItemRef>,
    /// Type (事项类型).
    #[record(identity, columns = columns::ITEM_TYPE)]
    pub item_type: Option<ItemType>,
    /// Levels that handle it (办理层级).
    #[record(identity, columns = columns::LEVELS, column("办理层级"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Who decides: the authority of the home region (审批机关; 审批权不变).
    #[record(column("审批机关", "决定机关", "审批单位"))]
    pub decision_authority: Text,
    /// When it is of use (应用场景).
    #[record(column("应用场景"))]
    pub scenario: Text,
    /// The agreement (合作协议).
    #[record(column("合作协议", "协议", "协议文号"))]
    pub agreement: Text,
    /// When it was signed (签订日期).
    #[record(column("协议签订日期", "签订日期"))]
    pub agreement_date: Option<When>,
    /// Until when it holds (协议有效期).
    #[record(column("协议有效期", "协议期限"))]
    pub agreement_until: Option<When>,
    /// Batch (批次).
    #[record(columns = columns::BATCH)]
    pub batch: Text,
    /// When it is to be there (完成时间).
    #[record(columns = columns::DUE, column("完成时间/批次", "时间安排"))]
    pub due: Text,
    /// Whether it is there (开通状态).
    #[record(columns = columns::SERVICE_STATUS)]
    pub status: Option<ServiceStatus>,
    /// Since when (开通时间).
    #[record(column("开通时间", "上线时间"))]
    pub online_since: Option<When>,
    /// Windows of the regions (通办窗口).
    #[record(column("通办窗口", "受理窗口", "窗口"), lower = relation::Free)]
    pub windows: Text,
    /// How files are handed over (材料流转方式).
    #[record(column("材料流转方式", "流转方式"))]
    pub transfer: Text,
    /// How the result is delivered (结果送达方式).
    #[record(column("结果送达方式", "送达方式"))]
    pub delivery: Text,
    /// Who bears the cost of mailing (费用承担).
    #[record(column("费用承担", "邮寄费用承担"))]
    pub fee_bearer: Text,
    /// How long it takes (办理时限).
    #[record(columns = columns::LIMIT, lower = relation::AtMost)]
    pub limit: Option<TimeLimit>,
    /// Basis (设定依据).
    #[record(column("设定依据"), columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Whom it serves (服务对象).
    #[record(columns = columns::SERVICE_OBJECTS, lower = relation::Free)]
    pub service_objects: Set<ServiceObject>,
    /// What an applicant hands in (申请材料).
    #[record(columns = columns::MATERIALS, lower = relation::Subset)]
    pub materials: List<Material>,
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

impl CrossRegionItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
