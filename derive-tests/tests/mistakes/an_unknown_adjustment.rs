use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(adjusts = Rename)]
    name: String,
}

fn main() {}
