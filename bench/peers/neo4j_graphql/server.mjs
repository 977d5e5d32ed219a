// @neo4j/graphql on GraphQL Yoga: `node server.mjs PORT`. POST /graphql; GET /statements says how many were sent.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { createYoga } from 'graphql-yoga';
import neo4j from 'neo4j-driver';

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
  notificationFilter: { minimumSeverityLevel: 'OFF' },
  telemetryDisabled: true,
});
let statements = 0;
counted(driver);

const typeDefs = readFileSync(new URL('types.graphql', import.meta.url), 'utf8');
// Dates of birth are strings in the graph, and compared as such.
const features = { filters: { String: { GTE: true, LTE: true } } };
const schema = await new Neo4jGraphQL({ typeDefs, driver, features }).getSchema();
const yoga = createYoga({ schema, graphiql: false, landingPage: false, logging: false, maskedErrors: false });
createServer((request, response) => {
  if (request.url === '/statements') response.end(String(statements));
  else yoga(request, response);
}).listen(Number(process.argv[2]), '127.0.0.1');

/** Have each statement of a read counted; nothing else changes. */
function counted(pool) {
  const open = pool.session.bind(pool);
  pool.session = (options) => {
    const session = open(options);
    const read = session.executeRead.bind(session);
    session.executeRead = (work, config) => read((transaction) => {
      statements += 1;
      return work(transaction);
    }, config);
    return session;
  };
}
