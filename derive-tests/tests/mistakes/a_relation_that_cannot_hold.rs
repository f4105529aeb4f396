use qingdan::{Record, relation};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(lower = relation::AtMost)]
    name: String,
}

fn main() {}
