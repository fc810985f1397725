//! What is noted of a customer.

use tradehall_domain::access::Permission;
use tradehall_domain::customer::{Customer, CustomerChange, CustomerId};
use tradehall_domain::venue::{Participation, ParticipationStatus};
use tradehall_persistence::customer::{noted, save, showing};
use tradehall_persistence::{Turn, Tx};

use super::customers;
use crate::app::{Command, Error, check_version, organization_of};

/// Notes something else of a customer of the actor's organization.
#[derive(Debug)]
pub struct AmendCustomer {
    /// Which customer.
    pub customer: CustomerId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: CustomerChange,
}

impl Command for AmendCustomer {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = (Participation, Customer);

    async fn run(self, tx: &mut Tx) -> Result<(Participation, Customer), Error> {
        let seller = organization_of(tx)?;
        let turn = Turn::take(tx, seller).await?;
        let part = customers(tx, seller, &[self.customer]).await?.pop().ok_or(Error::NotFound)?;
        let mut known = noted(tx, &[self.customer]).await?;
        let mut customer = known.remove(&self.customer).unwrap_or_else(|| Customer::of(&part));
        check_version(customer.version, self.expected_version)?;
        let event = customer.amend(&self.change)?;
        save(tx, &mut customer, &event)?;
        if self.change.reach.is_some() && part.status == ParticipationStatus::Approved {
            showing::show(tx, &turn, std::slice::from_ref(&part)).await?;
        }
        Ok((part, customer))
    }
}
