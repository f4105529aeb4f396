//! Implementation norms of licences (行政许可事项实施规范).

use super::{columns, read_level_cell};
use crate::codes::{
    ItemState, Level, LicenceType, Need, PriceSetting, ReformMode, ResultType, ServiceObject, Uniformity,
};
use crate::term::{
    Authority, Citation, Fee, ItemRef, LevelBody, Material, TimeLimit, UpperRef, When, name_and_code,
};
use crate::value::Cell;
use crate::{List, Map, Record, Set, Text, relation};

/// One entry of an implementation norm (行政许可事项实施规范): a main item, a sub item or a handling item, with the
/// code of what it belongs to in `parent`.
///
/// Each numbered element of the norm is a field. 一.1 to 一.14 were read in real norms; the names of most elements of
/// chapters 二 to 十三 are those of a platform's table. General knowledge: the numbers of those chapters, 要素统一情况,
/// the 涉企 elements and modes of reform, materials, limits, fees, 变更, 监管主体.
///
/// A name with its code in one cell (`林木采伐许可证核发【00016421300Y】`) is told apart: the deepest code is the id, the one
/// above it the parent. A code that has no such place stays with the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "licensing-norm", kind = "licensing-norm")]
#[non_exhaustive]
pub struct LicensingNorm {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(
        key,
        column("子项编码", "许可事项编码", "行政许可事项编码", "业务办理项编码"), columns = columns::ID
    )]
    pub id: String,
    /// Whether the id is derived from name, sub item, handling item and level because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Name of the main item (一.1 行政许可事项名称).
    #[record(identity, column("行政许可事项名称", "行政许可事项名称及编码", "许可事项名称", "主项名称"), columns = columns::NAME, read = Self::read_name, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Name of the sub item (子项名称), where the row is one.
    #[record(identity, columns = columns::SUB_ITEM, column("行政许可事项子项名称", "行政许可事项子项名称及编码"), read = Self::read_sub_item, lower = relation::Equal, adjusts = Renamed)]
    pub sub_item: Text,
    /// Competent departments (主管部门).
    #[record(columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who grants the licence (一.7 实施机关).
    #[record(columns = columns::AUTHORITIES, column("许可机关"), lower = relation::Concretise, adjusts = AuthorityChanged)]
    pub authorities: List<Authority>,
    /// Departments and authorities of several levels, where the list has a column for each (省级主管部门, 县级实施机关). The
    /// list's own stand in `department` and `authorities` alone; where no column is without a level, those are the
    /// highest level's.
    #[record(columns = columns::BODIES, spread = columns::BODIES_BY_LEVEL, adjusts = AuthorityChanged)]
    pub bodies_by_level: List<LevelBody>,
    /// Name of the handling item (业务办理项名称), where the row is one.
    #[record(identity, columns = columns::HANDLING_ITEM, column("行政许可事项业务办理项名称"), read = Self::read_handling_item, lower = relation::Equal, adjusts = Renamed)]
    pub handling_item: Text,
    /// The handling items of a sub item (一.3 行政许可事项业务办理项名称及编码).
    #[record(column("行政许可事项业务办理项名称及编码", "业务办理项名称及编码", "业务办理项"), adjusts = SubitemsChanged)]
    pub handling_items: List<ItemRef>,
    /// The sub items of a main item (五、子项 of the cover).
    #[record(column("子项清单", "子项名称及编码"), adjusts = SubitemsChanged)]
    pub sub_items: List<ItemRef>,
    /// Setting and implementing basis in one, as the cover has it (设定和实施依据).
    #[record(columns = columns::COMBINED_BASIS, columns = columns::BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub basis: List<Citation>,
    /// Setting basis with its articles (一.4 设定依据).
    #[record(columns = columns::SETTING_BASIS, lower = relation::Equal, adjusts = BasisChanged)]
    pub setting_basis: List<Citation>,
    /// Implementing basis (一.5 实施依据).
    #[record(columns = columns::IMPLEMENTING_BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub implementing_basis: List<Citation>,
    /// Supervising basis (一.6 监管依据).
    #[record(columns = columns::SUPERVISING_BASIS, lower = relation::Free, adjusts = BasisChanged)]
    pub supervising_basis: List<Citation>,
    /// Levels that approve (一.8 审批层级).
    #[record(column("审批层级"), adjusts = Delegated)]
    pub approval_levels: Set<Level>,
    /// Levels that exercise it (一.9 行使层级).
    #[record(identity, columns = columns::LEVELS, ticks = columns::LEVEL_TICKS, read = Self::read_level, adjusts = Delegated)]
    pub levels: Set<Level>,
    /// What the level is in charge of (权限说明).
    #[record(columns = columns::SCOPE_NOTE)]
    pub scope_note: Text,
    /// The id of the main item of a sub item, of the sub item of a handling item.
    #[record(reference, columns = columns::PARENT, column("所属主项编码"))]
    pub parent: Text,
    /// Whether the approving authority takes the application in (一.10 是否由审批机关受理).
    #[record(column("是否由审批机关受理"))]
    pub accepted_by_authority: Option<bool>,
    /// Levels that take the application in (一.11 受理层级).
    #[record(column("受理层级"))]
    pub acceptance_levels: Set<Level>,
    /// Whether there is a first review (一.12 是否存在初审环节).
    #[record(column("是否存在初审环节"))]
    pub first_review: Option<bool>,
    /// Levels of the first review (一.13 初审层级).
    #[record(column("初审层级"))]
    pub first_review_levels: Set<Level>,
    /// Name in the national basic catalogue (一.14 对应政务服务事项国家级基本目录名称).
    #[record(column("对应政务服务事项国家级基本目录名称"))]
    pub basic_catalogue_name: Text,
    /// How far its elements are the same in the whole country (一.15 要素统一情况).
    #[record(column("要素统一情况"))]
    pub uniformity: Option<Uniformity>,
    /// Which elements are: in practice it is said of each (全国统一要素).
    #[record(column("全国统一要素", "统一要素"))]
    pub uniform_fields: List<Text>,
    /// Type of the licence (二 行政许可事项类型).
    #[record(column("行政许可事项类型"))]
    pub licence_types: Set<LicenceType>,
    /// Conditions of granting it (三.1 准予行政许可的条件).
    #[record(column("准予行政许可的条件", "许可条件"), columns = columns::CONDITIONS)]
    pub conditions: Text,
    /// Basis of the conditions (三.2 规定行政许可条件的依据).
    #[record(column("规定行政许可条件的依据", "许可条件依据"), adjusts = BasisChanged)]
    pub conditions_basis: List<Citation>,
    /// Whom it is granted to (四.1 服务对象类型).
    #[record(column("服务对象类型"), columns = columns::SERVICE_OBJECTS, lower = relation::Free)]
    pub service_objects: Set<ServiceObject>,
    /// Whether it concerns enterprises (四.2 是否为涉企许可事项).
    #[record(column("是否为涉企许可事项"), columns = columns::FOR_ENTERPRISES)]
    pub for_enterprises: Option<bool>,
    /// Name in the list of business licences (四.3 涉企经营许可事项名称).
    #[record(column("涉企经营许可事项名称"))]
    pub enterprise_licence_name: Text,
    /// Name of the certificate (四.4 许可证件名称).
    #[record(column("许可证件名称"))]
    pub certificate_name: Text,
    /// Mode of reform (四.5 改革方式).
    #[record(columns = columns::REFORM_MODE, adjusts = ModeChanged)]
    pub reform_mode: Option<ReformMode>,
    /// Measures of reform (四.6 具体改革举措).
    #[record(columns = columns::MEASURES)]
    pub measures: Text,
    /// How it is supervised during and after (四.7 加强事中事后监管措施).
    #[record(columns = columns::SUPERVISION)]
    pub supervision: Text,
    /// What an applicant hands in (五.1 申请材料名称).
    #[record(column("申请材料名称"), columns = columns::MATERIALS, lower = relation::Subset)]
    pub materials: List<Material>,
    /// Basis of the materials (五.2 规定申请材料的依据).
    #[record(column("规定申请材料的依据", "申请材料依据"), adjusts = BasisChanged)]
    pub materials_basis: List<Citation>,
    /// Whether a statutory service of an intermediary is needed (六.1 有无法定中介服务事项).
    #[record(column("有无法定中介服务事项", "有无中介服务事项", "有无(法定)中介服务事项"))]
    pub intermediary: Option<bool>,
    /// Which service (六.2 中介服务事项名称).
    #[record(column("中介服务事项名称", "中介服务名称"))]
    pub intermediary_name: Text,
    /// Its setting basis (六.3 设定中介服务事项的依据).
    #[record(column("设定中介服务事项的依据", "中介服务设定依据", "中介服务事项设定依据"), adjusts = BasisChanged)]
    pub intermediary_basis: List<Citation>,
    /// Who renders it (六.4 提供中介服务的机构).
    #[record(column("提供中介服务的机构", "中介服务机构"))]
    pub intermediary_body: Text,
    /// Who sets its price (六.5 中介服务事项的收费性质).
    #[record(column("中介服务事项的收费性质", "收费性质"))]
    pub price_setting: Option<PriceSetting>,
    /// Steps (七.1 办理行政许可的程序环节).
    #[record(column("办理行政许可的程序环节", "程序环节"), columns = columns::PROCEDURE)]
    pub procedure: Text,
    /// Basis of the steps (七.2 规定行政许可程序的依据).
    #[record(column("规定行政许可程序的依据", "许可程序依据"), adjusts = BasisChanged)]
    pub procedure_basis: List<Citation>,
    /// Whether the site is inspected (七.3 是否需要现场勘验).
    #[record(column("是否需要现场勘验"))]
    pub site_inspection: Option<Need>,
    /// Whether a hearing is held (七.4 是否需要组织听证).
    #[record(column("是否需要组织听证"))]
    pub hearing: Option<Need>,
    /// Whether it is tendered, auctioned or listed (七.5 是否需要招标、拍卖、挂牌交易).
    #[record(column("是否需要招标、拍卖、挂牌交易"))]
    pub tender: Option<Need>,
    /// Whether something is tested (七.6 是否需要检验、检测、检疫).
    #[record(column("是否需要检验、检测、检疫"))]
    pub testing: Option<Need>,
    /// Whether something is appraised (七.7 是否需要鉴定).
    #[record(column("是否需要鉴定"))]
    pub appraisal: Option<Need>,
    /// Whether experts review it (七.8 是否需要专家评审).
    #[record(column("是否需要专家评审"))]
    pub expert_review: Option<Need>,
    /// Whether it is made public first (七.9 是否需要向社会公示).
    #[record(column("是否需要向社会公示"))]
    pub publicity: Option<Need>,
    /// Whether it is granted on a commitment (七.10 是否实行告知承诺办理).
    #[record(column("是否实行告知承诺办理", "是否实行告知承诺"))]
    pub commitment: Option<bool>,
    /// Whether papers may be handed in later (容缺受理).
    #[record(column("是否容缺受理", "容缺受理"))]
    pub deferrable: Option<bool>,
    /// Whether a technical service is entrusted (七.11 审批机关是否委托服务机构开展技术性服务).
    #[record(column("审批机关是否委托服务机构开展技术性服务"))]
    pub technical_service: Option<bool>,
    /// Promised limit for taking in (八.1 承诺受理时限).
    #[record(column("承诺受理时限"), lower = relation::AtMost)]
    pub acceptance_limit: Option<TimeLimit>,
    /// Statutory limit (八.2 法定审批时限).
    #[record(column("法定审批时限"), columns = columns::STATUTORY_LIMIT, lower = relation::Equal)]
    pub statutory_limit: Option<TimeLimit>,
    /// Basis of the statutory limit (八.3 规定法定审批时限依据).
    #[record(column("规定法定审批时限依据", "规定法定审批时限的依据"), adjusts = BasisChanged)]
    pub statutory_limit_basis: List<Citation>,
    /// Promised limit (八.4 承诺审批时限).
    #[record(column("承诺审批时限"), columns = columns::PROMISED_LIMIT, lower = relation::AtMost)]
    pub promised_limit: Option<TimeLimit>,
    /// Whether something is charged (九.1 办理行政许可是否收费).
    #[record(column("办理行政许可是否收费"), columns = columns::CHARGED)]
    pub charged: Option<bool>,
    /// What is charged (九.2 收费项目).
    #[record(columns = columns::FEES, column("收费项目的名称"), lower = relation::Subset)]
    pub fees: List<Fee>,
    /// On which ground (收费项目的设定依据、标准依据).
    #[record(columns = columns::FEE_BASIS, column("收费项目设定依据", "规定收费项目的依据"))]
    pub fee_basis: Text,
    /// Type of the result (十.1 审批结果类型).
    #[record(columns = columns::RESULT_TYPE)]
    pub result_type: Option<ResultType>,
    /// Name of the result (十.2 审批结果名称).
    #[record(columns = columns::RESULT_NAME, column("证件名称"))]
    pub result_name: Text,
    /// How long it is valid (十.3 审批结果的有效期限).
    #[record(column("审批结果的有效期限", "有效期限"))]
    pub validity: Option<TimeLimit>,
    /// Basis of that (十.4 规定审批结果有效期限的依据).
    #[record(column("规定审批结果有效期限的依据", "有效期依据", "有效期限依据", "期限依据"), adjusts = BasisChanged)]
    pub validity_basis: List<Citation>,
    /// Whether it has to be amended (十.5 是否需要办理审批结果变更手续).
    #[record(column("是否需要办理审批结果变更手续", "是否需要变更手续"))]
    pub amendable: Option<bool>,
    /// How it is amended (十.6 办理审批结果变更手续的要求).
    #[record(column("办理审批结果变更手续的要求", "变更要求"))]
    pub amendment_rules: Text,
    /// Whether it has to be renewed (十.7 是否需要办理审批结果延续手续).
    #[record(column("是否需要办理审批结果延续手续", "是否需要延续手续"))]
    pub renewable: Option<bool>,
    /// How it is renewed (十.8 办理审批结果延续手续的要求).
    #[record(column("办理审批结果延续手续的要求", "延续要求"))]
    pub renewal_rules: Text,
    /// Where it is valid (十.9 审批结果的有效地域范围).
    #[record(column("审批结果的有效地域范围", "有效地域范围"))]
    pub area: Text,
    /// Basis of that (十.10 规定审批结果有效地域范围的依据).
    #[record(column("规定审批结果有效地域范围的依据", "地域依据"), adjusts = BasisChanged)]
    pub area_basis: List<Citation>,
    /// Type of the electronic certificate (电子证照类型).
    #[record(column("电子证照类型", "电子证照名称"))]
    pub certificate_type: Text,
    /// Whether the number of licences is limited (十一.1 有无行政许可数量限制).
    #[record(column("有无行政许可数量限制", "有无数量限制"))]
    pub quantity_limited: Option<bool>,
    /// How the number is made public (十一.2 公布数量限制的方式).
    #[record(column("公布数量限制的方式"))]
    pub quantity_publication: Text,
    /// At which intervals (十一.3 公布数量限制的周期).
    #[record(column("公布数量限制的周期", "周期"))]
    pub quantity_period: Option<TimeLimit>,
    /// How it is granted then (十一.4 在数量限制条件下实施行政许可的方式).
    #[record(column("在数量限制条件下实施行政许可的方式"))]
    pub quantity_way: Text,
    /// Basis of that (十一.5 规定在数量限制条件下实施行政许可方式的依据).
    #[record(column("规定在数量限制条件下实施行政许可方式的依据", "数量限制依据"), adjusts = BasisChanged)]
    pub quantity_basis: List<Citation>,
    /// Whether it is inspected every year (十二.1 有无年检要求).
    #[record(column("有无年检要求"))]
    pub annual_inspection: Option<bool>,
    /// Basis of that (十二.2 设定年检要求的依据).
    #[record(column("设定年检要求的依据", "年检设定依据"), adjusts = BasisChanged)]
    pub annual_inspection_basis: List<Citation>,
    /// At which intervals (十二.3 年检周期).
    #[record(column("年检周期"))]
    pub annual_inspection_period: Option<TimeLimit>,
    /// Whether papers are handed in (十二.4 年检是否要求报送材料).
    #[record(column("年检是否要求报送材料", "年检是否需要报送材料"))]
    pub annual_inspection_papers: Option<bool>,
    /// Which papers (十二.5 年检报送材料名称).
    #[record(column("年检报送材料名称"))]
    pub annual_inspection_materials: List<Material>,
    /// Whether it is charged (十二.6 年检是否收费).
    #[record(column("年检是否收费"))]
    pub annual_inspection_charged: Option<bool>,
    /// What is charged (十二.7 年检收费项目).
    #[record(column("年检收费项目"))]
    pub annual_inspection_fees: List<Fee>,
    /// What proves that it was passed (十二.8 通过年检的证明或标志).
    #[record(column("通过年检的证明或标志"))]
    pub annual_inspection_mark: Text,
    /// Whether a report is due every year (十三.1 有无年报要求).
    #[record(column("有无年报要求"))]
    pub annual_report: Option<bool>,
    /// What is reported (十三.2 年报报送材料名称).
    #[record(column("年报报送材料名称"))]
    pub annual_report_materials: List<Material>,
    /// Basis of that (十三.3 设定年报要求的依据).
    #[record(column("设定年报要求的依据", "年报设定依据"), adjusts = BasisChanged)]
    pub annual_report_basis: List<Citation>,
    /// At which intervals (十三.4 年报周期).
    #[record(column("年报周期"))]
    pub annual_report_period: Option<TimeLimit>,
    /// Who supervises (十四 监管主体).
    #[record(column("监管主体"), lower = relation::Concretise)]
    pub supervisors: List<Authority>,
    /// What differs by level in one norm (不同层级差异).
    #[record(column("不同层级差异", "层级差异"))]
    pub level_differences: Text,
    /// Version of the norm (版本).
    #[record(columns = columns::VERSION, column("规范版本"))]
    pub version: Option<u32>,
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

