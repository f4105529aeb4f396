//! The headers of columns that several kinds of lists have: each is said here, once.
//!
//! A field names them with `#[record(columns = columns::REMARKS)]`, headers of its own in front of or behind them:
//! `#[record(column("备案事项编码"), columns = columns::ID)]`. The first header of a field is the one that is written. They
//! are for kinds of one's own too.
//!
//! ```
//! use qingdan::item::columns;
//! use qingdan::{Map, Record, Text};
//!
//! /// What an office charges.
//! #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
//! #[record(name = "fee-item")]
//! struct FeeItem {
//!     #[record(key, column("收费编码"), columns = columns::ID)]
//!     id: String,
//!     #[record(identity, column("收费项目"), columns = columns::NAME)]
//!     name: String,
//!     #[record(columns = columns::REMARKS)]
//!     remarks: Text,
//!     extra: Map<Text>,
//! }
//! assert_eq!(FeeItem::FIELDS[0].columns, ["收费编码", "编码", "事项编码", "事项代码"]);
//! ```

use crate::record::SpreadColumn;

/// The columns of departments, then those of authorities: a word in a header, and the level that it means.
macro_rules! by_level {
    ($($word:literal => $level:literal),+ $(,)?) => {
        &[
            $(
                SpreadColumn::new(concat!($word, "主管部门"), concat!($level, "主管部门")).stands_for("department"),
                SpreadColumn::new(concat!("主管部门/", $word), concat!($level, "主管部门")).stands_for("department"),
            )+
            $(
                SpreadColumn::new(concat!($word, "实施机关"), concat!($level, "实施机关")).stands_for("authorities"),
                SpreadColumn::new(concat!("实施机关/", $word), concat!($level, "实施机关")).stands_for("authorities"),
            )+
        ]
    };
}

/// The levels that are ticked under one of these groups of headers.
macro_rules! level_ticks {
    ($($group:literal),+) => {
        &[$(
            concat!($group, "/国家级"),
            concat!($group, "/省级"),
            concat!($group, "/市级"),
            concat!($group, "/县级"),
            concat!($group, "/乡级"),
            concat!($group, "/乡镇级"),
            concat!($group, "/乡镇级及其他"),
            concat!($group, "/村级"),
            concat!($group, "/省"),
            concat!($group, "/市"),
            concat!($group, "/县"),
            concat!($group, "/乡镇"),
            concat!($group, "/自治区级"),
            concat!($group, "/设区的市级"),
            concat!($group, "/地市级"),
            concat!($group, "/市州级"),
            concat!($group, "/州级"),
            concat!($group, "/地州级"),
            concat!($group, "/县(市、区)级"),
            concat!($group, "/县市级"),
            concat!($group, "/县区级"),
            concat!($group, "/区级"),
        )+]
    };
}

