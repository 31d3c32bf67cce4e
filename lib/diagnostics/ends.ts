/** An end of a flow, taken apart: nodes, addresses and words have no namespace and stay whole. */
interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** The two ends of a flow as people call them: by their names alone where both are of one namespace. */
export function endNames({ from, to }: { readonly from: string; readonly to: string }): readonly [string, string] {
  const [source, target] = [split(from), split(to)];
  const home = homeOf({ from, to });
  const text = ({ namespace, name }: Named) => (namespace === '' || namespace === home ? name : `${namespace}/${name}`);
  return [text(source), text(target)];
}

/** The namespace that both ends are of, if they are. */
export function homeOf({ from, to }: { readonly from: string; readonly to: string }): string | undefined {
  const { namespace } = split(from);
  return namespace !== '' && namespace === split(to).namespace ? namespace : undefined;
}

/** Takes `shop/web[Deployment]` and `service/shop/web` apart. */
function split(label: string): Named {
  const match = /^(?:service\/)?([^/\s]+)\/([^/\s[\]]+)(?:\[\w+\])?$/.exec(label);
  return match && match[1] !== 'node' ? { namespace: match[1], name: match[2] } : { namespace: '', name: label };
}
