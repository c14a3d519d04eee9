//! Receivers' reports (SPEC R4.3, R4.4): each is for one step of one run, and is taken once.

use crate::store::webhooks::reports::{self as rows, ReportedStep};
use crate::store::webhooks::{queue, runs};
use crate::{Hub, secrets};
use model::webhook::{Callback, CallbackState, RunState, StepState};
use model::{Error, Missing, Timestamp};

/// What a report is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// It counts.
    Taken,
    /// There is one already, or the step was not called yet.
    NotAwaited,
    /// The run is over, or the time was up.
    TooLate,
}

impl Hub {
    /// Takes the report that belongs to `token`.
    ///
    /// # Errors
    /// `NotFound(Callback)` for an invented token.
    pub async fn report(&self, token: &str, callback: &Callback) -> Result<Reported, Error> {
        let (now, hash) = (self.now(), secrets::hash(token));
        let mut change = self.change().await?;
        let missing = Error::NotFound(Missing::Callback);
        let found = rows::by_callback(&mut change, &hash).await?.ok_or(missing.clone())?;
        runs::hold(&mut change, &found.webhook_id, &found.run_id).await?;
        // Again, now that nobody else can change it.
        let step = rows::by_callback(&mut change, &hash).await?.ok_or(missing)?;
        let judged = judge(&step, now)?;
        if judged != Reported::Taken {
            change.roll_back().await?;
            return Ok(judged);
        }
        let text = serde_json::to_string(callback).map_err(|_| Error::Internal)?;
        rows::report(&mut change, &step.run_id, step.position, &text, now).await?;
        if step.waits {
            let (run_id, position) = (&step.run_id, step.position);
            match callback.state {
                CallbackState::Success => {
                    runs::end_step(&mut change, run_id, position, StepState::Done, now).await?;
                    self.move_on(&mut change, &step.webhook_id, run_id, position, now).await?;
                }
                CallbackState::Failure | CallbackState::Error => {
                    let state = match callback.state {
                        CallbackState::Failure => StepState::Failure,
                        _ => StepState::Error,
                    };
                    runs::end_step(&mut change, run_id, position, state, now).await?;
                    runs::end(&mut change, run_id, RunState::Stopped, now).await?;
                }
            }
            queue::note_next(&mut change, &step.webhook_id, now).await?;
        }
        change.commit().await?;
        self.ring_webhook_bell();
        Ok(Reported::Taken)
    }
}

/// A receiver may report before its answer to our request has reached us, so a step that is being sent counts as
/// called.
fn judge(step: &ReportedStep, now: Timestamp) -> Result<Reported, Error> {
    let corrupt = |_| Error::Internal;
    let (state, run): (StepState, RunState) =
        (step.state.parse().map_err(corrupt)?, step.run_state.parse().map_err(corrupt)?);
    if !step.callback.is_empty() {
        return Ok(Reported::NotAwaited);
    }
    if step.waits && (run.is_over() || step.expires_at.is_some_and(|at| at <= now.0)) {
        return Ok(Reported::TooLate);
    }
    let was_sent = step.attempts > 0;
    Ok(match (step.waits, state) {
        (true, StepState::Called) => Reported::Taken,
        (true, StepState::Sending) if was_sent => Reported::Taken,
        (true, _) => Reported::NotAwaited,
        // It decides nothing, and is shown with the image.
        (false, StepState::Sending | StepState::Done) if was_sent => Reported::Taken,
        (false, _) => Reported::TooLate,
    })
}
