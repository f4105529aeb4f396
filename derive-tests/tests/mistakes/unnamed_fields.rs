use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee(String, u32);

fn main() {}
