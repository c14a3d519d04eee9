//! The table, in Markdown.

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// At least so many times the peer's figure.
    Ratio(f64),
    /// At most so many times the figure beside.
    RatioAtMost(f64),
    AtLeast(f64),
    AtMost(f64),
}

/// One line.
pub(crate) struct Row {
    what: String,
    berth: f64,
    unit: &'static str,
    beside: Option<(&'static str, f64)>,
    target: Target,
    remark: String,
}

impl Row {
    pub(crate) fn new(what: &str, berth: f64, unit: &'static str, target: Target) -> Self {
        Self { what: what.to_owned(), berth, unit, beside: None, target, remark: String::new() }
    }

    pub(crate) fn beside(self, name: &'static str, figure: f64) -> Self {
        Self { beside: Some((name, figure)), ..self }
    }

    pub(crate) fn remark(self, remark: String) -> Self {
        Self { remark, ..self }
    }

    fn ratio(&self) -> Option<f64> {
        self.beside.map(|(_, figure)| self.berth / figure)
    }

    fn is_reached(&self) -> bool {
        match self.target {
            Target::Ratio(least) => self.ratio().is_some_and(|ratio| ratio >= least),
            Target::RatioAtMost(most) => self.ratio().is_some_and(|ratio| ratio <= most),
            Target::AtLeast(least) => self.berth >= least,
            Target::AtMost(most) => self.berth <= most,
        }
    }

    fn line(&self) -> String {
        let number =
            |figure: f64| if figure < 100.0 { format!("{figure:.2}") } else { format!("{figure:.0}") };
        let beside = self.beside.map_or(String::new(), |(name, figure)| format!("{name} {}", number(figure)));
        let ratio = self.ratio().map_or(String::new(), |ratio| format!("{ratio:.2}"));
        let target = match self.target {
            Target::Ratio(least) => format!(">= {least} x"),
            Target::RatioAtMost(most) => format!("<= {most} x"),
            Target::AtLeast(least) => format!(">= {least} {}", self.unit),
            Target::AtMost(most) => format!("<= {most} {}", self.unit),
        };
        let verdict = if self.is_reached() { "reached" } else { "MISSED" };
        let berth = format!("{} {}", number(self.berth), self.unit);
        let cells = [self.what.as_str(), &berth, &beside, &ratio, &target, verdict, &self.remark];
        format!("| {} |", cells.join(" | "))
    }
}

#[expect(clippy::print_stdout, reason = "the table is what one runs it for")]
pub(crate) fn print(rows: &[Row]) {
    println!("| what | Berth | beside | ratio | target | | |\n|---|---|---|---|---|---|---|");
    for row in rows {
        println!("{}", row.line());
    }
    let missed: Vec<&str> =
        rows.iter().filter(|row| !row.is_reached()).map(|row| row.what.as_str()).collect();
    match missed.as_slice() {
        [] => println!("\nEvery target is reached."),
        missed => println!("\nMissed: {}.", missed.join("; ")),
    }
}

#[expect(clippy::print_stderr, reason = "minutes without a word are long")]
pub(crate) fn progress(what: &str) {
    eprintln!("bench: {what} ...");
}

#[expect(clippy::print_stderr, reason = "or nobody would miss it")]
pub(crate) fn left_out(why: &str) {
    eprintln!("bench: left out: {why}");
}
