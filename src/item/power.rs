//! Powers and duties (权责清单).

use super::{columns, read_level_cell};
use crate::codes::{ItemState, ItemType, Level};
use crate::term::{Authority, Citation, Delegation, ItemRef, TimeLimit, UpperRef, When};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One power with its duties (权责清单 of a department).
///
/// The columns are those of 天津, 宣城 and 克拉玛依; the duties stay whole texts, as lists write them (直接实施责任,
/// 指导监督责任). Kinds of power are those of GB/T 39046; local kinds (9+X) are kept as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "power-item", kind = "power")]
#[non_exhaustive]
pub struct PowerItem {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("职权编码", "权力编码", "项目编码", "职权编号", "权责编码", "权力编号"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from name, sub item, type and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name of the power (职权名称).
    #[record(identity, column("职权名称", "权力名称", "职权(权力)名称", "项目", "权力事项名称", "项目名称", "权力事项", "行政职权名称", "权责事项名称", "行政权力名称", "职权事项名称", "主项", "事项名称/主项"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Who answers for it (责任部门, 法定主体).
    #[record(column("责任部门", "法定主体", "部门名称"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who exercises it (行使主体, 实施机构).
    #[record(column("行使主体", "实施机构", "责任主体", "实施部门", "执法主体", "实施单位"), columns = columns::AUTHORITIES, lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Kind of the power (职权类型).
    #[record(identity, column("职权类型", "类型", "权力类别", "职权类别", "权责类别", "行政权力类型", "行政职权类型", "类别", "事项类别"), columns = columns::ITEM_TYPE, lower = relation::Equal)]
    pub item_type: Option<ItemType>,
    /// Basis (法定依据, 实施依据).
    #[record(column("法定依据", "法定/实施依据", "实施依据", "设定依据", "职权依据", "权力依据", "设立依据", "行使依据"), columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Levels that exercise it (管理权限, 行使层级).
    #[record(identity, columns = columns::LEVELS, column("管理权限", "管理权限/行使层级", "实施层级及权限/1", "实施层级及权限"), ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(column("管理权限说明", "实施层级及权限/2"), columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Procedure (运行流程).
    #[record(column("运行流程", "权力运行流程"), columns = columns::PROCEDURE, lower = relation::Free)]
    pub procedure: Text,
    /// The chart of the procedure (权力运行流程图).
    #[record(column("权力运行流程图", "运行流程图", "流程图"))]
    pub flow_chart: Text,
    /// Duties of the department in general (部门职责).
    #[record(column("部门职责"))]
    pub department_duties: Text,
    /// Duties that come with the power (责任事项: 直接实施责任, 指导监督责任).
    #[record(column("责任事项", "责任事项内容", "职责"))]
    pub duties: Text,
    /// Their basis (责任事项依据).
    #[record(column("责任事项依据", "责任事项的依据", "责任依据"), adjusts = BasisChanged)]
    pub duties_basis: List<Citation>,
    /// When somebody is held to account (追责情形).
    #[record(column("追责情形", "追责情形和追责依据", "追责情形及依据"))]
    pub accountability: Text,
    /// On which ground (追责依据).
    #[record(column("追责依据"), adjusts = BasisChanged)]
    pub accountability_basis: List<Citation>,
    /// Who is held to account (追责对象范围).
    #[record(column("追责对象范围", "追责对象"))]
    pub accountable: Text,
    /// How it is supervised (监督方式).
    #[record(column("监督方式", "监督电话", "投诉电话"))]
    pub supervision: Text,
    /// The guide (办事指南).
    #[record(columns = columns::GUIDE, lower = relation::Free)]
    pub guide: Text,
    /// Whether it is a review that is passed on (审核转报).
    #[record(column("审核转报"))]
    pub forwarding: Option<bool>,
    /// Where corruption threatens (廉政风险点).
    #[record(column("廉政风险点", "风险点"))]
    pub integrity_risks: Text,
    /// Whom it is exercised upon (实施对象).
    #[record(column("实施对象", "行政相对人"))]
    pub objects: Text,
    /// Where to appeal (诉求渠道, 救济渠道).
    #[record(column("救济渠道", "诉求/救济渠道", "救助渠道/诉求渠道", "诉求渠道", "救助渠道"))]
    pub remedies: Text,
    /// How it is made public (公开类型).
    #[record(column("公开类型", "公开方式"))]
    pub disclosure: Text,
    /// Whether it is made public (是否公示).
    #[record(column("是否公示", "是否公开"))]
    pub public: Option<bool>,
    /// Standards of discretion of a penalty (裁量基准).
    #[record(column("裁量基准", "自由裁量基准", "裁量标准"))]
    pub discretion: Text,
    /// Kinds of penalty (处罚种类).
    #[record(column("处罚种类"))]
    pub penalty_types: Text,
    /// Offences that the power covers, each with its own basis in its list (违法行为).
    #[record(column("违法行为", "违法情形"))]
    pub offences: List<ItemRef>,
    /// Entrusted enforcement and what towns were given (委托执法, 赋权乡镇).
    #[record(column("委托执法", "赋权乡镇"), columns = columns::DELEGATION, adjusts = Entrusted)]
    pub delegation: List<Delegation>,
    /// Statutory limit (法定期限).
    #[record(column("法定期限", "法定期限(天/日)", "法定期限(天)", "法定期限(日)"), columns = columns::STATUTORY_LIMIT, lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// Promised limit (承诺办结时限).
    #[record(columns = columns::PROMISED_LIMIT, lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// Whether something is charged (是否收费).
    #[record(columns = columns::CHARGED)]
    pub charged: Option<bool>,
    /// What is charged and on which ground (收费依据和标准).
    #[record(column("收费(征收)依据和标准", "收费依据和标准", "收费标准"), columns = columns::FEE_BASIS)]
    pub fee_basis: Text,
    /// Whether a retained certification is demanded (涉及保留证明).
    #[record(column("涉及保留证明", "是否涉及保留证明", "是否涉及证明事项"))]
    pub retained_certifications: Option<bool>,
    /// Whether certifications are among the materials (含有证明材料).
    #[record(column("含有证明材料", "是否含有证明材料"))]
    pub with_material: Option<bool>,
    /// Whether the applicant may commit instead (可选择告知承诺制).
    #[record(columns = columns::COMMITMENT_OPTIONAL)]
    pub commitment_optional: Option<bool>,
    /// The office that handles it (承办机构).
    #[record(columns = columns::UNDERTAKERS)]
    pub undertakers: List<Text>,
    /// Who entered the row: the name of a person, not to be published (录入人).
    #[record(column("录入人"))]
    pub clerk: Text,
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
    #[record(columns = columns::STATE, column("实施状态"), adjusts = Suspended)]
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

impl PowerItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
}