impl LicensingNorm {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
    fn read_level(&mut self, text: &str, cx: &mut Cell<'_>) {
        read_level_cell(text, &mut self.levels, &mut self.scope_note, cx);
    }
    /// The name without the code that stands behind it; `place` says whether the code found its place.
    fn without_code<'a>(&mut self, text: &'a str, place: fn(&mut Self, &str) -> bool) -> &'a str {
        match name_and_code(text) {
            Some((name, code)) if !name.is_empty() && place(self, code) => name,
            _ => text,
        }
    }
    fn read_name(&mut self, text: &str, _: &mut Cell<'_>) {
        let name = self.without_code(text, |norm, code| {
            if norm.id.is_empty() {
                code.clone_into(&mut norm.id);
            } else if norm.parent.is_empty() && norm.id != code {
                norm.parent = code.into();
            }
            norm.id == code || *norm.parent == *code
        });
        name.clone_into(&mut self.name);
    }
    fn read_sub_item(&mut self, text: &str, _: &mut Cell<'_>) {
        self.sub_item = self.without_code(text, Self::place_below).into();
    }
    fn read_handling_item(&mut self, text: &str, _: &mut Cell<'_>) {
        self.handling_item = self.without_code(text, Self::place_below).into();
    }
    /// A code that belongs below what was read before it.
    fn place_below(&mut self, code: &str) -> bool {
        if self.id.is_empty() {
            code.clone_into(&mut self.id);
        } else if self.id != code && self.is_below(code) {
            self.parent = std::mem::replace(&mut self.id, code.to_owned()).into();
        }
        self.id == code
    }
    /// Whether a code stands below the id: a sub item of the main item, a handling item of the sub item.
    fn is_below(&self, code: &str) -> bool {
        let main = self.id.strip_suffix("00Y").or_else(|| self.id.strip_suffix("000"));
        code.len() >= self.id.len() && code.starts_with(main.unwrap_or(&self.id))
    }
}
