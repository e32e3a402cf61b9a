//! One transfer on its way: to the terminal and back, as far as its step lets it come.

use cloudecr::TransferResponse;
use serde_json::Value;

use crate::{
    attend::{self, Screen},
    delivery::Fate,
    failure::Failure,
    leg::Loss,
    manner::Manner,
    request::Transfer,
    simulator::Simulator,
    spelling::Spelling,
    spoil,
    state::Taken,
    step::Step,
};

impl Simulator {
    /// A whole transfer, from the bytes of the request to what the POS gets.
    pub(crate) async fn transfer(&self, token: Option<&str>, body: &[u8], spelling: Spelling) -> Fate {
        let body = serde_json::from_slice::<Value>(body);
        if let Ok(body) = &body
            && let Some((transfer, place, step)) = self.with(|state| state.lose_request(body))
        {
            return self.turn_back(&transfer, place, step, spelling);
        }
        let taken = self.authorize(token).and_then(|account| {
            let body = body.map_err(|error| Failure::because(40031, format!("not JSON: {error}")))?;
            self.with(|state| state.take(self.config(), self.signer(), &account, &body, self.now()))
        });
        match taken {
            Err(failure) => Fate::Refused(failure),
            Ok((transfer, Taken::Question(place, step))) => self.ask(&transfer, place, step, spelling).await,
            Ok((transfer, Taken::Work(place, step))) => self.work(transfer, place, step, spelling).await,
            Ok((transfer, Taken::Wait(place, waits))) => {
                let asked = self.with(|state| state.asked(place, &transfer));
                self.with(|state| state.show(place, Screen::Asks { asked }));
                let decision = attend::decision(waits);
                self.carry_out(transfer, place, decision, None, spelling).await
            }
        }
    }

    /// The terminal never gets it. What it would have said is needed only to be spoilt; that it is offline or busy,
    /// the gateway says.
    fn turn_back(&self, transfer: &Transfer, place: usize, step: Step, spelling: Spelling) -> Fate {
        let now = self.terminal_now();
        let answer = self.with(|state| {
            if transfer.action.is_money_moving() {
                state.act(self.config(), place, transfer, &step, now)
            } else {
                state.answer_question(self.config(), place, transfer, &step)
            }
        });
        self.conclude(transfer, place, step.lose, answer, spelling)
    }

    async fn ask(&self, transfer: &Transfer, place: usize, step: Step, spelling: Spelling) -> Fate {
        let delay = step.delay(std::time::Duration::ZERO);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let answer = self.with(|state| state.answer_question(self.config(), place, transfer, &step));
        self.conclude(transfer, place, step.lose, answer, spelling)
    }

    /// Has a terminal work on a transfer, and loses what the step loses.
    async fn work(&self, transfer: Transfer, place: usize, step: Step, spelling: Spelling) -> Fate {
        if !step.reaches_terminal() {
            return self.turn_back(&transfer, place, step, spelling);
        }
        let (lost, usual) = (step.lose.clone(), self.config().customer_delay);
        let step = Step {
            delay_ms: step.delay_ms.or_else(|| u64::try_from(usual.as_millis()).ok()),
            ..step
        };
        self.carry_out(transfer, place, std::future::ready(step), lost, spelling)
            .await
    }

    /// Has a terminal carry out what is decided, whenever that is. `lost`: what is known to be lost before.
    async fn carry_out(
        &self,
        transfer: Transfer,
        place: usize,
        decision: impl Future<Output = Step> + Send + 'static,
        lost: Option<Loss>,
        spelling: Spelling,
    ) -> Fate {
        // In a task of its own: a terminal goes on when the POS hangs up or the gateway has waited long enough.
        let (simulator, worked_on) = (self.clone(), transfer.clone());
        let work = tokio::spawn(async move {
            let step = decision.await;
            let asked = simulator.with(|state| state.asked(place, &worked_on));
            let works = Screen::Works { asked: asked.clone() };
            simulator.with(|state| state.show(place, works));
            let delay = step.delay(std::time::Duration::ZERO);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            let now = simulator.terminal_now();
            let answer = simulator.with(|state| {
                let answer = state.act(simulator.config(), place, &worked_on, &step, now);
                state.terminals[place].finish();
                let end = attend::end(&step, &answer);
                state.show(place, Screen::Ended { asked, end });
                answer
            });
            (answer, step.lose)
        });
        let (answer, lost) = match tokio::time::timeout(self.config().terminal_limit, work).await {
            Ok(Ok(done)) => done,
            Ok(Err(broken)) => (Err(Failure::because(500, broken.to_string())), lost),
            Err(_) => (Err(Failure::of(40811)), lost),
        };
        self.conclude(&transfer, place, lost, answer, spelling)
    }

    /// Signs an answer, and spoils it if it is to be lost.
    fn conclude(
        &self,
        transfer: &Transfer,
        place: usize,
        lost: Option<Loss>,
        answer: Result<TransferResponse, Failure>,
        spelling: Spelling,
    ) -> Fate {
        let answer = answer.and_then(|answer| {
            let mut body =
                serde_json::to_value(answer).map_err(|error| Failure::because(500, error.to_string()))?;
            spelling.transfer(&mut body);
            Ok(spoil::sign(self.signer(), body))
        });
        // An answer that was never given is none that can come again.
        let is_real = lost.as_ref().is_none_or(|loss| loss.at.is_after_acquirer());
        let given = answer.as_ref().ok().filter(|_| is_real);
        let previous = self
            .with(|state| state.terminals[place].previous_answer(transfer.action.is_money_moving(), given));
        let Some(Loss { how, .. }) = lost else {
            return answer.map_or_else(Fate::Refused, Fate::Answered);
        };
        match how {
            Manner::Late { .. } if !is_real => Fate::Spoilt(how, Err(Failure::of(50311))),
            Manner::Replay => match previous {
                Some(previous) => Fate::Spoilt(how, Ok(previous)),
                None => Fate::Spoilt(Manner::Reset, answer),
            },
            Manner::Restart => {
                self.restart();
                Fate::Spoilt(how, answer)
            }
            Manner::SessionEnded => {
                self.end_sessions(Some(&transfer.pos_id));
                Fate::Spoilt(how, answer)
            }
            how => {
                let answer = answer.map(|answer| spoil::alter(self.signer(), answer, &how));
                Fate::Spoilt(how, answer)
            }
        }
    }
}
