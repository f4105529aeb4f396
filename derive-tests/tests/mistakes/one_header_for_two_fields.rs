use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(column("收费项目"))]
    name: String,
    #[record(column("名称", "收费 项目"))]
    title: String,
    #[record(ticks("名称"))]
    levels: qingdan::Set<qingdan::codes::Level>,
}

fn main() {}
