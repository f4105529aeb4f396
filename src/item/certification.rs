//! Certifications (证明事项保留、取消、告知承诺制清单).

use super::{columns, read_level_cell};
use crate::codes::{CertificationStatus, CheckWay, ItemState, ItemType, Level, Rank, Substitute};
use crate::term::{Authority, Citation, ItemRef, UpperRef, When};
use crate::value::{Cell, Value as _};
use crate::{List, Map, Record, Set, Text, relation};

/// One certification that an office demands, or demands no more (证明事项).
///
/// The columns are those of a list of retained certifications (赤壁 2023, with two header rows) and of 《优化营商环境条例》
/// art. 44; `department` is who demands it (索要单位). General knowledge: the columns of commitment lists.
///
/// 设定依据 names a class of law in such lists (法规) and the act itself in others: a cell that is no class is read into
/// `basis`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "certification-item", kind = "certification")]
#[non_exhaustive]
pub struct CertificationItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("证明编号", "证明事项编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name and purpose because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name of the certification (证明名称).
    #[record(identity, column("证明名称", "证明事项名称", "证明事项", "证明材料名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Who demands it (索要单位).
    #[record(column("索要单位", "实施基本情况/索要单位", "行政机关(实施部门)", "行政机关", "实施部门", "索要部门"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施机关).
    #[record(columns = columns::AUTHORITIES, lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// What it is demanded for (证明用途).
    #[record(identity, column("证明用途", "用途"))]
    pub purpose: Text,
    /// Whether it is retained, cancelled, or a commitment stands for it (处理意见).
    #[record(column("处理意见", "清理结果", "保留或取消", "证明事项状态"))]
    pub status: Option<CertificationStatus>,
    /// Class of the act that sets it (设定依据: 法律, 法规, 规章, 国务院决定).
    #[record(column("设定依据", "设定依据类别", "设定依据类型"), read = Self::read_rank)]
    pub rank: Set<Rank>,
    /// The act with its articles and words (依据条文及内容).
    #[record(column("依据条文及内容", "设定依据条文及内容"), columns = columns::BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Who issues it (开具单位); none where the applicant makes it.
    #[record(column(
        "开具单位",
        "实施基本情况/开具单位",
        "出具单位",
        "开具部门",
        "出具部门",
        "出具机关",
        "开具机关"
    ))]
    pub issuing: List<Text>,
    /// Type of the item that it is demanded for (事项类型).
    #[record(columns = columns::ITEM_TYPE)]
    pub item_type: Option<ItemType>,
    /// Levels that exercise it (行使层级).
    #[record(identity, columns = columns::LEVELS, ticks = columns::LEVEL_TICKS, ticks("国家级", "省级", "市级", "县级", "乡级", "乡镇级", "乡镇级及其他", "村级"), read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// The items that it is demanded for (对应的政务服务事项).
    #[record(column(
        "对应的政务服务事项",
        "对应政务服务事项",
        "涉及事项",
        "对应事项",
        "办理事项",
        "办理事项名称"
    ))]
    pub items: List<ItemRef>,
    /// The step in which it is demanded (索要环节).
    #[record(column("索要环节", "办理环节"))]
    pub step: Text,
    /// Whether the applicant may commit instead (可选择告知承诺制).
    #[record(columns = columns::COMMITMENT_OPTIONAL, column("是否实行告知承诺制"))]
    pub commitment_optional: Option<bool>,
    /// Why no commitment stands for it and it is kept (不能实行告知承诺及保留原因).
    #[record(column("不能实行告知承诺及保留原因", "保留原因"))]
    pub retention_reason: Text,
    /// What stands for it, where it is cancelled (取消替代方式).
    #[record(column("取消替代方式", "替代方式"))]
    pub substitute: Set<Substitute>,
    /// Where shared data come from (数据来源).
    #[record(column("数据来源", "共享数据来源"))]
    pub data_source: Text,
    /// How a commitment is checked (核查方式).
    #[record(column("核查方式"))]
    pub check_way: Set<CheckWay>,
    /// Who checks it (核查单位).
    #[record(column("核查单位", "核查机关"))]
    pub checking: List<Text>,
    /// When it is checked (核查时间).
    #[record(column("核查时间", "核查时限"))]
    pub check_time: Text,
    /// Text or version of the letter of commitment (告知承诺书文本).
    #[record(column("告知承诺书文本", "告知承诺书", "承诺书版本"))]
    pub commitment_letter: Text,
    /// What follows from a false promise (不实承诺的后果).
    #[record(column("不实承诺后果", "虚假承诺惩戒措施", "不实承诺的责任"))]
    pub consequence: Text,
    /// How it is obtained (办理指南).
    #[record(column("办理指南"), columns = columns::GUIDE, lower = relation::Free)]
    pub guide: Text,
    /// The decision that cancels or retains it (依据文件).
    #[record(column("取消依据文件", "依据文件", "决定文号"))]
    pub document: Text,
    /// Retained or cancelled from (生效日期).
    #[record(columns = columns::EFFECTIVE, column("取消日期"))]
    pub effective: Option<When>,
    /// Retained until (保留期限).
    #[record(column("保留期限"), columns = columns::UNTIL)]
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

impl CertificationItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
    fn read_rank(&mut self, text: &str, cx: &mut Cell<'_>) {
        let Some(ranks) = Set::<Rank>::from_cell(text, cx) else { return };
        if ranks.iter().any(|rank| matches!(rank, Rank::Other(_))) {
            let joined = if self.basis.is_empty() {
                text.to_owned()
            } else {
                format!("{}\n{text}", self.basis.to_cell())
            };
            if let Some(basis) = List::from_cell(&joined, cx) {
                self.basis = basis;
            }
        } else {
            self.rank = ranks;
        }
    }
}
