import { seenOn } from '../core/live/fact';
import type { NodeReport } from '../core/live/live-service';
import { GITALY_STORAGES } from './facts';

/** `G gitaly-1`: the storages in Gitaly's config.toml. A name with a blank is left out. */
export const gitalyReport: NodeReport = {
  letter: 'G',
  folders: ['gitaly'],
  script: `
  local file=$data/gitaly/config.toml line within= out=
  [ -r "$file" ] || return
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '[[storage]]'*) within=1 ;;
      '['*) within= ;;
    esac
    [[ $within && $line =~ ^[[:space:]]*name[[:space:]]*=[[:space:]]*\\"([^[:space:]\\"]+)\\" ]] && out+=" \${BASH_REMATCH[1]}"
  done <"$file"
  told=G$out`,
  read: (words, node, at) => seenOn(GITALY_STORAGES, node, at, words),
};
