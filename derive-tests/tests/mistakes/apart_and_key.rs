use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(key, apart)]
    id: String,
    #[record(apart, identity)]
    name: String,
}

fn main() {}
