//! What is refused on its way in, and that nothing of it stays.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tradehall::attachment::FileSettings;
use tradehall_tests::{json, story};

use super::market::{Market, PDF};

/// The head of a request that sends its body in chunks.
fn chunked(market: &Market, link: &str) -> String {
    format!("PUT {link} HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n", market.address)
}

/// Writes `parts` and answers the status of the reply.
async fn raw(market: &Market, parts: &[&[u8]]) -> u16 {
    let mut socket = TcpStream::connect(&market.address).await.unwrap();
    for part in parts {
        socket.write_all(part).await.unwrap();
    }
    let mut reply = vec![0; 12];
    socket.read_exact(&mut reply).await.unwrap();
    String::from_utf8(reply).unwrap().rsplit(' ').next().unwrap().parse().unwrap()
}

story! {
    async fn a_file_that_is_not_what_was_announced_leaves_nothing(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;

        let html = b"<script>alert</".as_slice();
        assert_eq!(html.len(), PDF.len());
        assert_eq!(market.put(&link, html).await.refusal(), (422, "CONTENT_MISMATCH".to_owned()));
        let longer = [PDF, b"x"].concat();
        assert_eq!(market.put(&link, &longer).await.refusal(), (422, "SIZE_MISMATCH".to_owned()));
        assert_eq!(market.put(&link, &PDF[1..]).await.refusal(), (422, "SIZE_MISMATCH".to_owned()));
        assert_eq!(market.put(&link, b"").await.refusal(), (422, "SIZE_MISMATCH".to_owned()));
        let packed = market.send("PUT", &link, &[("content-encoding", "gzip")], PDF.to_vec()).await;
        assert_eq!(packed.refusal(), (415, "CONTENT_ENCODING".to_owned()));

        // Without a length to go by, the bytes themselves are counted.
        let head = chunked(&market, &link);
        assert_eq!(raw(&market, &[head.as_bytes(), b"f\r\n", PDF, b"\r\n1\r\nx\r\n0\r\n\r\n"]).await, 422);
        assert_eq!(raw(&market, &[head.as_bytes(), b"4\r\n%PDF\r\n0\r\n\r\n"]).await, 422);

        assert_eq!(market.kept(), 0);
        assert_eq!(market.put(&link, PDF).await.status, 201, "the link was not used up by any of these");
        assert_eq!(market.kept(), 1);
    }
}

story! {
    async fn a_file_that_breaks_off_leaves_nothing(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;
        for _ in 0..3 {
            let mut socket = TcpStream::connect(&market.address).await.unwrap();
            socket.write_all(chunked(&market, &link).as_bytes()).await.unwrap();
            socket.write_all(b"4\r\n%PDF\r\n").await.unwrap();
            drop(socket);
        }
        assert_eq!(market.put(&link, PDF).await.status, 201);
        assert_eq!(market.kept(), 1);
    }
}

story! {
    async fn who_sends_too_slowly_is_cut_off(world) {
        let settings = FileSettings { receive_timeout: Duration::from_millis(100), ..FileSettings::default() };
        let market = Market::open_with(world, settings).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;
        let head = chunked(&market, &link);
        assert_eq!(raw(&market, &[head.as_bytes(), b"4\r\n%PDF\r\n"]).await, 408);
        assert_eq!(market.kept(), 0);
    }
}

story! {
    async fn who_comes_when_too_many_are_there_is_told_to_wait(world) {
        let market = Market::open_with(world, FileSettings { receiving_max: 0, ..FileSettings::default() }).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;
        let reply = market.put(&link, PDF).await;
        assert_eq!(reply.refusal(), (503, "UNAVAILABLE".to_owned()));
        assert_eq!(reply.header("retry-after"), "2");
    }
}

story! {
    async fn a_request_beyond_the_limits_is_refused_with_reasons(world) {
        let mut settings = FileSettings::default();
        settings.uploads.size_max = 1_000;
        settings.uploads.quota = 40;
        settings.uploads.open_max = 2;
        let market = Market::open_with(world, settings).await;
        let buyer = market.world.buyer().await;
        let ask = async |name: &str, media_type: &str, size: i64| {
            let input = json!({ "input": { "fileName": name, "mediaType": media_type, "size": size } });
            buyer.run("requestUpload", input).await.refusals()
        };
        let refusal = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
        assert_eq!(ask("a.pdf", "application/pdf", 1_001).await, refusal("FILE_TOO_LARGE", "size"));
        assert_eq!(ask("a.pdf", "application/pdf", -1).await, refusal("NOT_POSITIVE", "size"));
        assert_eq!(ask("a.svg", "image/svg+xml", 1).await, refusal("MEDIA_TYPE_REFUSED", "mediaType"));
        assert_eq!(ask("a.pdf.exe", "application/pdf", 1).await, refusal("FILE_EXTENSION", "fileName"));
        assert_eq!(ask("../..", "application/pdf", 1).await, refusal("REQUIRED", "fileName"));
        assert_eq!(ask(&"x".repeat(201), "application/pdf", 1).await, refusal("TOO_LONG", "fileName"));
        assert_eq!(ask("a.pdf", "application/pdf", 41).await, refusal("STORAGE_FULL", "size"));

        // What is awaited counts as much as what has come.
        market.upload(&buyer, "a.pdf", "application/pdf", PDF).await;
        market.ask(&buyer, "b.pdf", "application/pdf", PDF.len()).await;
        assert_eq!(ask("c.pdf", "application/pdf", 11).await, refusal("STORAGE_FULL", "size"));
        assert_eq!(ask("c.pdf", "application/pdf", 10).await, []);
        assert_eq!(ask("d.txt", "text/plain", 1).await.len(), 2, "no room and too many awaited");
        // An organization's limits are its own.
        let other = market.world.stranger().await;
        market.upload(&other, "a.pdf", "application/pdf", PDF).await;
    }
}
