//! Webhooks: how soon a push is told, how many deliveries a second there are, and what pushes pay for it.

mod latency;
mod pushes;
mod receiver;
mod site;
mod throughput;

use crate::peers::Field;
use crate::table::Row;
use anyhow::Result;

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let mut rows = latency::measure(field)?;
    rows.extend(throughput::measure(field)?);
    rows.extend(pushes::measure(field)?);
    Ok(rows)
}
