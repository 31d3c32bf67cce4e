import type { IngressController } from '../../cluster/ingress-controller';
import { conformant } from './conformant';
import { haproxy } from './haproxy';
import { nginx } from './nginx';
import type { Normalizer } from './normalized';
import { traefik } from './traefik';

const NORMALIZERS: Readonly<Record<IngressController['kind'], Normalizer>> = { nginx, haproxy, traefik, conformant };

/** How a controller's server reads the host and the path of a request. */
export function normalizerOf(kind: IngressController['kind']): Normalizer {
  return NORMALIZERS[kind];
}
