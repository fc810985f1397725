//! What a product costs somebody.

use async_graphql::{Context, Description, Object, Result};
use jiff::Timestamp;
use tradehall_domain::catalog::Product;
use tradehall_domain::currency::Currency;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{PriceRule, PriceTag, Question, Resolution, Taken};
use tradehall_domain::problem::Code;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::unit::Unit;
use tradehall_persistence::pricing::{Item, Wanted};

use crate::app::{Error, Session};
use crate::graphql::closed::Closed;
use crate::graphql::loader::{load_maybe, session};
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};
use crate::pricing::loaders::PriceOf;

/// What one unit of a product costs a buyer when so much of it is bought. Seen by that buyer and by the seller.
#[derive(Debug, Clone, Description)]
pub struct ProductPriceNode {
    taken: Taken,
    resolution: Resolution,
}

/// What a client asks a price for, as it was sent.
#[derive(Debug, Clone, Copy)]
pub(in crate::pricing) struct Asked {
    /// How much; one where nothing is said.
    pub(in crate::pricing) quantity: Option<Decimal>,
    /// Of which unit; the product's own where nothing is said.
    pub(in crate::pricing) unit: Option<UnitCode>,
    /// In which currency; any where nothing is said.
    pub(in crate::pricing) currency: Option<CurrencyCode>,
    /// As of when; now where nothing is said.
    pub(in crate::pricing) as_of: Option<DateTime>,
}

impl Asked {
    /// The question that is asked about `product`.
    ///
    /// # Errors
    /// BAD_USER_INPUT for a quantity that cannot be.
    pub(in crate::pricing) async fn question(&self, session: &Session, product: &Product) -> Result<Question> {
        let unit = self.unit.map_or(product.details.unit, |unit| unit.0);
        let quantity = self.quantity.map_or(Ok(Quantity::ONE), |value| {
            let quantity = Quantity::new(value.0)?;
            unit.check(quantity).map(|()| quantity)
        });
        let quantity =
            quantity.map_err(|problem| session.fail(Error::BadInput(problem.message(session.language()))))?;
        let (currency, as_of) = (self.currency.map(|code| code.0), self.as_of.map(|time| time.0));
        Ok(Question::new(quantity, unit, currency, as_of, now(session).await?))
    }
}

/// The one time of all that a request reads, so that one statement prices all of it.
async fn now(session: &Session) -> Result<Timestamp> {
    Ok(session.reading().await.map_err(|error| session.fail(error))?.now())
}

impl ProductPriceNode {
    /// The price in a resolution, if it has one.
    #[must_use]
    pub fn of(resolution: Resolution) -> Option<Self> {
        Some(Self { taken: resolution.taken?, resolution })
    }

    /// What the viewer pays for `product`.
    ///
    /// # Errors
    /// BAD_USER_INPUT, or what the statement ran into.
    pub async fn load(
        ctx: &Context<'_>,
        product: &Product,
        quantity: Option<Decimal>,
        unit: Option<UnitCode>,
        currency: Option<CurrencyCode>,
        as_of: Option<DateTime>,
    ) -> Result<Option<Self>> {
        let session = session(ctx)?;
        let asked = Asked { quantity, unit, currency, as_of };
        let question = asked.question(session, product).await?;
        let item = Item { wanted: Wanted::of(product), question };
        Self::resolved(ctx, session.actor().organization, item).await
    }

    /// What `buyer` would pay the viewer's organization for `product`.
    ///
    /// # Errors
    /// What the statement ran into.
    pub async fn for_buyer(
        ctx: &Context<'_>,
        buyer: OrganizationId,
        product: &Product,
        (quantity, unit, currency): (Quantity, Unit, Currency),
    ) -> Result<Option<Self>> {
        let session = session(ctx)?;
        let Some(own) = session.actor().organization else { return Ok(None) };
        let question = Question::new(quantity, unit, Some(currency), None, now(session).await?);
        Self::resolved(ctx, Some(buyer), Item { wanted: Wanted::from_seller(product, own), question }).await
    }

