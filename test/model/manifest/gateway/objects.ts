/** An object of the Gateway API, in namespace shop unless told otherwise. */
export function gatewayObject(kind: string, spec: object, version = 'v1', metadata: object = {}): object {
  return {
    apiVersion: `gateway.networking.k8s.io/${version}`,
    kind,
    metadata: { name: 'a', namespace: 'shop', ...metadata },
    spec,
  };
}

export const gateway = (...listeners: readonly object[]) =>
  gatewayObject('Gateway', { gatewayClassName: 'public', listeners });

export const listener = (rest: object = {}) => ({ name: 'http', port: 80, protocol: 'HTTP', ...rest });

export const httpRoute = (...rules: readonly object[]) => gatewayObject('HTTPRoute', { rules });

export const matching = (...matches: readonly object[]) => httpRoute({ matches });

export const filtering = (...filters: readonly object[]) => httpRoute({ filters });
