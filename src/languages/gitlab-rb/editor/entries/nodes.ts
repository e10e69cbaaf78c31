import type { Node } from '@ruby/prism/src/nodes.js';
import type { GitlabRbSubject } from '../../subject';

/** Every node of the file, each before what stands in it. Walks without recursion: broken files nest deeply. */
export function* nodesOf({ parsed }: GitlabRbSubject): Generator<Node> {
  if (parsed === undefined) return;
  const open: Node[] = [parsed.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const children = node.childNodes();
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child) open.push(child);
    }
  }
}
