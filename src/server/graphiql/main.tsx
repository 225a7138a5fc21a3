import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { examplesAt } from './examples.ts';
import { hidingMachinery, introspectionName } from './introspection.ts';
import { askingInMode, createChosenMode, PriceControl } from './price.tsx';
import { createStorage } from './storage.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

// The page stands at /graphiql/ and the endpoint beside it, also when both are behind a proxy that adds a path.
const url = new URL('../graphql', document.baseURI).href;
const chosenMode = createChosenMode(localStorage);
const asking = askingInMode(createGraphiQLFetcher({ url, enableIncrementalDelivery: false }), chosenMode);
const fetcher = hidingMachinery(asking);
const tabs = examplesAt(Date.now()).map(({ query, variables }) => ({
  query,
  variables: variables === null ? null : JSON.stringify(variables, null, 2),
}));

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    introspectionQueryName={introspectionName}
    defaultTabs={tabs}
    defaultEditorToolsVisibility="variables"
    storage={createStorage(localStorage, sessionStorage)}
    // A header may hold a token: it isn't written down.
    shouldPersistHeaders={false}
    customScalarSchemas={{ DateTime: { type: 'string', format: 'date-time' }, JSONObject: { type: 'object' } }}
  >
    <GraphiQL.Logo>Auto QA scores</GraphiQL.Logo>
    <GraphiQL.Footer>
      <PriceControl chosen={chosenMode} />
    </GraphiQL.Footer>
  </GraphiQL>,
);
