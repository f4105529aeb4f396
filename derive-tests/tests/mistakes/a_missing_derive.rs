use qingdan::Record;

#[derive(Clone, Debug, PartialEq, Record)]
struct Fee {
    name: String,
}

fn main() {}
