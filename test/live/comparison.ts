import { inspect } from 'node:util';
import type { Edge } from '../../lib/model/ingress/edge';
import { edgesOf } from '../../lib/model/ingress/edges';
import { Network } from '../../lib/model/network';
import { haproxyFor } from './haproxy';
import { nginxFor } from './nginx';
import { randomRegexTables, randomTables } from './random-tables';
import { sendAll } from './raw-client';
import { onTheWire, type RawRequest, requestsNear } from './requests';
import { manifestsOf, type RoutingTable } from './routing-table';
import { installed, start } from './server';
import { REGEX_TABLES, TABLES } from './tables';
import { expected, isAnswered, textOf, textOfResponse } from './verdicts';

export type ServerName = 'nginx' | 'haproxy';

export const SERVERS: readonly ServerName[] = ['nginx', 'haproxy'];

/** What came of asking a server. */
export interface Comparison {
  /** How many requests the model knows the answer to. */
  readonly compared: number;
  /** How many it leaves open. */
  readonly undecided: number;
  /** One line for each answer that the model did not foresee. */
  readonly differences: readonly string[];
}

const RECIPES = { nginx: nginxFor, haproxy: haproxyFor };

const RANDOM_TABLES = 6;

function tablesFor(name: ServerName, seed: number): readonly RoutingTable[] {
  const own = name === 'nginx' ? [...REGEX_TABLES, ...randomRegexTables(RANDOM_TABLES, seed)] : [];
  return [...TABLES, ...randomTables(RANDOM_TABLES, seed), ...own];
}

/** Sends to the server what it is sent for each table, and holds the model to what comes back. */
export async function compareWith(name: ServerName, requestsPerTable: number, seed: number): Promise<Comparison> {
  const tables = tablesFor(name, seed);
  const server = await start(installed(name)!, RECIPES[name](tables));
  try {
    const parts: Comparison[] = [];
    for (const [i, table] of tables.entries()) {
      const requests = requestsNear(table, requestsPerTable, seed + i);
      parts.push(await compareOne(edgeOf(table, name), requests, server.ports[i], `table ${i} of seed ${seed}`));
    }
    return {
      compared: parts.reduce((sum, { compared }) => sum + compared, 0),
      undecided: parts.reduce((sum, { undecided }) => sum + undecided, 0),
      differences: parts.flatMap(({ differences }) => differences),
    };
  } finally {
    await server.stop();
  }
}

async function compareOne(
  edge: Edge,
  requests: readonly RawRequest[],
  port: number,
  table: string,
): Promise<Comparison> {
  const responses = await sendAll(port, requests.map(onTheWire));
  const verdicts = requests.map((request) => expected(edge, request));
  const differences = requests.flatMap((request, i) => {
    const verdict = verdicts[i];
    if (verdict === undefined || isAnswered(verdict, request, responses[i])) return [];
    return [`${table}: ${shown(request)}: ${textOfResponse(responses[i])}, by the model ${textOf(verdict)}`];
  });
  const undecided = verdicts.filter((verdict) => verdict === undefined).length;
  return { compared: requests.length - undecided, undecided, differences };
}

/** The proxy that serves the Ingresses of the table, as the model knows it. */
function edgeOf(table: RoutingTable, controller: ServerName): Edge {
  const network = Network.from(manifestsOf(table, controller), { ingress: [controller] });
  const [edge] = edgesOf(network.cluster);
  return edge;
}

function shown({ target, host }: RawRequest): string {
  const text = target.length > 120 ? `${target.slice(0, 120)}... (${target.length} characters)` : target;
  return `GET ${inspect(text)} HTTP/1.1, ${host === undefined ? 'no Host' : `Host: ${inspect(host)}`}`;
}
