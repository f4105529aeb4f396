use qingdan::item::columns;
use qingdan::{Record, Text};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee")]
struct Fee {
    #[record(key, columns = columns::ID)]
    id: String,
    #[record(column("收费说明"), columns = columns::REMARKS)]
    remarks: Text,
    #[record(column("用途", "说明"))]
    purpose: Text,
}

fn main() {}
