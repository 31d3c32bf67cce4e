import type { RoutingTable } from '../controllers/controller';
import type { UrlRequest } from '../request';
import type { TlsTermination } from '../routing';
import { tlsByHosts } from './by-hosts';

export function tlsByServer(request: UrlRequest, table: RoutingTable): TlsTermination | undefined {
  return tlsByHosts(request, table);
}
