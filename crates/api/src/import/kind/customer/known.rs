//! What is known of the customers that some rows name, before any of the rows is taken.

use std::collections::{HashMap, HashSet};

use tradehall_domain::customer::{Customer, CustomerId, Segment};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationStatus, Venue};
use tradehall_persistence::customer::{by_numbers, noted, segment};
use tradehall_persistence::{Tx, organization, venue};

use super::super::customer_row::{CustomerRow, Named};
use crate::app::Error;
use crate::import::table::Row;

/// The customers that rows name.
pub(super) struct Known {
    shop: Venue,
    parts: HashMap<OrganizationId, Participation>,
    noted: HashMap<CustomerId, Customer>,
    /// Who has a number, or is given it by an earlier row.
    numbers: HashMap<String, CustomerId>,
    segments: HashMap<String, Segment>,
    members: HashMap<OrganizationId, Vec<Segment>>,
    /// Organizations without a part in the shop, that could be invited.
    others: HashSet<OrganizationId>,
    seen: HashSet<OrganizationId>,
}

impl Known {
    /// # Errors
    /// [`Code::NoShop`]; when the database is away.
    pub(super) async fn load(tx: &Tx, seller: OrganizationId, rows: &[(&Row, CustomerRow)]) -> Result<Self, Error> {
        let shop = venue::shop_of(tx, seller).await?.ok_or(Code::NoShop)?;
        let (mut buyers, mut numbers, mut texts) = (Vec::new(), Vec::new(), HashSet::new());
        for (_, row) in rows {
            match &row.named {
                Named::Id(id) => buyers.push(*id),
                Named::Number(number) => {
                    texts.insert(number.as_str());
                    numbers.push(number.as_str());
                }
            }
            numbers.extend(row.change.number.iter().flatten().map(String::as_str));
        }
        let numbered = by_numbers(tx, &numbers).await?;
        let by_number = numbered.iter().filter_map(|one| Some((one.number.as_ref()?.as_str(), one)));
        buyers.extend(by_number.clone().filter(|(text, _)| texts.contains(text)).map(|(_, one)| one.buyer));
        let numbers = by_number.map(|(text, one)| (text.to_owned(), one.id)).collect();
        let parts = venue::participations_among(tx, shop.id, &buyers, Side::Buyer).await?;
        let ids: Vec<_> = parts.iter().map(|part| Customer::id_of(part.id)).collect();
        let noted = noted(tx, &ids).await?;
        let parts: HashMap<_, _> = parts.into_iter().map(|part| (part.organization, part)).collect();
        let others: Vec<_> = buyers.iter().copied().filter(|buyer| !parts.contains_key(buyer)).collect();
        let others = organization::load_many(tx, &others).await?.into_iter().map(|one| one.id).collect();
        let (mut segments, mut members) = (HashMap::new(), HashMap::new());
        if rows.iter().any(|(_, row)| row.segments.is_some()) {
            let all = segment::of_seller(tx, seller).await?;
            segments = all.into_iter().map(|segment| (segment.code.to_string(), segment)).collect();
            members = segment::of_buyers(tx, seller, &buyers).await?;
        }
        Ok(Self { shop, parts, noted, numbers, segments, members, others, seen: HashSet::new() })
    }

    /// The shop whose customers they are.
    pub(super) const fn shop(&self) -> &Venue {
        &self.shop
    }

    /// The part that an organization has in the shop.
    pub(super) fn part(&self, buyer: OrganizationId) -> Option<&Participation> {
        self.parts.get(&buyer)
    }

    /// The part of the customer that has this number.
    pub(super) fn numbered(&self, number: &str) -> Result<&Participation, Problem> {
        let id = self.numbers.get(number).copied();
        let part = self.parts.values().find(|part| Some(Customer::id_of(part.id)) == id);
        part.ok_or_else(|| Code::NotFound.into())
    }

    /// How else a row can name the customer that `named` names.
    pub(super) fn otherwise(&self, named: &Named) -> Option<Named> {
        match named {
            Named::Id(id) => self.customer(self.part(*id)?).number.map(|number| Named::Number(number.to_string())),
            Named::Number(number) => self.numbered(number).ok().map(|part| Named::Id(part.organization)),
        }
    }

    /// Whether there is such an organization without a part in the shop.
    pub(super) fn is_there(&self, buyer: OrganizationId) -> bool {
        self.others.contains(&buyer)
    }

    /// Whether no earlier row was about this organization.
    pub(super) fn is_new(&mut self, buyer: OrganizationId) -> bool {
        self.seen.insert(buyer)
    }

    /// What is noted of a customer.
    pub(super) fn customer(&self, part: &Participation) -> Customer {
        self.noted.get(&Customer::id_of(part.id)).cloned().unwrap_or_else(|| Customer::of(part))
    }

    /// Whether nobody else has the customer's number.
    pub(super) fn check_number(&self, customer: &Customer) -> Result<(), Problem> {
        let holder = customer.number.as_ref().and_then(|number| self.numbers.get(number.as_str()));
        match holder {
            Some(holder) if *holder != customer.id => Err(Problem::new(Code::CustomerNumberTaken).at("number")),
            _ => Ok(()),
        }
    }

    /// From here on the customer's number is taken.
    pub(super) fn number(&mut self, customer: &Customer) {
        if let Some(number) = &customer.number {
            self.numbers.insert(number.to_string(), customer.id);
        }
    }

    /// Which segments a customer enters and which it leaves, so that it is in exactly those of these codes.
    pub(super) fn sort(
        &self,
        part: &Participation,
        codes: Option<&[String]>,
    ) -> Result<(Vec<Segment>, Vec<Segment>), Problem> {
        let Some(codes) = codes else { return Ok((Vec::new(), Vec::new())) };
        let current = self.members.get(&part.organization).map_or(&[][..], Vec::as_slice);
        let mut joins: Vec<Segment> = Vec::new();
        for code in codes {
            let segment = self.segments.get(code);
            let segment = segment.ok_or_else(|| Problem::new(Code::KeyUnknown).with("key", code))?;
            if !current.iter().chain(&joins).any(|one| one.id == segment.id) {
                joins.push(segment.clone());
            }
        }
        if !joins.is_empty() && part.status != ParticipationStatus::Approved {
            return Err(Code::NotApproved.into());
        }
        let leaves = current.iter().filter(|one| !codes.iter().any(|code| code == one.code.as_str()));
        Ok((joins, leaves.cloned().collect()))
    }
}
