//! An office's own lists (自定义清单).

use super::columns;
use crate::{List, Map, Record, Text, relation};

/// One row of a list that is of no kind here: 公共服务事项, 中介服务事项, 行政事业性收费, 赋权乡镇(街道), 容缺受理, 不予处罚 and
/// whatever else an office keeps.
///
/// It knows no headers but those of numbers, names and departments; every other column stays in `extra` under its own
/// header, and is compared, merged and written back like any other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "custom-item", kind = "custom", any_header)]
#[non_exhaustive]
pub struct CustomItem {
    /// Its code as the list gives it, or an id derived from its name.
    #[record(key, columns = columns::ID, column("编号", "代码"))]
    pub id: String,
    /// Whether the id is derived from the name because the list has none.
    pub derived: bool,
    /// Which of several rows with one id it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
    /// Serial number as written, where it is no plain number.
    #[record(position, column("序号"))]
    pub serial: Text,
    /// Name as published.
    #[record(identity, columns = columns::NAME, column("项目名称"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Competent departments (主管部门).
    #[record(columns = columns::DEPARTMENT, column("责任单位"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// The id of the item that it belongs to.
    #[record(reference, columns = columns::PARENT)]
    pub parent: Text,
    /// Remarks (备注).
    #[record(columns = columns::REMARKS)]
    pub remarks: Text,
    /// The part of the list that it stands in (the title of a sheet or a section).
    #[record(columns = columns::PART)]
    pub part: Text,
    /// Columns that are no field, by header.
    pub extra: Map<Text>,
}

impl CustomItem {
    /// An item with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}
