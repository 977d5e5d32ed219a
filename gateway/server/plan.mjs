// The query plan of an operation: {supergraph, query, operationName} on stdin, the plan on stdout.
import { text } from 'node:stream/consumers';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse, print } from 'graphql';
import { withoutStrict } from './strict.mjs';

const { supergraph, query, operationName } = JSON.parse(await text(process.stdin));
const planned = print(withoutStrict(parse(query)));
const plan = new QueryPlanner(supergraph).plan(planned, operationName ?? undefined, new Set(), 0);
process.stdout.write(JSON.stringify(plan));
