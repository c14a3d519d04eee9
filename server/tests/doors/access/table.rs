//! The table as text: routes that answer alike stand together. Compared with the file line by line.

use super::people::PEOPLE;
use super::routes::Route;
use model::Visibility;
use std::fmt::Write;
use std::path::PathBuf;

/// For each person, for each visibility.
type Statuses = Vec<Vec<u16>>;

#[derive(Default)]
pub(super) struct Table {
    blocks: Vec<(Vec<String>, Statuses)>,
}

impl Table {
    pub(super) fn add(&mut self, route: &Route, statuses: Statuses) {
        let fault = statuses.iter().flatten().find(|status| **status >= 500);
        assert_eq!(fault, None, "{} {}", route.method, route.path);
        let line = format!("{:<6} {}", route.method, route.path);
        match self.blocks.iter_mut().find(|(_, known)| *known == statuses) {
            Some((routes, _)) => routes.push(line),
            None => self.blocks.push((vec![line], statuses)),
        }
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "# Who gets which status. Written by the test of that name (server/tests/doors/access);\n\
             # BERTH_UPDATE_SNAPSHOTS=1 writes it anew. A HEAD answers like its GET.\n",
        );
        for (routes, statuses) in &self.blocks {
            let heads = Visibility::ALL.map(|visibility| format!("{:>9}", visibility.as_str())).concat();
            write!(text, "\n{}\n{:<28}{heads}\n", routes.join("\n"), "").unwrap();
            for (person, row) in PEOPLE.iter().zip(statuses) {
                let row: String = row.iter().map(|status| format!("{status:>9}")).collect();
                writeln!(text, "    {:<24}{row}", person.called).unwrap();
            }
        }
        text
    }

    pub(super) fn compare(&self) {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/access.snap");
        let now = self.text();
        if std::env::var("BERTH_UPDATE_SNAPSHOTS").as_deref() == Ok("1") {
            std::fs::write(&file, &now).unwrap();
            return;
        }
        let agreed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(agreed == now, "{} does not hold any more:\n{}", file.display(), difference(&agreed, &now));
    }
}

/// The lines that went and came, each under the line of its table that did not change.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for (i, line) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let skipped = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if line == other { common[i + 1][j + 1] + 1 } else { skipped };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            writeln!(text, "  {}", old[i]).unwrap();
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            writeln!(text, "- {}", old[i]).unwrap();
            i += 1;
        } else {
            writeln!(text, "+ {}", new[j]).unwrap();
            j += 1;
        }
    }
    shortened(&text)
}

/// Only what is near a change.
fn shortened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let near = |at: usize| {
        let around = at.saturating_sub(8)..(at + 3).min(lines.len());
        lines[around].iter().any(|line| !line.starts_with("  "))
    };
    let near: Vec<&str> = (0..lines.len()).filter(|at| near(*at)).map(|at| lines[at]).collect();
    near.join("\n")
}

#[test]
fn a_difference_shows_what_went_and_came() {
    let shown = difference("a\nb\nc\n", "a\nx\nc\nd\n");
    assert_eq!(shown, "  a\n- b\n+ x\n  c\n+ d");
}
