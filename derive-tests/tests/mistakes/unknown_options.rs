use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(named = "fee")]
struct Fee {
    #[record(kee)]
    id: String,
    #[record(columns("收费项目"))]
    name: String,
}

fn main() {}
