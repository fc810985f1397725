//! Searching.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::connection::Edge;
use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{CategoryId, Product, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::search::{FacetKind, Question, SearchOrder};
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::search;
use tradehall_persistence::search::index::{Facets, Hit, Query, SuggestionKind};

use super::input::{ProductSearchFilter, facets, query};
use super::page::{page, window};
use super::priced::{self, Limits, Place, Priced};
use super::types::{Hits, ProductSuggestion, SearchSummary};
use crate::app::{Error, Session};
use crate::catalog::{CategoryNode, ProductNode, reads_unpublished};
use crate::graphql::closed::Closed;
use crate::graphql::connection::Paging;
use crate::graphql::loader::{allowed, counted};

/// The root fields that search.
#[derive(Debug, Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// The products that the viewer may see and that meet every word, with what they have in common counted. Words are met whatever
    /// their capitals and accents, by their beginnings, and in part numbers without their signs; typing errors are forgiven where
    /// nothing is met otherwise. Part numbers are the seller's, the maker's, a barcode, those of other makers, the viewer's own, its
    /// customers' for a seller, and a predecessor's if it is known whole. A change is found within a second. Needs nothing: visitors find
    /// what shops show them.
    #[expect(clippy::too_many_arguments, reason = "arguments of a field")]
    async fn product_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "query", desc = "Up to 10 words and 200 characters; all products when left out.")]
        words: Option<String>,
        #[graphql(desc = "Which products; all when left out.")] filter: Option<ProductSearchFilter>,
        #[graphql(desc = "What is counted in `facets`; everything when left out.")] facets: Option<
            Vec<Closed<FacetKind>>,
        >,
        #[graphql(desc = "In which order the hits come; the best first when left out.")] sort: Option<
            Closed<SearchOrder>,
        >,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor, which a search in the same order made.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor, which a search in the same order made.")] before: Option<String>,
    ) -> Result<Hits> {
        let session = allowed(ctx, Permission::Visit)?;
        // Counting costs more than finding: it is done for those who look at it.
        let counted_by =
            if ctx.look_ahead().field("facets").exists() { self::facets(facets) } else { Facets::default() };
        let order = sort.map_or(SearchOrder::Relevance, |sort| sort.0);
        let filter = filter.unwrap_or_default();
        let limits = limits(&filter, order).map_err(|error| session.fail(error))?;
        let query = query(words.as_deref(), filter, counted_by, order);
        let query = query.map_err(|error| session.fail(error))?;
        if let Some(limits) = limits {
            return by_price(ctx, query, limits, order, Paging::of(first, after, last, before)).await;
        }
        let by = query.order;
        let window = window(session, Paging::of(first, after, last, before), |text| Hit::decode(text, by))?;
        let unpublished = reads_unpublished(session);
        let found = async {
            let tx = session.reading().await?;
            let found = search::find(&tx, query, window.clone(), unpublished).await?;
            let (hits, _, _) = page(&found.hits, &window);
            let ids: Vec<ProductId> = hits.iter().map(|hit| Id::from_uuid(hit.id)).collect();
            let products = load(session, &ids).await?;
            Ok::<_, Error>((found, products))
        };
        let (found, mut products) = found.await.map_err(|error| session.fail(error))?;
        let (hits, precede, follow) = page(&found.hits, &window);
        counted(ctx, hits.len())?;
        let edges: Vec<_> = hits
            .iter()
            // What was hidden since it was indexed is not shown.
            .filter_map(|hit| Some(Edge::new(hit.encode(), ProductNode(products.remove(&Id::from_uuid(hit.id))?))))
            .collect();
        let mut connection = Hits::with_additional_fields(precede, follow, SearchSummary(found.clone()));
        connection.edges = edges;
        Ok(connection)
    }

    /// What can be meant by the beginning of a search: up to five categories and five brands whose names have every word, then the
    /// first products that do; of what the viewer may see and nothing else. Needs nothing: visitors are told of what shops show them.
    async fn product_suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was typed so far, up to 10 words and 200 characters.")] prefix: String,
        #[graphql(desc = "How many products at most, 1 to 20.", default = 5, validator(minimum = 1, maximum = 20))]
        first: i32,
    ) -> Result<Vec<ProductSuggestion>> {
        let session = allowed(ctx, Permission::Visit)?;
        let question = Question::parse(&prefix).map_err(|problem| session.fail(problem.at("prefix").into()))?;
        let suggested = suggest(session, question, usize::try_from(first).unwrap_or(1)).await;
        let suggested = suggested.map_err(|error| session.fail(error))?;
        counted(ctx, suggested.len())?;
        Ok(suggested)
    }
}

