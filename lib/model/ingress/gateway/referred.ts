import type { ObjectReference, RouteFilter, RouteResource } from '../../manifest/resources';

/** Everything that a route may send a request to, or a copy of it: backends, mirrors and whoever is asked for leave. */
export function referredBy(route: RouteResource): readonly ObjectReference[] {
  return route.rules.flatMap(({ filters, backends }) => [
    ...filters.flatMap(ofFilter),
    ...backends.flatMap((backend) => [backend, ...backend.filters.flatMap(ofFilter)]),
  ]);
}

function ofFilter(filter: RouteFilter): readonly ObjectReference[] {
  if (filter.type === 'RequestMirror') return [filter.backend];
  return filter.type === 'ExternalAuth' && filter.backend ? [filter.backend] : [];
}
