use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(key)]
    id: String,
    #[record(key)]
    name: String,
}

fn main() {}