/// What is asked of prices, if anything is.
fn limits(filter: &ProductSearchFilter, order: SearchOrder) -> Result<Option<Limits>, Error> {
    match (&filter.price, order) {
        (Some(price), _) => Ok(Some(price.read()?)),
        (None, SearchOrder::PriceAscending | SearchOrder::PriceDescending) => {
            Err(Problem::new(Code::Required).at("price").at("filter").into())
        }
        (None, _) => Ok(None),
    }
}

/// The hits that cost what `limits` say.
async fn by_price(ctx: &Context<'_>, query: Query, limits: Limits, order: SearchOrder, paging: Paging) -> Result<Hits> {
    let session = allowed(ctx, Permission::Visit)?;
    let by = query.order;
    let window = window(session, paging, |text| Place::decode(text, order, by))?;
    let found = priced::find(session, query, limits, order, &window).await;
    let (hits, summary) = found.map_err(|error| session.fail(error))?;
    let (hits, precede, follow) = page(&hits, &window);
    counted(ctx, hits.len())?;
    let mut connection = Hits::with_additional_fields(precede, follow, SearchSummary(Arc::new(summary)));
    let edge = |hit: &Priced| Edge::new(hit.place.encode(), ProductNode(hit.product.clone()));
    connection.edges = hits.iter().map(edge).collect();
    Ok(connection)
}

/// The products of these ids that the viewer may see, by id.
async fn load(session: &Session, ids: &[ProductId]) -> Result<HashMap<ProductId, Product>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = product::load_many(&*session.reading().await?, ids).await?;
    let shown = |product: &Product| product.is_published() || reads_unpublished(session);
    Ok(found.into_iter().filter(shown).map(|product| (product.id, product)).collect())
}

async fn suggest(session: &Session, question: Question, limit: usize) -> Result<Vec<ProductSuggestion>, Error> {
    let tx = session.reading().await?;
    let suggestions = search::suggest(&tx, question, limit, reads_unpublished(session)).await?;
    let mut products: Vec<ProductId> = Vec::new();
    let mut categories: Vec<CategoryId> = Vec::new();
    for suggestion in &suggestions {
        match suggestion.kind {
            SuggestionKind::Product(id) => products.push(Id::from_uuid(id)),
            SuggestionKind::Category(id) => categories.push(Id::from_uuid(id)),
            SuggestionKind::Brand(_) => {}
        }
    }
    let mut products = load(session, &products).await?;
    let mut categories: HashMap<_, _> = if categories.is_empty() {
        HashMap::new()
    } else {
        let found = category::load_many(&tx, &categories).await?;
        found.into_iter().map(|category| (category.id, category)).collect()
    };
    let told = suggestions.into_iter().filter_map(|suggestion| {
        let (mut text, count) = (suggestion.label, suggestion.count);
        let (mut category, mut product) = (None, None);
        match suggestion.kind {
            SuggestionKind::Brand(_) => {}
            SuggestionKind::Category(id) => category = Some(CategoryNode(categories.remove(&Id::from_uuid(id))?)),
            SuggestionKind::Product(id) => {
                let found = products.remove(&Id::from_uuid(id))?;
                text = found.details.name.to_string();
                product = Some(ProductNode(found));
            }
        }
        Some(ProductSuggestion { text, count, category, product })
    });
    Ok(told.collect())
}
