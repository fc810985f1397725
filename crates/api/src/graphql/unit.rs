//! Units of measure on the wire.

use async_graphql::{InputValueResult, Scalar, ScalarType, Value};
use tradehall_domain::unit::Unit;

use super::scalar::refused_by;

/// A unit of UN/ECE Recommendation 20 by its common code, such as C62 (piece), KGM (kilogram) or XCT (carton).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitCode(pub Unit);

#[Scalar(specified_by_url = "https://unece.org/trade/uncefact/cl-recommendations")]
impl ScalarType for UnitCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err("A UnitCode is a string.".into()) };
        Unit::parse(text).map(Self).map_err(refused_by)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}
