//! Every verb in every status of every state machine, driven through the domain itself.

mod agreement;
mod catalog;
mod identity;
mod import;
mod order;
mod organization;
mod participation;
mod pricing;
mod publishing;
mod quote;
mod rfq;

use jiff::Timestamp;
use tradehall_domain::import::ImportMode;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problems};

use crate::generated::snapshot;
use crate::table::table;

/// The matrix of one state machine.
struct Machine {
    title: &'static str,
    /// What a verb that does not fit the status is refused with.
    refused: Code,
    statuses: Vec<String>,
    verbs: Vec<(&'static str, Vec<String>)>,
}

impl Machine {
    fn new(title: &'static str, refused: Code, statuses: impl IntoIterator<Item = impl ToString>) -> Self {
        let statuses = statuses.into_iter().map(|status| status.to_string()).collect();
        Self { title, refused, statuses, verbs: Vec::new() }
    }

    /// A verb of this machine: `tried` answers for each status, in their order, what the verb makes of it.
    fn verb(&mut self, name: &'static str, tried: impl IntoIterator<Item = Result<String, Problems>>) {
        let cells = tried.into_iter().map(|outcome| match outcome {
            Ok(status) => status,
            Err(problems) => {
                let mut codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
                codes.dedup();
                if codes == [self.refused] { "-".to_owned() } else { format!("! {}", names(&codes)) }
            }
        });
        let cells: Vec<_> = cells.collect();
        assert_eq!(cells.len(), self.statuses.len(), "{name} was not tried in every status");
        self.verbs.push((name, cells));
    }

    fn text(self) -> String {
        let head = std::iter::once(String::new()).chain(self.statuses).collect();
        let rows = self.verbs.into_iter().map(|(name, cells)| std::iter::once(name.to_owned()).chain(cells).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        format!("{} (- is {})\n{}", self.title, self.refused.name(), table(&rows))
    }
}

fn names(codes: &[Code]) -> String {
    codes.iter().map(|code| code.name()).collect::<Vec<_>>().join(" ")
}

/// What a verb did to a status.
fn outcome<E, P: Into<Problems>>(done: Result<E, P>, status: impl ToString) -> Result<String, Problems> {
    done.map(|_| status.to_string()).map_err(Into::into)
}

fn now() -> Timestamp {
    tradehall_tests::world::DAWN.parse().unwrap()
}

#[test]
fn every_verb_in_every_status() {
    let machines = [
        identity::login(),
        identity::api_key(),
        organization::verification(),
        organization::capability(),
        organization::membership(),
        organization::member_invitation(),
        participation::participation(),
        catalog::product(),
        catalog::offer(),
        publishing::version(),
        pricing::price_list(),
        pricing::promotions(),
        import::import("Import, good rows kept", ImportMode::KeepGoodRows),
        import::import("Import, all or nothing", ImportMode::AllOrNothing),
        import::export(),
        rfq::request("Request for quotation, open bidding", tradehall_domain::rfq::Bidding::Open),
        rfq::request("Request for quotation, sealed bidding", tradehall_domain::rfq::Bidding::Sealed),
        rfq::after_the_deadline(),
        rfq::invitation(),
        quote::while_open(),
        quote::after_the_deadline(),
        quote::at_the_award(),
        order::order(),
        agreement::agreement(),
    ];
    let about = "# Every verb in every status: what becomes of it, or the code that it is refused with.\n";
    let parts: Vec<_> = std::iter::once(about.to_owned()).chain(machines.into_iter().map(Machine::text)).collect();
    snapshot("transitions.txt", &parts.join("\n"));
}
