//! What happens in the week: opening hours, when customers come and how they pay, and who looks at the Terminals screen.

use std::collections::BTreeMap;

use cloudecr_simulator::{Outcome as Does, Settlement, Step};
use jiff::{SignedDuration, Timestamp};
use kaunter_tests::{Dice, Outcome};
use till::Reference;

/// Sales of one day.
pub(crate) const SALES_A_DAY: usize = 500;
pub(crate) const DAYS: usize = 7;
/// The two days that are open past midnight.
const LATE: [usize; 2] = [4, 5];
/// The day on which the till is killed and started again.
const KILLED: usize = 1;
/// The day on which the Terminals screen is left open.
const LEFT_OPEN: usize = 2;
/// The day on which some customers' wallets take hours to decide.
const SLOW_WALLETS: usize = 3;

/// How a customer pays.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) wallet: bool,
    /// What happens at the terminal.
    pub(crate) step: Step,
}

#[derive(Debug, Clone)]
pub(crate) enum Event {
    Open,
    Close,
    /// The power goes, and comes back at once.
    Kill,
    /// So many customers at once.
    Customers(Vec<Customer>),
    /// The Terminals screen asks for the list.
    Look,
    /// A payment in question is asked about: how often before, and since when.
    Question {
        reference: Reference,
        asked: usize,
        sent: Timestamp,
    },
    /// The minute in which the session is looked after.
    Minute,
}

/// What is to come, by its time.
#[derive(Default)]
pub(crate) struct Plan {
    events: BTreeMap<(Timestamp, usize), Event>,
    serial: usize,
}

impl Plan {
    pub(crate) fn add(&mut self, at: Timestamp, event: Event) {
        self.serial += 1;
        self.events.insert((at, self.serial), event);
    }

    pub(crate) fn next(&mut self) -> Option<(Timestamp, Event)> {
        let ((at, _), event) = self.events.pop_first()?;
        Some((at, event))
    }

    /// The week that begins at this midnight.
    pub(crate) fn of_week(midnight: Timestamp, dice: &mut Dice) -> Outcome<Self> {
        let mut plan = Self::default();
        for day in 0..DAYS {
            let hours = i64::try_from(day).unwrap_or(0) * 24;
            let day_begins = midnight.checked_add(SignedDuration::from_hours(hours))?;
            plan.day(day, day_begins, dice)?;
        }
        Ok(plan)
    }

    fn day(&mut self, day: usize, begins: Timestamp, dice: &mut Dice) -> Outcome {
        let at = |seconds: i64| begins.checked_add(SignedDuration::from_secs(seconds));
        let (opens, closes) = if LATE.contains(&day) {
            (hm(9, 45), hm(24, 45))
        } else {
            (hm(9, 45), hm(22, 15))
        };
        self.add(at(opens)?, Event::Open);
        self.add(at(closes)?, Event::Close);
        for minute in opens / 60 + 1..closes / 60 {
            self.add(at(minute * 60 + 7)?, Event::Minute);
        }
        if day == KILLED {
            self.add(at(hm(15, 0))?, Event::Kill);
        }
        let mut sales = 0;
        let mut slow = if day == SLOW_WALLETS { 6 } else { 0 };
        if LATE.contains(&day) {
            // Around the gateway's midnight somebody pays every few seconds.
            for second in (hm(23, 59)..hm(24, 1)).step_by(15) {
                self.add(at(second)?, Event::Customers(vec![customer(dice, &mut slow)?]));
                sales += 1;
            }
        }
        while sales < SALES_A_DAY {
            let second = busy_second(dice, opens + 600, closes - 900);
            let number = if dice.below(12) == 0 { 4 } else { 1 };
            let number = number.min(SALES_A_DAY - sales);
            sales += number;
            let customers: Outcome<Vec<_>> = (0..number).map(|_| customer(dice, &mut slow)).collect();
            self.add(at(second)?, Event::Customers(customers?));
        }
        // Now and then for five minutes; on one day from morning to evening.
        let looks = if day == LEFT_OPEN {
            vec![(opens + 60, closes - 60)]
        } else {
            [hm(9, 50), hm(12, 30), hm(19, 0)]
                .map(|from| (from, from + 300))
                .to_vec()
        };
        for (from, to) in looks {
            for second in (from..to).step_by(10) {
                self.add(at(second)?, Event::Look);
            }
        }
        Ok(())
    }
}

/// Seconds after midnight.
const fn hm(hour: i64, minute: i64) -> i64 {
    hour * 3600 + minute * 60
}

/// A second between the two, three times as likely at noon and in the evening.
fn busy_second(dice: &mut Dice, from: i64, to: i64) -> i64 {
    loop {
        let width = u64::try_from(to - from).unwrap_or(1);
        let second = from + i64::try_from(dice.below(width)).unwrap_or(0);
        let hour = second / 3600;
        let busy = (12..14).contains(&hour) || (18..21).contains(&hour);
        if busy || dice.below(3) == 0 {
            return second;
        }
    }
}

fn customer(dice: &mut Dice, slow: &mut usize) -> Outcome<Customer> {
    let wallet = dice.below(5) == 0;
    let pending = |settles_after: u32| Step {
        settles: Some(Settlement::Approve),
        settles_after,
        ..Step::of(Does::Pending)
    };
    let chance = dice.below(100);
    let step = if wallet && chance < 30 {
        if *slow > 0 {
            *slow -= 1;
            // At two questions a minute for six of them, this takes the rest of the day.
            pending(200)
        } else {
            pending(u32::try_from(dice.below(6))?)
        }
    } else if chance < 4 {
        Step::of(Does::Decline)
    } else if !wallet && chance < 6 {
        // Charged, and the gateway says that the terminal was too slow.
        Step {
            error_code: Some(40811),
            ..Step::of(Does::Approve)
        }
    } else {
        Step::of(Does::Approve)
    };
    Ok(Customer { wallet, step })
}