/// The code of an item (`id`).
pub const ID: &[&str] = &["编码", "事项编码", "事项代码"];
/// The number of a row (`serial`).
pub const SERIAL: &[&str] = &["序号", "编号"];
/// The name of an item (`name`).
pub const NAME: &[&str] = &["事项名称", "名称"];
/// The name of a sub item (`sub_item`).
pub const SUB_ITEM: &[&str] = &["子项名称", "子项", "子项目名称"];
/// The name of a handling item (`handling_item`).
pub const HANDLING_ITEM: &[&str] = &["业务办理项名称", "办理项名称"];
/// The id of what an item belongs to (`parent`).
pub const PARENT: &[&str] = &["上级编码", "主项编码", "父项编码"];
/// Competent departments (`department`).
pub const DEPARTMENT: &[&str] = &["主管部门", "责任部门", "部门", "行业主管部门", "主管单位"];
/// Who implements an item (`authorities`).
pub const AUTHORITIES: &[&str] = &["实施机关", "实施主体"];
/// Departments and authorities of all levels in one cell (`bodies_by_level`): those whose level has no column.
pub const BODIES: &[&str] = &["各级机关"];
/// Departments and authorities, a column for each level (`bodies_by_level`), from the highest level down.
///
/// Where a table has no column 主管部门, the department of the highest level that it has a column for is the list's own:
/// it is `department` and not told a second time (and so for 实施机关 and `authorities`). What depends on the columns
/// alone is read again from what was written; a list that is another level's says so:
/// `--columns department=市级主管部门`.
pub const BODIES_BY_LEVEL: &[SpreadColumn] = by_level! {
    "国家" => "国家级", "国家级" => "国家级", "中央" => "国家级",
    "省级" => "省级",
    "市级" => "市级", "地市级" => "市级", "市州级" => "市级", "州级" => "市级", "设区的市级" => "市级",
    "县级" => "县级", "区级" => "县级", "县区级" => "县级", "区县级" => "县级", "县(市、区)级" => "县级",
    "乡镇级" => "镇(乡、街道)级", "乡级" => "镇(乡、街道)级", "镇(乡、街道)级" => "镇(乡、街道)级",
};
/// Who cooperates (`cooperating`).
pub const COOPERATING: &[&str] = &["配合部门", "配合单位", "协同部门", "协同单位", "协办单位", "联合部门"];
/// The office that handles an item (`undertakers`).
pub const UNDERTAKERS: &[&str] =
    &["承办机构", "承办单位", "承办处室", "承办科室", "内设机构", "责任科室", "责任处室"];
