// Starts GraphiQL against the server that served this page, with the example operations as tabs.
"use strict";

(async () => {
  const endpoint = new URL("/graphql", location.href);
  const socket = new URL(endpoint);
  socket.protocol = endpoint.protocol === "https:" ? "wss:" : "ws:";

  const examples = await fetch("/graphiql/examples.json").then((answer) => answer.json());

  const fetcher = GraphiQL.createFetcher({
    url: endpoint.href,
    // Headers of the editor travel in the payload of connection_init.
    subscriptionUrl: socket.href,
  });

  ReactDOM.createRoot(document.getElementById("graphiql")).render(
    React.createElement(GraphiQL, {
      fetcher,
      // Shown once; afterwards the tabs are those that the visitor left.
      defaultTabs: examples.map(({ query, variables }) => ({ query, variables })),
      isHeadersEditorEnabled: true,
      defaultEditorToolsVisibility: "headers",
      shouldPersistHeaders: false,
    }),
  );
})();
