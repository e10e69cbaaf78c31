import type { NodeTransport } from '../../../src/transport/transport';

/**
 * The stock git on a node, speaking to a Praefect of the lab by Gitaly's own helper in place of ssh: what a push of
 * GitLab's is, without GitLab. Who may push is asked of `allowing`.
 */
const SCRIPT = `
set -u
praefect=$1 verb=$2 path=$3
shift 3
export PATH=/opt/gitlab/embedded/bin:$PATH GIT_TERMINAL_PROMPT=0 GIT_SSH_VARIANT=simple GITALY_TOKEN
export GIT_AUTHOR_NAME=lab GIT_AUTHOR_EMAIL=lab@example.com GIT_COMMITTER_NAME=lab GIT_COMMITTER_EMAIL=lab@example.com
GITALY_TOKEN=$(/opt/gitlab/lab/secret praefectToken)
export GITALY_ADDRESS=tcp://$praefect:2305
repository='{"storageName":"default","relativePath":"'$path'","glRepository":"project-1","glProjectPath":"lab/demo"}'
export GITALY_PAYLOAD='{"repository":'$repository',"glId":"user-1","glUsername":"alice","glRepository":"project-1"}'
work=/tmp/work-\${path//[^a-z0-9]/-}
case $verb in
  create)
    jq -nc --arg address "$GITALY_ADDRESS" --arg token "$GITALY_TOKEN" --arg path "$path" \\
      '{address: $address, token: $token, storage_name: "default", relative_path: $path, gl_project_path: "lab/demo", always_create: true}' |
      gitaly-backup restore --layout pointer --path /tmp/no-backup
    git init -q -b main "$work" ;;
  push)
    git -C "$work" commit -q --allow-empty -m "$(date +%s.%N)" || exit 1
    GIT_SSH_COMMAND='gitaly-ssh receive-pack' timeout 6 git -C "$work" push -q "git@lab:$path" "HEAD:refs/heads/$1" || exit 1
    git -C "$work" rev-parse HEAD ;;
  read)
    export GITALY_PAYLOAD='{"repository":'$repository'}'
    GIT_SSH_COMMAND='gitaly-ssh upload-pack' timeout 6 git ls-remote "git@lab:$path" refs/heads/main | cut -f1 ;;
esac`;

/** What a command printed, and whether it succeeded. */
export interface Said {
  readonly ok: boolean;
  readonly text: string;
}

/** One repository, seen from one node. */
export interface GitClient {
  /** An empty repository, made by Praefect. */
  create(): Promise<Said>;
  /** A new commit, pushed. @returns its id */
  push(branch?: string): Promise<Said>;
  /** The commit at the tip of main. */
  tip(): Promise<Said>;
}

/**
 * @param node where git runs
 * @param praefect address of the Praefect it speaks to
 * @param path of the repository, as GitLab calls it
 */
export function gitClient(node: () => Promise<NodeTransport>, praefect: string, path: string): GitClient {
  const run = async (...words: readonly string[]): Promise<Said> => {
    const [verb = '', ...more] = words;
    const command = ['bash', '-c', SCRIPT, 'git-client', praefect, verb, path, ...more];
    const { exitCode, stdout, stderr } = await (await node()).exec(command);
    return { ok: exitCode === 0, text: `${stdout}${stderr}`.trim() };
  };
  return {
    create: () => run('create'),
    push: (branch = 'main') => run('push', branch),
    tip: () => run('read'),
  };
}

/** GitLab's answer to Gitaly's question whether a push may be, on port 8099 of the node; refuses branch `forbidden`. */
const ALLOWING = `
import http.server, json
class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers.get('content-length', 0))).decode()
        refused = 'refs/heads/forbidden' in asked
        answer = {'status': not refused, 'message': 'this branch is protected' if refused else '',
                  'reference_counter_increased': True, 'reference_counter_decreased': True, 'messages': []}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header('content-type', 'application/json')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer(('127.0.0.1', 8099), Answers).serve_forever()`;

/** Starts who allows pushes on a node, for as long as the node runs. */
export async function allowing(node: NodeTransport): Promise<void> {
  const script = 'setsid -f python3 -c "$1" </dev/null >/dev/null 2>&1';
  await node.exec(['bash', '-c', script, 'allowing', ALLOWING]);
}

/** Where Gitaly asks it. */
export const ALLOWING_URL = 'http://127.0.0.1:8099';
