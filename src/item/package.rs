//! Integrated packages (一件事一次办, 高效办成一件事).

use super::columns;
use crate::codes::{ItemState, ServiceObject, ServiceStatus};
use crate::term::{Citation, ItemRef, Material, TimeLimit, UpperRef, When};
use crate::{List, Map, Record, Set, Text, relation};

/// One package: what somebody who lives through an event needs from several departments, asked for once (一件事一次办;
/// since 国发〔2024〕3号 高效办成一件事, in yearly batches).
///
/// `department` leads. What it was like before and is now stands in two fields each. General knowledge: 牵头部门, 配合部门,
/// the columns on steps, materials, limits, visits and forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "service-package", kind = "package")]
#[non_exhaustive]
pub struct ServicePackage {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("一件事编码", "套餐编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from its name because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name of the package (一件事名称).
    #[record(identity, column("一件事名称", "套餐名", "一件事名称(套餐名)", "套餐名称", "一件事", "主题名称", "“一件事”名称", "重点事项名称"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Who leads (牵头部门).
    #[record(column("牵头部门", "牵头单位"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who cooperates (配合部门).
    #[record(columns = columns::COOPERATING, column("联办部门", "责任单位", "联办单位"))]
    pub cooperating: List<Text>,
    /// The items that it is made of, with department, code and role (涉及事项; 必选, 可选).
    #[record(column("涉及事项", "涉及(关联)事项", "关联事项", "联办事项", "涉及事项清单"), adjusts = SubitemsChanged)]
    pub items: List<ItemRef>,
    /// Whom it serves (对象).
    #[record(column("对象"), columns = columns::SERVICE_OBJECTS, lower = relation::Free)]
    pub service_objects: Set<ServiceObject>,
    /// Stage of life, theme (主题).
    #[record(column("主题", "对象/主题", "生命周期", "阶段"))]
    pub theme: Text,
    /// The package of the upper list that it localises.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Batch (批次).
    #[record(columns = columns::BATCH)]
    pub batch: Text,
    /// Year of the batch (批次年度).
    #[record(column("批次年度", "年度", "年份"))]
    pub batch_year: Option<u32>,
    /// How it is applied for (申请方式; 一窗办理, 一端受理).
    #[record(column("申请方式", "办理方式", "办理渠道"), lower = relation::Free)]
    pub channels: Text,
    /// Where it is applied for online (线上入口).
    #[record(column("线上入口", "办理入口", "网址"), lower = relation::Free)]
    pub online_entry: Text,
    /// Steps before (环节, 原).
    #[record(column("环节(原)", "环节/原", "办理环节/原", "原环节", "改革前环节", "办理环节/改革前"))]
    pub steps_before: Option<u32>,
    /// Steps now (环节).
    #[record(column("环节(现)", "环节/现", "办理环节/现", "环节", "办理环节", "现环节", "改革后环节", "办理环节/改革后"), lower = relation::AtMost)]
    pub steps: Option<u32>,
    /// Materials, each once (材料清单).
    #[record(column("材料清单"), columns = columns::MATERIALS, lower = relation::Subset)]
    pub materials: List<Material>,
    /// How many materials before (材料, 原).
    #[record(column("材料(原)", "材料/原", "申请材料/原", "原材料数", "改革前材料", "申请材料/改革前"))]
    pub material_count_before: Option<u32>,
    /// How many materials now (材料).
    #[record(column("材料(现)", "材料/现", "申请材料/现", "材料数", "现材料数", "改革后材料", "申请材料/改革后"), lower = relation::AtMost)]
    pub material_count: Option<u32>,
    /// How long it takes before (办理时限, 原).
    #[record(column(
        "办理时限(原)",
        "办理时限/原",
        "时限/原",
        "原办理时限",
        "改革前时限",
        "办理时限/改革前"
    ))]
    pub limit_before: Option<TimeLimit>,
    /// How long it takes now (办理时限).
    #[record(column("办理时限(现)", "办理时限/现", "时限/现", "办理时限(原/现)", "承诺办结时限", "现办理时限", "改革后时限", "办理时限/改革后"), columns = columns::LIMIT, lower = relation::AtMost)]
    pub limit: Option<TimeLimit>,
    /// How often one has to come before (跑动次数, 原).
    #[record(column("跑动次数(原)", "跑动次数/原", "原跑动次数", "改革前跑动次数", "跑动次数/改革前"))]
    pub visits_before: Option<u32>,
    /// How often one has to come now (跑动次数).
    #[record(column("跑动次数(现)", "跑动次数/现", "现跑动次数", "改革后跑动次数", "跑动次数/改革后"), columns = columns::VISITS, lower = relation::AtMost)]
    pub visits: Option<u32>,
    /// How many forms before (表单, 原).
    #[record(column("表单(原)", "表单/原", "原表单数", "改革前表单"))]
    pub form_count_before: Option<u32>,
    /// How many forms now (表单).
    #[record(column("表单(现)", "表单/现", "表单数", "现表单数", "改革后表单"), lower = relation::AtMost)]
    pub form_count: Option<u32>,
    /// The one form (一张表单).
    #[record(column("一张表单", "表单", "表单名称"))]
    pub form: Text,
    /// The guide (办事指南).
    #[record(columns = columns::GUIDE, lower = relation::Free)]
    pub guide: Text,
    /// Whether it is there (上线状态).
    #[record(column("上线状态"), columns = columns::SERVICE_STATUS)]
    pub status: Option<ServiceStatus>,
    /// On which ground (依据文件).
    #[record(column("依据文件"), columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
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

impl ServicePackage {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}
