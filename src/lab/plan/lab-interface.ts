/** The only network interface of a lab node. */
const LAB_INTERFACE = 'eth0';

const COMMENT = /[!#].*$/;

/**
 * Names the lab's interface wherever keepalived.conf names one: `interface X`, `dev X`, and inside
 * `track_interface { … }`. Source: keepalived.conf(5).
 */
export function useLabInterface(keepalivedConf: string): string {
  let tracking = false;
  const lines = keepalivedConf.split('\n').map((line) => {
    const comment = COMMENT.exec(line)?.[0] ?? '';
    const code = line.slice(0, line.length - comment.length);
    const opens = /\btrack_interface\s*\{?/.test(code);
    const result = tracking && !opens ? trackedInterface(code) : namedInterface(code);
    if (opens) tracking = true;
    if (tracking && code.includes('}')) tracking = false;
    return result + comment;
  });
  return lines.join('\n');
}

function namedInterface(code: string): string {
  return code
    .replace(/^(\s*interface\s+)[^\s{}]+/, `$1${LAB_INTERFACE}`)
    .replace(/(\sdev\s+)[^\s{}]+/g, `$1${LAB_INTERFACE}`)
    .replace(/(\btrack_interface\s*\{\s*)[^\s{}]+/, `$1${LAB_INTERFACE}`);
}

/** Inside the block each line starts with an interface; what follows (`weight 10`) stays. */
function trackedInterface(code: string): string {
  return code.replace(/^(\s*\{?\s*)[^\s{}]+/, `$1${LAB_INTERFACE}`);
}