/// Type of an item (`item_type`).
pub const ITEM_TYPE: &[&str] = &["事项类型", "职权类型", "权力类型"];
/// Levels that exercise a power, in one cell (`levels`).
pub const LEVELS: &[&str] = &["行使层级", "层级", "实施层级"];
/// Levels, a column each that is ticked (`levels`).
///
/// 省级 alone is none of them: it stands under other groups of headers too (承办机构/省级), whose cells are no ticks.
pub const LEVEL_TICKS: &[&str] = level_ticks!("行使层级", "实施层级", "审批层级");
/// What a level is in charge of (`scope_note`).
pub const SCOPE_NOTE: &[&str] = &["权限说明", "权限划分", "管理权限说明"];
/// A legal basis of which the list does not say what it is for (`basis`).
pub const BASIS: &[&str] = &["法律依据", "依据"];
/// Setting and implementing basis in one (`basis`).
pub const COMBINED_BASIS: &[&str] = &["设定和实施依据", "设定及实施依据", "设定与实施依据"];
/// Setting basis (`setting_basis`).
pub const SETTING_BASIS: &[&str] = &["设定依据"];
/// Implementing basis (`implementing_basis`).
pub const IMPLEMENTING_BASIS: &[&str] = &["实施依据"];
/// Supervising basis (`supervising_basis`).
pub const SUPERVISING_BASIS: &[&str] = &["监管依据"];
/// The part of a list that an item stands in, where a table says it in a column (`part`).
pub const PART: &[&str] = &["所在部分", "所属部分"];
/// Delegated, entrusted or conferred, and to whom (`delegation`).
pub const DELEGATION: &[&str] = &["委托下放情况", "委托/下放情况"];
/// Whom an item serves (`service_objects`).
pub const SERVICE_OBJECTS: &[&str] = &["服务对象", "服务对象类型"];
/// Whether it concerns enterprises (`for_enterprises`).
pub const FOR_ENTERPRISES: &[&str] = &["是否涉企", "是否涉企许可", "是否涉企经营许可"];
/// Conditions of acceptance (`conditions`).
pub const CONDITIONS: &[&str] = &["受理条件", "办理条件", "申请条件"];
/// What an applicant hands in (`materials`).
pub const MATERIALS: &[&str] = &["申请材料", "材料名称"];
/// Steps (`procedure`).
pub const PROCEDURE: &[&str] = &["办理流程", "运行流程"];
/// How long it takes (`limit`).
pub const LIMIT: &[&str] = &["办理时限", "办结时限"];
/// Statutory limit (`statutory_limit`).
pub const STATUTORY_LIMIT: &[&str] = &["法定办结时限", "法定时限", "法定审批时限", "法定期限"];
/// Promised limit (`promised_limit`).
pub const PROMISED_LIMIT: &[&str] = &["承诺办结时限", "承诺时限", "承诺审批时限", "承诺期限"];
/// Whether something is charged (`charged`).
pub const CHARGED: &[&str] = &["是否收费"];
/// What is charged (`fees`).
pub const FEES: &[&str] = &["收费项目", "收费标准"];
/// On which ground it is charged (`fee_basis`).
pub const FEE_BASIS: &[&str] = &["收费依据"];
/// Type of the result (`result_type`).
pub const RESULT_TYPE: &[&str] = &["审批结果类型", "结果类型"];
/// Name of the result (`result_name`).
pub const RESULT_NAME: &[&str] = &["审批结果名称", "结果名称"];
/// How often one has to come (`visits`).
pub const VISITS: &[&str] = &["跑动次数"];
/// Whether the applicant may commit instead (`commitment_optional`).
pub const COMMITMENT_OPTIONAL: &[&str] = &["可选择告知承诺制", "是否可选择告知承诺制"];
/// Mode of reform (`mode`, `reform_mode`).
pub const REFORM_MODE: &[&str] = &["改革方式"];
/// Measures of reform (`measures`).
pub const MEASURES: &[&str] = &["具体改革举措", "改革举措"];
/// How it is supervised during and after (`supervision`).
pub const SUPERVISION: &[&str] = &["加强事中事后监管措施", "事中事后监管措施", "监管措施"];
/// The guide (`guide`).
pub const GUIDE: &[&str] = &["办事指南"];
/// Batch (`batch`).
pub const BATCH: &[&str] = &["批次"];
/// When it is to be there (`due`, `deadline`).
pub const DUE: &[&str] = &["完成时间", "完成时限"];
/// Whether it is there (`status` of what is offered).
pub const SERVICE_STATUS: &[&str] = &["开通状态", "是否开通"];
/// Version (`version`).
pub const VERSION: &[&str] = &["版本", "事项版本"];
/// In force from (`effective`).
pub const EFFECTIVE: &[&str] = &["生效日期", "实施日期", "计划生效日期"];
/// In force until (`until`).
pub const UNTIL: &[&str] = &["失效日期", "有效期至", "计划取消日期"];
/// Rows of the upper list, where the header does not say which list (`upper_refs`).
pub const UPPER_REFS: &[&str] = &["上级清单序号"];
/// Rows of the lists of the levels above, a column for each (`upper_refs`).
pub const UPPER_REFS_BY_LEVEL: &[SpreadColumn] = &[
    SpreadColumn::new("国家清单序号", "国家级"),
    SpreadColumn::new("中央清单序号", "国家级"),
    SpreadColumn::new("国家级清单序号", "国家级"),
    SpreadColumn::new("对应国家清单序号", "国家级"),
    SpreadColumn::new("中央行政许可事项清单序号", "国家级"),
    SpreadColumn::new("中央行政许可事项清单(2022年版)序号", "国家级2022年版"),
    SpreadColumn::new("中央行政许可事项清单(2023年版)序号", "国家级2023年版"),
    SpreadColumn::new("省级清单序号", "省级"),
    SpreadColumn::new("对应省级清单序号", "省级"),
    SpreadColumn::new("市级清单序号", "市级"),
    SpreadColumn::new("对应市级清单序号", "市级"),
];
/// The level that set an item, as the list states it (`origin`).
pub const ORIGIN: &[&str] = &["设定层级", "设定级别"];
/// The mark that the list itself gives to what is new (`edition_note`).
pub const EDITION_NOTE: &[&str] = &["变动情况", "调整情况"];
/// State (`state`).
pub const STATE: &[&str] = &["事项状态", "状态"];
/// Remarks (`remarks`).
pub const REMARKS: &[&str] = &["备注", "说明"];
/// Whom to ask (`contact`).
pub const CONTACT: &[&str] = &["联系方式", "联系人及电话", "联系电话", "咨询电话"];
