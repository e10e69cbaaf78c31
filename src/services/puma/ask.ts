/**
 * Asks the parts of the application on a node how they are, all in one script, because each of them alone would cost the
 * node a process and the engine a session. For each line of input it asks every target in turn and prints one line: for
 * each target its status and the first line of what it says (letters that are no blanks), by tabs. Bash opens the
 * connections itself; only a socket file needs a program. Parameters: triples of name, place (`host:port` or a path),
 * path of the page.
 */
export const ASK_SCRIPT = `
trap '' PIPE
read_answer() {
  local line status= body=
  IFS= read -r -t 3 line <&3 || return
  [[ $line =~ ^HTTP/1\\.[01]\\ ([0-9]{3}) ]] && status=\${BASH_REMATCH[1]}
  while IFS= read -r -t 3 line <&3 && [[ \${line%$'\\r'} ]]; do :; done
  IFS= read -r -t 3 -n 2000 body <&3
  body=\${body//[[:space:]]/}
  answer="$status $body"
}
ask() {
  answer=
  if [[ $1 == /* ]]; then
    answer=$(curl -s -m 3 -w ' %{http_code}' --unix-socket "$1" "http://localhost$2" | tr -d '\\n' |
      sed 's/^\\(.*\\) \\([0-9]*\\)$/\\2 \\1/')
  else
    { printf 'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' "$2" >&3; read_answer; } 3<>"/dev/tcp/\${1%:*}/\${1##*:}"
  fi
}
while read -r _; do
  told=
  for ((i = 1; i <= $#; i += 3)); do
    place=$((i + 1)) page=$((i + 2))
    ask "\${!place}" "\${!page}"
    told+="\${!i} $answer"$'\\t'
  done
  printf '%s\\n' "$told"
done 2>/dev/null
`;

/** What a part of the application said; undefined when it did not answer. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What a line of the script says, by the targets' names. */
export function parseAnswers(line: string): ReadonlyMap<string, Answer | undefined> {
  const told = line.split('\t').filter((part) => part !== '');
  return new Map(told.map((part) => [part.split(' ', 1)[0] ?? '', answerIn(part)]));
}

function answerIn(part: string): Answer | undefined {
  const [, status, body = ''] = /^\S+ (\d{3})(?: (.*))?$/.exec(part) ?? [];
  return status === undefined || status === '000' ? undefined : { status: Number(status), body };
}
