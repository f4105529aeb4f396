//! Rules and normative documents (规章、规范性文件目录).

use super::columns;
use crate::codes::{DocumentStatus, DocumentType, IssuerType, ItemState};
use crate::term::{Citation, ItemRef, UpperRef, When};
use crate::{List, Map, Record, Text, relation};

/// One rule or normative document in force, or in force no more (规章, 行政规范性文件).
///
/// `department` is who made it (制定机关). Registering, numbering and filing are verified (三统一); the columns are general
/// knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "normative-document", kind = "document")]
#[non_exhaustive]
pub struct NormativeDocument {
    /// Its code as the list gives it, or an id derived from its parts.
    #[record(key, column("文件编码"), columns = columns::ID)]
    pub id: String,
    /// Whether the id is derived from title and number because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, columns = columns::SERIAL)]
    pub serial: Text,
    /// Title (文件名称).
    #[record(identity, column("文件名称", "规章名称", "规范性文件名称", "文件标题", "标题"), columns = columns::NAME, lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Who made it (制定机关).
    #[record(column("制定机关", "发文机关", "制定部门", "发文单位", "起草部门"), columns = columns::DEPARTMENT, adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Document number (文号).
    #[record(identity, column("文号", "发文字号", "文件编号"))]
    pub number: Text,
    /// Kind of document (文件类型).
    #[record(column("文件类型", "文件类别", "文件性质"))]
    pub document_type: Option<DocumentType>,
    /// Whose it is (制定主体类别).
    #[record(column("制定主体类别", "制定机关类型"))]
    pub issuer_type: Option<IssuerType>,
    /// The document that it carries out.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// The number of registration (统一登记号, 三统一编号).
    #[record(column("统一登记号", "三统一编号", "统一编号", "登记号"))]
    pub registration: Text,
    /// The number under which it was filed (备案登记号).
    #[record(column("备案登记号", "备案号", "备案登记编号"))]
    pub filing_number: Text,
    /// Review of its legality (合法性审核).
    #[record(column("合法性审核", "合法性审查", "合法性审核意见"))]
    pub legality_review: Text,
    /// Published on (发布日期).
    #[record(column("发布日期", "公布日期", "印发日期", "成文日期"))]
    pub published: Option<When>,
    /// In force from (施行日期).
    #[record(column("施行日期"), columns = columns::EFFECTIVE)]
    pub effective: Option<When>,
    /// How long it holds (有效期), as written.
    #[record(column("有效期", "有效期限", "有效期(失效日期)"))]
    pub term: Text,
    /// In force until (失效日期).
    #[record(columns = columns::UNTIL, column("有效期截止日期"))]
    pub until: Option<When>,
    /// What the review came to (清理结果).
    #[record(column("清理结果", "清理结论", "清理意见", "效力状态", "有效性"))]
    pub status: Option<DocumentStatus>,
    /// The decision on the review (清理文件; 泰政发〔2024〕84号).
    #[record(column("清理文件", "清理依据", "清理结论依据"))]
    pub status_document: Text,
    /// Who interprets it (解释机关).
    #[record(column("解释机关", "解释单位"))]
    pub interpreter: Text,
    /// Documents that it replaces (替代文件).
    #[record(column("替代文件", "废止文件", "同时废止的文件"))]
    pub replaces: List<ItemRef>,
    /// The document that replaces it (被替代文件).
    #[record(column("被替代文件", "替代后文件", "新文件"))]
    pub replaced_by: List<ItemRef>,
    /// Basis (制定依据).
    #[record(column("制定依据", "上位法依据"), columns = columns::BASIS, adjusts = BasisChanged)]
    pub basis: List<Citation>,
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

impl NormativeDocument {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}
