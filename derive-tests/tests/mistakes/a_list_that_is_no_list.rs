use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    names: Vec<String>,
}

fn main() {}
