import type { RouteFilter } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { UrlRequest } from '../request';
import type { Answer, Rewrite } from '../routing';
import { modifyPath } from './modify-path';

/** What the filters of a rule, or of one backend, make of a request. */
export interface Filtered {
  /** Instead of forwarding. */
  readonly redirect?: Answer & { readonly type: 'redirects' };
  readonly rewrite?: Rewrite;
  readonly notes: readonly string[];
  /** What leaves open whether the request gets past the filters. */
  readonly doubts: readonly Doubt[];
}

interface At {
  readonly request: UrlRequest;
  /** Of the listener. */
  readonly port: number;
  /** The path that the rule matched; `/` where it matched none. */
  readonly prefix: string;
}

/** GW-12. */
export function applyFilters(filters: readonly RouteFilter[], at: At): Filtered {
  const redirect = filters.find((each) => each.type === 'RequestRedirect');
  const rewrite = filters.find((each) => each.type === 'URLRewrite');
  return {
    redirect: redirect && redirected(redirect, at),
    rewrite: rewrite && {
      host: rewrite.hostname,
      path: rewrite.path && modifyPath(rewrite.path, at.request.path, at.prefix),
    },
    notes: filters.flatMap(noteOf),
    doubts: filters.flatMap((filter) => doubtsOf(filter, at.request)),
  };
}

const WELL_KNOWN = { http: 80, https: 443 } as const;

/**
 * The `Location` of a redirect: the scheme of the request unless another is named, with its well-known port; else the port of
 * the listener. A port that the scheme implies is left out.
 */
function redirected(
  filter: RouteFilter & { type: 'RequestRedirect' },
  { request, port, prefix }: At,
): Filtered['redirect'] {
  const scheme = filter.scheme ?? request.scheme;
  const target = filter.port ?? (filter.scheme ? WELL_KNOWN[filter.scheme] : port);
  const host = filter.hostname ?? request.host;
  const path = filter.path ? modifyPath(filter.path, request.path, prefix) : request.path;
  const authority = target === WELL_KNOWN[scheme] ? host : `${host}:${target}`;
  const query = request.query === '' ? '' : `?${request.query}`;
  return { type: 'redirects', status: filter.status, location: `${scheme}://${authority}${path}${query}` };
}

function noteOf(filter: RouteFilter): readonly string[] {
  switch (filter.type) {
    case 'RequestMirror':
      return [`a copy of the request goes to ${filter.backend.kind} ${filter.backend.name}`];
    case 'RequestHeaderModifier':
      return modified('of the request', filter);
    case 'ResponseHeaderModifier':
      return modified('of the response', filter);
    case 'ExternalAuth':
      return [
        `${filter.backend ? `${filter.backend.kind} ${filter.backend.name}` : 'another service'} is asked for leave`,
      ];
    case 'CORS':
      return ['CORS headers are added to the response'];
    default:
      return [];
  }
}

function modified(
  whose: string,
  { set, add, remove }: RouteFilter & { type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' },
): readonly string[] {
  return [
    ...set.map(({ name, value }) => `header ${name} ${whose} is set to ${value}`),
    ...add.map(({ name, value }) => `header ${name} ${whose} gets ${value} too`),
    ...remove.map((name) => `header ${name} ${whose} is removed`),
  ];
}

function doubtsOf(filter: RouteFilter, { method, headers }: UrlRequest): readonly Doubt[] {
  if (filter.type === 'ExtensionRef') {
    const { kind, name } = filter.extension;
    return [
      { rule: 'GW-12', wouldDecide: `what the controller makes of the filter ${kind} ${name}: no manifest tells` },
    ];
  }
  const isPreflight = method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
  if (filter.type !== 'CORS' || !isPreflight) return [];
  return [{ rule: 'GW-12', wouldDecide: 'a request that is no preflight of CORS, which the proxy may answer itself' }];
}
