//! Who gets which answer: every route of the program, asked by everybody, about each visibility.
//!
//! The routes come from the program itself, so a new one changes the table. `BERTH_UPDATE_SNAPSHOTS=1` writes
//! `tests/access.snap` anew; what changed in it is then for people to judge.

mod ask;
mod people;
mod place;
mod routes;
mod table;

pub(crate) use ask::Question;
pub(crate) use people::{Identified, account, identified, unrelated};
pub(crate) use place::Place;
pub(crate) use routes::{Route, routes};

use crate::support::TestServer;
use model::Visibility;
use table::Table;

/// Nobody is slowed down for asking often, and no token ends before a slow machine has asked everything.
pub(crate) const PATIENT: &str = "--guesses-per-account 1000000 --guesses-per-source 1000000 \
    --comments-per-account 60000 --comments-per-source 60000 --newcomer-hourly 60000 --newcomer-daily 60000 \
    --stars-per-account 60000 --stars-per-source 60000 --api-token-ttl 24h";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_is_the_one_that_people_agreed_to() {
    let server = TestServer::with(PATIENT).await;
    let people = identified(&server).await;
    let mut table = Table::default();
    let mut seen = Seen::new(&server, &people).await;
    for route in routes() {
        let mut rows = Vec::new();
        for (index, person) in people.iter().enumerate() {
            let mut statuses = Vec::new();
            for (column, visibility) in Visibility::ALL.into_iter().enumerate() {
                statuses.push(if route.only_reads() {
                    seen.read(&server, &route, person, index, column).await
                } else {
                    let place = Place::new(&server, person, visibility).await;
                    Question::new(&route, &place, person).ask(&server, person).await.status.as_u16()
                });
            }
            rows.push(statuses);
        }
        table.add(&route, rows);
    }
    table.compare();
}

/// Repositories that are only looked at: one for each person and visibility.
struct Seen {
    places: Vec<Vec<Place>>,
}

impl Seen {
    async fn new(server: &TestServer, people: &[Identified]) -> Self {
        let mut places = Vec::new();
        for person in people {
            let mut row = Vec::new();
            for visibility in Visibility::ALL {
                row.push(Place::new(server, person, visibility).await);
            }
            places.push(row);
        }
        Self { places }
    }

    async fn read(
        &mut self,
        server: &TestServer,
        route: &Route,
        person: &Identified,
        index: usize,
        column: usize,
    ) -> u16 {
        let question = Question::new(route, &self.places[index][column], person);
        let status = question.ask(server, person).await.status;
        if route.method == "GET" {
            let head = question.with_method("HEAD").ask(server, person).await;
            assert_eq!(head.status, status, "HEAD {}", route.path);
        }
        status.as_u16()
    }
}
