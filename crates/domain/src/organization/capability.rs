//! What an organization may do in the market: buy, sell, run venues for others.

use super::{OrganizationEvent, Verification};
use crate::named;
use crate::problem::{Code, Problem};

named! {
    /// Something an organization can do in the market; each is applied for and granted separately.
    pub enum Capability {
        /// It asks for quotes and orders. Granted at once.
        Buyer = "BUYER",
        /// It quotes, publishes offers and delivers. Granted by itself once the organization is verified.
        Seller = "SELLER",
        /// It runs venues for others and holds their money. Granted by platform staff to verified organizations.
        Operator = "OPERATOR",
    }
}

named! {
    /// How far an organization's application for a capability has come.
    pub enum CapabilityStatus {
        /// It was asked for and not decided.
        Applied = "APPLIED",
        /// The organization may act so, as far as its verification allows.
        Granted = "GRANTED",
        /// Platform staff said no; the organization may apply again.
        Refused = "REFUSED",
        /// Platform staff stopped it for now.
        Suspended = "SUSPENDED",
    }
}

use CapabilityStatus::{Applied, Granted, Refused, Suspended};

/// The capabilities of one organization; `None` for what it never applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Buying.
    pub buyer: Option<CapabilityStatus>,
    /// Selling.
    pub seller: Option<CapabilityStatus>,
    /// Running venues for others.
    pub operator: Option<CapabilityStatus>,
}

/// What an organization may act as: its capabilities, and the check that they rest on. By default nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entitlement {
    /// What it applied for.
    pub capabilities: Capabilities,
    /// How far its check has come.
    pub verification: Verification,
}

impl Entitlement {
    /// Of one that applied for nothing, or of nobody.
    pub const NONE: Self = Self {
        capabilities: Capabilities { buyer: None, seller: None, operator: None },
        verification: Verification::Unverified,
    };

    /// Whether it may act in `capability` now: it was granted, the organization is not suspended, and it is verified where
    /// others rely on it, which is everywhere but in buying.
    ///
    /// # Errors
    /// [`Code::NotVerified`] or [`Code::CapabilityMissing`].
    pub fn may_act_as(&self, capability: Capability) -> Result<(), Problem> {
        let status = self.capabilities.get(capability);
        let awaits_verification = matches!(status, Some(Applied | Granted)) && capability != Capability::Buyer;
        if self.verification != Verification::Suspended && awaits_verification && !self.is_verified() {
            return Err(Code::NotVerified.into());
        }
        if status != Some(Granted) || self.verification == Verification::Suspended {
            return Err(Problem::new(Code::CapabilityMissing).with("capability", capability));
        }
        Ok(())
    }

    const fn is_verified(&self) -> bool {
        matches!(self.verification, Verification::Verified)
    }
}

impl Capabilities {
    /// How far `capability` has come.
    #[must_use]
    pub const fn get(&self, capability: Capability) -> Option<CapabilityStatus> {
        match capability {
            Capability::Buyer => self.buyer,
            Capability::Seller => self.seller,
            Capability::Operator => self.operator,
        }
    }

    /// The capabilities that were granted and are not suspended.
    pub fn granted(&self) -> impl Iterator<Item = Capability> {
        let all = [Capability::Buyer, Capability::Seller, Capability::Operator];
        let capabilities = *self;
        all.into_iter().filter(move |capability| capabilities.get(*capability) == Some(Granted))
    }

    /// The organization applies. Buying is granted at once, selling at once to who is verified.
    pub(super) fn apply(
        &mut self,
        capability: Capability,
        verification: Verification,
    ) -> Result<Vec<OrganizationEvent>, Problem> {
        self.step(capability, &[None, Some(Refused)], Applied)?;
        let mut events = vec![OrganizationEvent::CapabilityApplied { capability }];
        let at_once = match capability {
            Capability::Buyer => true,
            Capability::Seller => verification == Verification::Verified,
            Capability::Operator => false,
        };
        if at_once {
            self.step(capability, &[Some(Applied)], Granted)?;
            events.push(OrganizationEvent::CapabilityGranted { capability });
        }
        Ok(events)
    }

    /// What follows from the organization having been verified.
    pub(super) fn verified(&mut self) -> Option<OrganizationEvent> {
        let capability = Capability::Seller;
        self.step(capability, &[Some(Applied)], Granted).ok()?;
        Some(OrganizationEvent::CapabilityGranted { capability })
    }

    /// Platform staff say yes.
    pub(super) fn grant(&mut self, capability: Capability) -> Result<OrganizationEvent, Problem> {
        self.step(capability, &[Some(Applied)], Granted)?;
        Ok(OrganizationEvent::CapabilityGranted { capability })
    }

    /// Platform staff say no.
    pub(super) fn refuse(&mut self, capability: Capability) -> Result<(), Problem> {
        self.step(capability, &[Some(Applied)], Refused)
    }

    /// Platform staff stop it for now.
    pub(super) fn suspend(&mut self, capability: Capability) -> Result<(), Problem> {
        self.step(capability, &[Some(Granted)], Suspended)
    }

    /// Platform staff let it go on.
    pub(super) fn reinstate(&mut self, capability: Capability) -> Result<OrganizationEvent, Problem> {
        self.step(capability, &[Some(Suspended)], Granted)?;
        Ok(OrganizationEvent::CapabilityReinstated { capability })
    }

    fn step(
        &mut self,
        capability: Capability,
        from: &[Option<CapabilityStatus>],
        to: CapabilityStatus,
    ) -> Result<(), Problem> {
        let status = match capability {
            Capability::Buyer => &mut self.buyer,
            Capability::Seller => &mut self.seller,
            Capability::Operator => &mut self.operator,
        };
        if !from.contains(status) {
            let status = status.map_or_else(|| "NONE".to_owned(), |status| status.to_string());
            return Err(Problem::new(Code::CapabilityStatus).with("status", status));
        }
        *status = Some(to);
        Ok(())
    }
}
