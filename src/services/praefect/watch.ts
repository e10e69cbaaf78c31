import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { watchGrpc } from '../core/watch/watch-grpc';
import { PRAEFECT_HEALTH, PRAEFECT_SOURCE, REPOSITORIES_SOURCE, REPOSITORY_COUNTS } from './facts';
import { parseCounts } from './counts';
import { PRAEFECT_DATABASE_PASSWORD } from './secrets';
import { praefect } from './service';

const PACE: Pace = { quietMs: 5_000, hurriedMs: 1_000 };
const SILENCE_MS = 30_000;

/**
 * Asks Praefect's database for its repositories, once per line of input, which is the account's password. Where it is comes
 * from the common variables of the node. Prints `R` and JSON, or `R` alone.
 */
const SCRIPT = `
. /opt/gitlab/etc/lab.env
while IFS= read -r password; do
  said=
  if [ -n "$password" ]; then
    said=$(PGPASSWORD=$password PGCONNECT_TIMEOUT=3 PGAPPNAME=observe PGTARGETSESSIONATTRS=read-write timeout 5 \\
      psql -h "$LAB_DATABASE_HOSTS" -p "$LAB_DATABASE_PORT" -U "$LAB_PRAEFECT_USER" -d "$LAB_PRAEFECT_DATABASE" \\
      -w -X -q -A -t -c "
        WITH behind AS (
          SELECT DISTINCT repository_id FROM repositories
          JOIN repository_assignments USING (repository_id)
          LEFT JOIN storage_repositories AS replica
            ON replica.repository_id = repositories.repository_id
            AND replica.storage = repository_assignments.storage
          WHERE replica.generation IS DISTINCT FROM repositories.generation
        )
        SELECT json_build_object(
          'repositories', (SELECT count(*) FROM repositories),
          'behind', (SELECT count(*) FROM behind),
          'unavailable', (SELECT count(*) FROM repositories
            WHERE repository_id NOT IN (SELECT repository_id FROM valid_primaries)),
          'primaries', (SELECT coalesce(json_object_agg(storage, number), '{}') FROM (
            SELECT \\"primary\\" AS storage, count(*) AS number FROM repositories
            WHERE \\"primary\\" IS NOT NULL GROUP BY \\"primary\\") AS held))" </dev/null)
  fi
  echo "R $said"
done 2>/dev/null
`;

/** Asks a node's Praefect how it is, and its database what it knows of the repositories. */
export async function watchPraefect(context: WatchContext, node: string): Promise<void> {
  const port = portOf(praefect, 'praefect', context.ports[node]);
  const health = watchGrpc(context, PRAEFECT_SOURCE, node, port, (answer, at) =>
    seenOn(PRAEFECT_HEALTH, node, at, answer),
  );
  await Promise.all([health, watchRepositories(context, node)]);
}

function watchRepositories(context: WatchContext, node: string): Promise<void> {
  return pollByScript(context, REPOSITORIES_SOURCE, {
    node,
    name: 'observe-praefect',
    script: SCRIPT,
    parameters: [],
    question: () => context.secret(node, PRAEFECT_DATABASE_PASSWORD).catch(() => ''),
    pace: PACE,
    silenceMs: SILENCE_MS,
    onLine: (line) => {
      const counts = parseCounts(line);
      if (counts !== undefined) context.emit(seenOn(REPOSITORY_COUNTS, node, context.now(), counts));
    },
  });
}