    async fn resolved(ctx: &Context<'_>, buyer: Option<OrganizationId>, item: Item) -> Result<Option<Self>> {
        Ok(load_maybe(ctx, PriceOf { buyer, item }).await?.and_then(Self::of))
    }
}

#[Object(name = "ProductPrice", use_type_description)]
impl ProductPriceNode {
    /// The price of one `unit`, with up to four decimals.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.taken.price)
    }

    /// What the price counts; it may differ from the unit that was asked for.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.taken.unit)
    }

    /// The quantity that was asked for, counted in `unit`.
    async fn quantity(&self) -> Decimal {
        Decimal(self.taken.quantity.value())
    }

    /// What the whole quantity costs, rounded to the currency; null beyond the largest amount.
    async fn amount(&self) -> Option<MoneyNode> {
        self.taken.amount().ok().map(MoneyNode)
    }

    /// Which rule the price comes from.
    async fn rule(&self) -> Closed<PriceRule> {
        self.taken.rule.into()
    }

    /// The name of the promotion that makes the price; null for other prices.
    async fn promotion_name(&self) -> Option<&str> {
        self.candidate().and_then(|candidate| candidate.name.as_ref()).map(|name| name.as_str())
    }

    /// So many percent off the list price; null for a price that was set.
    async fn percent_off(&self) -> Option<Decimal> {
        match self.candidate()?.tag {
            PriceTag::PercentOff(percent) => Some(Decimal(percent.value())),
            PriceTag::Fixed(..) => None,
        }
    }

    /// Until when what states the price holds, that moment excluded; null for no end. Another rule may come before it sooner.
    async fn valid_until(&self) -> Option<DateTime> {
        self.candidate()?.valid.until.map(DateTime)
    }

    /// The least that is sold at once, in `orderMinimumUnit`; null for no least.
    async fn order_minimum(&self) -> Option<Decimal> {
        self.resolution.order.minimum.map(|(quantity, _)| Decimal(quantity.value()))
    }

    /// What `orderMinimum` counts.
    async fn order_minimum_unit(&self) -> Option<UnitCode> {
        self.resolution.order.minimum.map(|(_, unit)| UnitCode(unit))
    }

    /// What quantities are multiples of, in `orderMultipleUnit`; null for any.
    async fn order_multiple(&self) -> Option<Decimal> {
        self.resolution.order.multiple.map(|(quantity, _)| Decimal(quantity.value()))
    }

    /// What `orderMultiple` counts.
    async fn order_multiple_unit(&self) -> Option<UnitCode> {
        self.resolution.order.multiple.map(|(_, unit)| UnitCode(unit))
    }

    /// The most that is sold at once, in `orderMaximumUnit`; null for no most.
    async fn order_maximum(&self) -> Option<Decimal> {
        self.resolution.order.maximum.map(|(quantity, _)| Decimal(quantity.value()))
    }

    /// What `orderMaximum` counts.
    async fn order_maximum_unit(&self) -> Option<UnitCode> {
        self.resolution.order.maximum.map(|(_, unit)| UnitCode(unit))
    }

    /// Whether the quantity that was asked for can be ordered; the price answers nevertheless.
    async fn orderable(&self) -> bool {
        self.resolution.orderable.is_ok()
    }

    /// Why it cannot be ordered; null when it can.
    async fn reason_code(&self) -> Option<Closed<Code>> {
        self.resolution.refusal().map(Closed)
    }

    /// The same for people, in the viewer's language.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let language = session(ctx)?.language();
        Ok(self.resolution.orderable.as_ref().err().map(|problem| problem.message(language)))
    }
}

impl ProductPriceNode {
    fn candidate(&self) -> Option<&tradehall_domain::pricing::Candidate> {
        let tried = self.resolution.steps.iter().flat_map(|step| &step.tried);
        tried.map(|(candidate, _)| candidate).find(|candidate| candidate.id == self.taken.candidate)
    }
}
