use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(kind = "fee", any_header)]
struct Fee {
    #[record(read = Self::read_name)]
    name: String,
    #[record(reference)]
    parent: String,
    #[record(reference)]
    upper: String,
}

fn main() {}
