import type { DocumentLink } from 'vscode-languageserver-types';
import type { ClusterSubject } from '../subject';

/** From a node's name to its gitlab.rb. */
export function links({ reading: { draft } }: ClusterSubject): DocumentLink[] {
  return (draft?.nodes?.value ?? []).flatMap(({ name }) =>
    name === undefined
      ? []
      : [{ range: name.range, tooltip: `gitlab.rb of ${name.value}`, data: `nodes/${name.value}/gitlab.rb` }],
  );
}
