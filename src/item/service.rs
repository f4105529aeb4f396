//! Government service items in general (政务服务事项基本目录, 实施清单).

use super::{columns, read_level_cell};
use crate::codes::{
    AuthorityNature, CaseType, HandlingForm, ItemState, ItemType, Level, PowerSource, Reach, ResultType,
    ServiceObject,
};
use crate::term::{Authority, Citation, Fee, Material, TimeLimit, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One service item as platforms keep it (政务服务事项); also right for the lists of other countries.
///
/// The fields are the data items of GB/T 39046-2020, table 4, and of the national exchange schema
/// (C0109, GB/T 39554).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "service-item", kind = "service")]
#[non_exhaustive]
pub struct ServiceItem {
    /// Implementation code, or whatever the list numbers by (实施编码); or an id derived from its parts.
    #[record(key, column("实施编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item, type and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name (事项名称).
    #[record(identity, columns = columns::NAME, column("主项名称"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称).
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Name of the handling item: the situation (业务办理项名称).
    #[record(identity, columns = columns::HANDLING_ITEM, column("业务办理项"), adjusts = Renamed)]
    pub handling_item: Text,
    /// Type (事项类型). A bare number stays as it is: it means different things on different platforms.
    #[record(identity, columns = columns::ITEM_TYPE)]
    pub item_type: Option<ItemType>,
    /// Competent departments (主管部门).
    #[record(columns = columns::DEPARTMENT, column("所属部门"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who implements it (实施主体).
    #[record(column("实施主体", "实施部门", "行使主体"), columns = columns::AUTHORITIES, lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Unified social credit code of the implementing body (实施主体编码; GB 32100).
    #[record(column("实施主体编码", "实施主体代码", "统一社会信用代码"), adjusts = AuthorityChanged)]
    pub authority_code: Text,
    /// Nature of the implementing body (实施主体性质).
    #[record(column("实施主体性质"))]
    pub authority_nature: Option<AuthorityNature>,
    /// Who entrusts, where the body acts for another (委托部门).
    #[record(column("委托部门"))]
    pub entrusting_department: Text,
    /// Levels that exercise it (行使层级).
    #[record(identity, columns = columns::LEVELS, column("国家行使层级"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限划分).
    #[record(column("权限划分"), columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// Basic code (基本编码; 12 characters).
    #[record(column("基本编码", "国家基本编码"))]
    pub basic_code: Text,
    /// The platform's own basic code (地方基本编码).
    #[record(column("地方基本编码"))]
    pub local_basic_code: Text,
    /// The platform's own implementation code (地方实施编码).
    #[record(column("地方实施编码"))]
    pub local_code: Text,
    /// Code of the handling item (业务办理项编码; 33 characters).
    #[record(column("业务办理项编码", "办理项编码"))]
    pub handling_code: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT, column("父目录编码", "父目录ID"))]
    pub parent: Text,
    /// Where the power comes from (权力来源).
    #[record(column("权力来源"))]
    pub power_source: Option<PowerSource>,
    /// State (事项状态).
    #[record(columns = columns::STATE, column("目录状态"), adjusts = Suspended)]
    pub state: Option<ItemState>,
    /// Version; counts up on every publication (事项版本).
    #[record(column("事项版本"), columns = columns::VERSION)]
    pub version: Option<u32>,
    /// Setting basis (设定依据).
    #[record(column("设定依据", "国家设定依据"), columns = columns::BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Conditions of acceptance (受理条件).
    #[record(columns = columns::CONDITIONS)]
    pub conditions: Text,
    /// Procedure (办理流程).
    #[record(columns = columns::PROCEDURE)]
    pub procedure: Text,
    /// Statutory limit (法定办结时限).
    #[record(columns = columns::STATUTORY_LIMIT, lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// What is said of the statutory limit (法定办结时限说明).
    #[record(column("法定办结时限说明"))]
    pub statutory_limit_note: Text,
    /// Promised limit (承诺办结时限).
    #[record(columns = columns::PROMISED_LIMIT, lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// What is said of the promised limit (承诺办结时限说明).
    #[record(column("承诺办结时限说明"))]
    pub promised_limit_note: Text,
    /// Whether something is charged (是否收费).
    #[record(columns = columns::CHARGED)]
    pub charged: Option<bool>,
    /// What is charged (收费项目).
    #[record(columns = columns::FEES)]
    pub fees: List<Fee>,
    /// On which ground (收费依据).
    #[record(columns = columns::FEE_BASIS)]
    pub fee_basis: Text,
    /// Whom it serves (服务对象).
    #[record(columns = columns::SERVICE_OBJECTS, column("办理对象"), lower = relation::Free)]
    pub service_objects: Set<ServiceObject>,
    /// Type of case (办件类型).
    #[record(column("办件类型"))]
    pub case_type: Option<CaseType>,
    /// Forms of handling (办理形式).
    #[record(column("办理形式", "办理方式"), lower = relation::Free)]
    pub handling_forms: Set<HandlingForm>,
    /// How often one has to come (到办事现场次数).
    #[record(column("到办事现场次数"), columns = columns::VISITS, lower = relation::AtMost)]
    pub visits: Option<u32>,
    /// Why one has to come (必须现场办理原因说明).
    #[record(column("必须现场办理原因说明", "必须现场办理原因"))]
    pub visit_reason: Text,
    /// Special procedures (特别程序).
    #[record(column("特别程序", "特殊环节"))]
    pub special_procedure: Text,
    /// Where (办理地点).
    #[record(column("办理地点", "办公地点"), lower = relation::Free)]
    pub address: Text,
    /// When (办理时间).
    #[record(column("办理时间", "办公时间"), lower = relation::Free)]
    pub hours: Text,
    /// Whom to ask (咨询方式).
    #[record(column("咨询方式"), columns = columns::CONTACT, lower = relation::Free)]
    pub contact: Text,
    /// Where to complain (监督投诉方式).
    #[record(column("监督投诉方式", "监督投诉电话", "投诉电话"), lower = relation::Free)]
    pub complaints: Text,
    /// In force from (计划生效日期).
    #[record(column("计划生效日期"), columns = columns::EFFECTIVE)]
    pub effective: Option<When>,
    /// In force until (计划取消日期).
    #[record(column("计划取消日期", "取消日期"), columns = columns::UNTIL)]
    pub until: Option<When>,
    /// How far it is handled across regions (通办范围).
    #[record(column("通办范围"))]
    pub reach: Set<Reach>,
    /// Departments that join in (联办机构).
    #[record(column("联办机构", "共同实施部门"))]
    pub joint_departments: List<Text>,
    /// Type of the result (审批结果类型).
    #[record(columns = columns::RESULT_TYPE)]
    pub result_type: Option<ResultType>,
    /// Name of the result (审批结果名称).
    #[record(columns = columns::RESULT_NAME)]
    pub result_name: Text,
    /// Limits in number (数量限制).
    #[record(column("数量限制"))]
    pub quantity_limit: Text,
    /// Services of intermediaries (中介服务).
    #[record(column("中介服务"))]
    pub intermediary: Text,
    /// A sample of the result (办理结果样本).
    #[record(column("办理结果样本", "结果样本"))]
    pub result_sample: Text,
    /// The office that handles it (承办机构).
    #[record(columns = columns::UNDERTAKERS)]
    pub undertakers: List<Text>,
    /// Whether it is handled in the service hall (是否进驻政务大厅).
    #[record(column("是否进驻政务大厅", "是否进驻大厅"), lower = relation::Free)]
    pub in_hall: Option<bool>,
    /// Whether one can book a time (是否支持预约办理).
    #[record(column("是否支持预约办理", "是否预约"), lower = relation::Free)]
    pub bookable: Option<bool>,
    /// Whether one can pay online (是否支持网上支付).
    #[record(column("是否支持网上支付", "是否网上支付"), lower = relation::Free)]
    pub online_payment: Option<bool>,
    /// Whether papers go by courier (是否支持物流快递).
    #[record(column("是否支持物流快递", "是否快递"), lower = relation::Free)]
    pub courier: Option<bool>,
    /// How far it goes online (网上办理深度).
    #[record(column("网上办理深度"), lower = relation::Free)]
    pub online_depth: Text,
    /// Kind of a levy (征收种类).
    #[record(column("征收种类"))]
    pub levy_kind: Text,
    /// Whether a levy may be reduced (是否允许减免).
    #[record(column("是否允许减免", "是否减免"))]
    pub levy_reducible: Option<bool>,
    /// Code of the central department that guides it (中央业务指导部门代码).
    #[record(column("中央业务指导部门代码", "中央业务指导(实施)部门代码"))]
    pub guiding_department: Text,
    /// Level of the entry in the base catalogue (目录层级).
    #[record(column("目录层级"))]
    pub catalogue_level: Text,
    /// Whether the base catalogue has entries below it (是否有下级目录).
    #[record(column("是否有下级目录"))]
    pub has_children: Option<bool>,
    /// Whether it is handled as it stands (是否为办理项).
    #[record(column("是否为办理项"))]
    pub is_handled: Option<bool>,
    /// What an applicant hands in (申请材料).
    #[record(columns = columns::MATERIALS)]
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
    /// Remarks (备注).
    #[record(columns = columns::REMARKS)]
    pub remarks: Text,
    /// The part of the list that it stands in (the title of a sheet or a section).
    #[record(columns = columns::PART)]
    pub part: Text,
    /// Columns that are no field, by header.
    pub extra: Map<Text>,
}

impl ServiceItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
